internal import Resources

// MARK: spread
extension PolicyCheck {
    func spreading(of selector: LabelSelector, over topologyKey: String, _ maxSkew: Int) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        var findings = PolicyFindings()
        for subject in subjects where selector.matches(subject.pod.labels) && subject.workload.isReplicated {
            findings.workloads.append(subject.workload.identity)
            var counts: [Int: Int] = [:]
            for node in subject.reach where domains[node] >= 0 { counts[domains[node], default: 0] += 0 }
            for (node, pods) in subject.pods where domains[node] >= 0 { counts[domains[node], default: 0] += pods }
            let skew = (counts.values.max() ?? 0) - (counts.values.min() ?? 0)
            if skew > maxSkew {
                let shares = counts.values.sorted(by: >).map(String.init).joined(separator: ", ")
                findings.add(
                    isBroken: true, "the pods of \(subject.title) are \(shares) over the domains of \(topologyKey)")
            } else if !isSpread(subject, over: topologyKey, maxSkew) {
                findings.add(isBroken: false, "nothing spreads the pods of \(subject.title) over \(topologyKey)")
            } else if !subject.workload.departing.isEmpty {
                findings.add(
                    isBroken: false, "the pods of \(subject.title) may become uneven as earlier ones leave")
            }
        }
        return findings
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

// MARK: together
extension PolicyCheck {
    func nearness(
        of selector: LabelSelector, to others: LabelSelector, over topologyKey: String
    ) -> PolicyFindings {
        let domains = planned.domains(of: topologyKey).ids
        let wanted = planned.groups.filter { others.matches($0.key.labels) }
        let near = Set(wanted.values.flatMap(\.keys).map { domains[$0] })
        var findings = PolicyFindings()
        for subject in subjects where selector.matches(subject.pod.labels) {
            findings.workloads.append(subject.workload.identity)
            let far = subject.coming.keys.filter { domains[$0] < 0 || !near.contains(domains[$0]) }
            if !far.isEmpty {
                findings.add(
                    isBroken: true,
                    "\(subject.title) comes to \(names(far)), with none of the others in its \(topologyKey)")
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
