internal import Resources

// MARK: isolate
extension PolicyCheck {
    /// Pods of one value of a label.
    private struct Party {
        let value: String
        let title: String
        let antiAffinity: [PodAffinityTerm]
        let matches: (PodAffinityTerm) -> Bool
        /// The domains where they may be.
        let reach: Set<Int>
        /// The nodes where a trial run has them, by domain.
        let nodes: [Int: [Int]]
    }

    func isolation(by label: String, over topologyKey: String) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        let own = subjects.filter { $0.pod.labels[label] != nil }
        let parties = own.map { party($0, by: label, domains) }
        let others = parties + foreign(label, domains)
        var findings = PolicyFindings()
        findings.workloads = own.map(\.workload.identity)
        // Pods on such nodes are in no domain.
        let outside = own.reduce(into: Set<Int>()) { $0.formUnion($1.reach) }.filter { domains[$0] < 0 }
        if !outside.isEmpty {
            findings.add(
                isBroken: false, "\(names(outside)) \(outside.count == 1 ? "has" : "have") no label \(topologyKey)")
        }
        for (index, party) in parties.enumerated() {
            var told: Set<String> = []
            for other in others.dropFirst(index + 1) where other.value != party.value {
                let shared = Self.shared(party.nodes, other.nodes).flatMap { party.nodes[$0] ?? [] }
                let pair = (first: "\(party.title) (\(party.value))", second: "\(other.title) (\(other.value))")
                if !shared.isEmpty {
                    let text = "\(pair.first) shares \(names(shared)) with \(pair.second)"
                    if told.insert(text).inserted { findings.add(isBroken: true, text) }
                } else if !isApart(party, other, by: topologyKey, domains) {
                    let text = "nothing keeps \(pair.first) apart from \(pair.second)"
                    if told.insert(text).inserted { findings.add(isBroken: false, text) }
                }
            }
        }
        return findings
    }

    private static func byDomain(_ nodes: some Sequence<Int>, _ domains: [Int]) -> [Int: [Int]] {
        Dictionary(grouping: nodes.filter { domains[$0] >= 0 }) { domains[$0] }
    }

    private func party(_ subject: PolicySubject, by label: String, _ domains: [Int]) -> Party {
        let (pod, namespaces) = (subject.pod, planned.namespaces)
        return Party(
            value: pod.labels[label] ?? "", title: subject.title, antiAffinity: pod.antiAffinity,
            matches: { $0.matches(pod, namespaces) }, reach: Set(Self.byDomain(subject.reach, domains).keys),
            nodes: Self.byDomain(subject.pods.keys, domains))
    }

    /// The pods that the plan has nothing to do with, where they are, or may come to be.
    private func foreign(_ label: String, _ domains: [Int]) -> [Party] {
        let own = Set(subjects.map { PlacementState.PodGroup($0.pod) })
        let namespaces = planned.namespaces
        let pending = waiting.compactMap { pod -> Party? in
            guard let value = pod.labels[label] else { return nil }
            return Party(
                value: value, title: "pods of \(pod.namespace)", antiAffinity: pod.antiAffinity,
                matches: { $0.matches(pod, namespaces) },
                reach: Set(Self.byDomain(Self.reach(of: pod, in: planned), domains).keys), nodes: [:])
        }
        return planned.groups.filter { !own.contains($0.key) }.compactMap { group, nodes -> Party? in
            guard let value = group.labels[label] else { return nil }
            let places = Self.byDomain(nodes.keys, domains)
            return Party(
                value: value, title: "pods of \(group.namespace)", antiAffinity: group.antiAffinity,
                matches: { term in
                    term.matches(namespace: group.namespace, labels: group.labels, namespaceLabels: namespaces)
                }, reach: Set(places.keys), nodes: places)
        }.sorted { ($0.title, $0.value) < ($1.title, $1.value) } + pending
    }

    /// The domains that both have nodes in.
    private static func shared(_ nodes: [Int: [Int]], _ others: [Int: [Int]]) -> [Int] {
        nodes.count > others.count ? shared(others, nodes) : nodes.keys.filter { others[$0] != nil }
    }

    /// Whether the scheduler keeps them apart: they can't reach a common domain, or a term of one is about the other.
    private func isApart(_ party: Party, _ other: Party, by topologyKey: String, _ domains: [Int]) -> Bool {
        let keys = Set(
            (party.antiAffinity.filter(other.matches) + other.antiAffinity.filter(party.matches)).map(\.topologyKey))
        if keys.contains(topologyKey) { return true }
        let common = party.reach.intersection(other.reach)
        return common.isEmpty || keys.contains { separates($0, common, domains) }
    }

    /// Whether pods that can't be together by the topology of that key can't be in one of these domains either: each of
    /// them lies within one of the key's.
    private func separates(_ key: String, _ involved: Set<Int>, _ domains: [Int]) -> Bool {
        let coarse = planned.domains(of: key).ids
        var parents: [Int: Int] = [:]
        for (node, domain) in domains.enumerated() where involved.contains(domain) {
            if coarse[node] < 0 || parents[domain].map({ $0 != coarse[node] }) ?? false { return false }
            parents[domain] = coarse[node]
        }
        return true
    }
}
