internal import Resources

// MARK: exclusive
extension PolicyCheck {
    func exclusion(of pool: PlacementPolicy.Pool) -> PolicyFindings {
        let nodes = Set(planned.nodes.indices.filter { planned.nodes[$0].labels[pool.label] == pool.value })
        var findings = PolicyFindings()
        let title = "\(pool.label)=\(pool.value)"
        if nodes.isEmpty { findings.add(isBroken: false, "no node has the label \(title)") }
        for subject in subjects {
            let isMeant = pool.pods.matches(subject.pod.labels)
            if !isMeant, pool.guests?.matches(subject.pod.labels) ?? false { continue }
            let isWrong = { (node: Int) in nodes.contains(node) != isMeant }
            let place = isMeant ? "which is none of the nodes of \(title)" : "which is only for the pods of \(title)"
            let (come, might) = (subject.coming.keys.filter(isWrong), subject.reach.filter(isWrong))
            if isMeant || !come.isEmpty || !might.isEmpty { findings.workloads.append(subject.workload.identity) }
            if !come.isEmpty {
                findings.add(isBroken: true, "\(subject.title) comes to \(names(come)), \(place)")
            } else if !might.isEmpty {
                findings.add(isBroken: false, "\(subject.title) may come to \(names(might)), \(place)")
            }
        }
        let taint = Taint(pool.taint)
        let open = nodes.filter { !planned.nodes[$0].taints.contains(taint) }
        if !open.isEmpty {
            findings.add(
                isBroken: false, "\(names(open)) \(open.count == 1 ? "lacks" : "lack") the taint \(taint.text)")
        }
        return findings
    }
}

// MARK: headroom
extension PolicyCheck {
    func headroom(of percent: Int, in poolLabel: String?, _ resources: [String]) -> PolicyFindings {
        let usable = planned.nodes.indices.filter { !planned.nodes[$0].isUnschedulable }
        let pools = Dictionary(grouping: usable) { node in poolLabel.flatMap { planned.nodes[node].labels[$0] } ?? "" }
        var findings = PolicyFindings()
        findings.workloads = subjects.map(\.workload.identity)
        if let poolLabel, pools.keys.allSatisfy(\.isEmpty) {
            findings.add(isBroken: false, "no node has the label \(poolLabel)")
        }
        let known = Set(planned.nodes.flatMap(\.allocatable.names))
        for name in resources where !known.contains(name) {
            findings.add(isBroken: false, "no node has \(name)")
        }
        for doubt in Set(subjects.compactMap(\.workload.doubt)).sorted() { findings.add(isBroken: false, doubt) }
        for (pool, nodes) in pools.sorted(by: { $0.key < $1.key }) {
            let all = nodes.reduce(into: ResourceAmounts()) { $0 += planned.nodes[$1].allocatable }
            let title = poolLabel.map { label in pool.isEmpty ? "the nodes without \(label)" : "\(label)=\(pool)" }
            for name in resources.isEmpty ? all.names : resources where all[name] > 0 {
                look(at: name, of: all[name], on: Set(nodes), percent, title ?? "the cluster", &findings)
            }
        }
        return findings
    }

    private func look(
        at name: String, of all: Int64, on nodes: Set<Int>, _ percent: Int, _ pool: String,
        _ findings: inout PolicyFindings
    ) {
        let used = { (state: PlacementState) in nodes.reduce(0.0) { $0 + Double(state.usage[$1].requested[name]) } }
        let (before, after) = (used(live), used(planned))
        // Whatever else may come here instead of where the trial run has it.
        let more = subjects.reduce(0.0) { sum, subject in
            let elsewhere = subject.coming.reduce(subject.unplaced) { $0 + (nodes.contains($1.key) ? 0 : $1.value) }
            return sum
                + (subject.reach.isDisjoint(with: nodes) ? 0 : Double(elsewhere) * Double(subject.pod.requests[name]))
        }
        let free = { (used: Double) in Int(max(-100, (100 * (Double(all) - used) / Double(all)).rounded(.down))) }
        if free(after) < percent, after > before {
            findings.add(
                isBroken: true, "\(pool): \(max(0, free(after))) % of \(name) stays free, \(percent) % is wanted")
        } else if more > 0, free(after + more) < percent, after + more > before {
            findings.add(
                isBroken: false,
                "\(pool): \(free(after)) % of \(name) stays free, and less than \(percent) % if more of the pods come there"
            )
        }
    }
}
