internal import Resources

// MARK: isolate
extension PolicyCheck {
    /// Pods of one value of a label.
    private struct Party {
        let value: String
        let title: String
        let antiAffinity: [PodAffinityTerm]
        let matches: (PodAffinityTerm) -> Bool
        /// Where they may be.
        let reach: Set<Int>
        /// Where a trial run has them.
        let nodes: Set<Int>
    }

    func isolation(by label: String, over topologyKey: String) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        let own = subjects.compactMap { party($0, by: label) }
        let others = own.map(\.1) + foreign(label)
        var findings = PolicyFindings()
        findings.workloads = own.map(\.0)
        // Pods on such nodes are in no domain.
        let outside = own.reduce(into: Set<Int>()) { $0.formUnion($1.1.reach) }.filter { domains[$0] < 0 }
        if !outside.isEmpty {
            findings.add(
                isBroken: false, "\(names(outside)) \(outside.count == 1 ? "has" : "have") no label \(topologyKey)")
        }
        for (index, party) in own.map(\.1).enumerated() {
            var told: Set<String> = []
            for other in others.dropFirst(index + 1) where other.value != party.value {
                let shared = meeting(party.nodes, other.nodes, domains)
                if !shared.isEmpty {
                    let text =
                        "\(party.title) (\(party.value)) shares \(names(shared)) with \(other.title) (\(other.value))"
                    if told.insert(text).inserted { findings.add(isBroken: true, text) }
                } else if !isApart(party, other, domains) {
                    let text =
                        "nothing keeps \(party.title) (\(party.value)) apart from \(other.title) (\(other.value))"
                    if told.insert(text).inserted { findings.add(isBroken: false, text) }
                }
            }
        }
        return findings
    }

    private func party(_ subject: PolicySubject, by label: String) -> (ObjectIdentity, Party)? {
        guard let value = subject.pod.labels[label] else { return nil }
        let (pod, namespaces) = (subject.pod, planned.namespaces)
        let party = Party(
            value: value, title: subject.title, antiAffinity: pod.antiAffinity,
            matches: { $0.matches(pod, namespaces) }, reach: subject.reach, nodes: Set(subject.pods.keys))
        return (subject.workload.identity, party)
    }

    /// The pods that the plan has nothing to do with, where they are.
    private func foreign(_ label: String) -> [Party] {
        let own = Set(subjects.map { PlacementState.PodGroup($0.pod) })
        let pending = waiting.compactMap { pod -> Party? in
            guard let value = pod.labels[label] else { return nil }
            return Party(
                value: value, title: "pods of \(pod.namespace)", antiAffinity: pod.antiAffinity,
                matches: { [namespaces = planned.namespaces] in $0.matches(pod, namespaces) },
                reach: Self.reach(of: pod, in: planned), nodes: [])
        }
        return planned.groups.filter { !own.contains($0.key) }.compactMap { group, nodes -> Party? in
            guard let value = group.labels[label] else { return nil }
            return Party(
                value: value, title: "pods of \(group.namespace)", antiAffinity: group.antiAffinity,
                matches: { [namespaces = planned.namespaces] term in
                    term.matches(namespace: group.namespace, labels: group.labels, namespaceLabels: namespaces)
                }, reach: Set(nodes.keys), nodes: Set(nodes.keys))
        }.sorted { ($0.title, $0.value) < ($1.title, $1.value) } + pending
    }

    /// The nodes of the first that are in a domain with one of the second.
    private func meeting(_ nodes: Set<Int>, _ others: Set<Int>, _ domains: [Int]) -> [Int] {
        let taken = Set(others.map { domains[$0] })
        return nodes.filter { domains[$0] >= 0 && taken.contains(domains[$0]) }
    }

    /// Whether the scheduler keeps them apart: they can't reach a common domain, or a term of one is about the other.
    private func isApart(_ party: Party, _ other: Party, _ domains: [Int]) -> Bool {
        let common = meeting(party.reach, other.reach, domains)
        if common.isEmpty { return true }
        let terms = party.antiAffinity.filter(other.matches) + other.antiAffinity.filter(party.matches)
        return terms.contains { separates($0.topologyKey, common, domains) }
    }

    /// Whether pods that can't be together by the topology of that key can't be in one of the domains either: each of them
    /// lies within one of the key's.
    private func separates(_ key: String, _ nodes: [Int], _ domains: [Int]) -> Bool {
        let coarse = planned.domains(of: key).ids
        let involved = Set(nodes.map { domains[$0] })
        var parents: [Int: Int] = [:]
        for (node, domain) in domains.enumerated() where involved.contains(domain) {
            if coarse[node] < 0 || parents[domain].map({ $0 != coarse[node] }) ?? false { return false }
            parents[domain] = coarse[node]
        }
        return true
    }
}
