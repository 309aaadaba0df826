internal import Resources

// MARK: spread
extension PolicyCheck {
    func spreading(of selector: LabelSelector, over topologyKey: String, _ maxSkew: Int) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        let names = Dictionary(
            zip(domains, planned.nodes.map { $0.labels[topologyKey] ?? "" }), uniquingKeysWith: { first, _ in first })
        var findings = PolicyFindings()
        for subject in subjects where selector.matches(subject.pod.labels) && subject.workload.isReplicated {
            findings.workloads.append(subject.workload.identity)
            let counts = Self.counts(subject.pods, subject.reach, domains)
            let before = subject.workload.existing.compactMap(live.index).map { ($0, 1) }
            let earlier = Self.counts(Dictionary(before, uniquingKeysWith: +), subject.reach, domains)
            if counts.isEmpty { findings.add(isBroken: false, "no node for them has the label \(topologyKey)") }
            if counts.skew > maxSkew {
                let shares = counts.map { "\(names[$0.key] ?? "") \($0.value)" }.sorted().joined(separator: ", ")
                // What gets no worse is not the plan's doing.
                findings.add(
                    isBroken: before.isEmpty || counts.skew > earlier.skew,
                    "the pods of \(subject.title) are uneven over \(topologyKey): \(shares)")
            } else if !isSpread(subject, over: topologyKey, maxSkew) {
                findings.add(isBroken: false, "nothing spreads the pods of \(subject.title) over \(topologyKey)")
            } else if !subject.workload.departing.isEmpty {
                findings.add(
                    isBroken: false, "the pods of \(subject.title) may become uneven as earlier ones leave")
            }
        }
        return findings
    }

    /// By domain, how many of the pods are there; of those that they can reach.
    private static func counts(_ pods: [Int: Int], _ reach: Set<Int>, _ domains: [Int]) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for node in reach where domains[node] >= 0 { counts[domains[node], default: 0] += pods[node] ?? 0 }
        return counts
    }

    /// Whether a constraint of the workload counts its pods, and no others among which they could hide.
    private func isSpread(_ subject: PolicySubject, over topologyKey: String, _ maxSkew: Int) -> Bool {
        let own = Set(([subject.pod] + subject.workload.existing).map(PlacementState.PodGroup.init))
        return subject.pod.spread.contains { constraint in
            guard constraint.isRequired, constraint.topologyKey == topologyKey, constraint.maxSkew <= maxSkew,
                let selector = constraint.selector, selector.matches(subject.pod.labels)
            else { return false }
            return planned.groups.keys.allSatisfy { group in
                own.contains(group) || group.namespace != subject.pod.namespace || !selector.matches(group.labels)
            }
        }
    }
}

extension [Int: Int] {
    /// How much more the fullest domain has than the emptiest.
    fileprivate var skew: Int { (values.max() ?? 0) - (values.min() ?? 0) }
}

// MARK: together
extension PolicyCheck {
    func nearness(
        of selector: LabelSelector, to others: LabelSelector, over topologyKey: String
    ) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        let wanted = planned.groups.filter { others.matches($0.key.labels) }
        let near = Set(wanted.values.flatMap(\.keys).map { domains[$0] })
        // The scheduler counts those, too, that are about to go.
        let leaving = Set(
            live.groups.filter { others.matches($0.key.labels) }.values.flatMap(\.keys).map { domains[$0] }
        ).subtracting(near)
        var findings = PolicyFindings()
        for subject in subjects where selector.matches(subject.pod.labels) {
            findings.workloads.append(subject.workload.identity)
            let far = subject.coming.keys.filter { node in
                domains[node] < 0 || !near.contains(domains[node]) && !leaving.contains(domains[node])
            }
            if !far.isEmpty {
                let why =
                    wanted.isEmpty
                    ? "and there are none of the others" : "with none of the others in its \(topologyKey)"
                findings.add(isBroken: true, "\(subject.title) comes to \(names(far)), \(why)")
            } else if !leaving.isEmpty {
                findings.add(isBroken: false, "\(subject.title) may come near pods that are about to go")
            } else if !isDrawn(subject.pod, to: others, over: topologyKey) {
                findings.add(isBroken: false, "nothing draws \(subject.title) to the others' \(topologyKey)")
            }
        }
        return findings
    }

    /// Whether a term of the pod means some of the others, and nobody else.
    private func isDrawn(_ pod: SchedulingPod, to others: LabelSelector, over topologyKey: String) -> Bool {
        pod.affinity.contains { term in
            term.topologyKey == topologyKey
                && planned.groups.keys.allSatisfy { group in
                    others.matches(group.labels)
                        || !term.matches(
                            namespace: group.namespace, labels: group.labels, namespaceLabels: planned.namespaces)
                }
        }
    }
}
