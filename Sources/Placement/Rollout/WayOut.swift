internal import Resources

/// Finds what is in the way of a workload that can't be placed: the one thing without which it could.
struct WayOut {
    let workload: Workload
    let moment: Moment
    private let blocked: SchedulingPod

    private struct Relaxation {
        let reason: String
        let hint: String
        let relax: (inout SchedulingPod) -> Void
    }

    init(workload: Workload, moment: Moment) {
        self.workload = workload
        self.moment = moment
        blocked = workload.pod
    }

    /// The scheduler's message about the first pod that finds no node.
    var message: String {
        var state = moment.emptiest
        if !isStall { for pod in workload.leaving { state.remove(pod) } }
        let companions = moment.companions
        for rival in companions {
            for _ in 0..<rival.count { placeAnywhere(rival.pod, &state) }
        }
        // As many as fit stand in the way of the next one.
        var filter = PodFilter(blocked, in: state)
        for _ in 0..<workload.arriving {
            let found = filter.failures(in: state)
            guard let node = found.firstIndex(where: { $0 == nil }) else {
                return FilterFailure.message(found.compactMap(\.self))
            }
            state.place(blocked, on: node)
            filter.note(blocked, on: node, in: state)
        }
        return FilterFailure.message(filter.failures(in: state).compactMap(\.self))
    }

    private func placeAnywhere(_ pod: SchedulingPod, _ state: inout PlacementState) {
        let failures = PodFilter(pod, in: state).failures(in: state)
        if let node = failures.firstIndex(where: { $0 == nil }) { state.place(pod, on: node) }
    }

    /// Whether the rollout can't begin because no earlier pod may go first.
    private var isStall: Bool {
        guard workload.replacesExisting, case .rolling = workload.strategy else { return false }
        return moment.atMost(workload.pod, limit: 1) == 0
            && moment.atMost(workload.pod, limit: workload.arriving, without: workload.existing) >= workload.arriving
    }

    var reason: String? { isStall ? "no pod may leave before a new one is ready" : relaxation?.reason }

    var hint: String? {
        if isStall { return stallHint }
        if let relaxation { return relaxation.hint }
        let most = moment.atMost(blocked, limit: workload.arriving, without: workload.leaving)
        return most > 0 ? "\(most) of \(workload.arriving) would fit" : nil
    }

    /// A setting of the rollout with which it would not be stuck.
    private var stallHint: String? {
        var other = workload
        other.strategy = .rolling(surge: 0, unavailable: 1)
        let isSolved = Rollout(workload: other, moment: moment).certainty != .impossible
        return isSolved ? "maxSurge: 0 with maxUnavailable: 1 would fit" : nil
    }

    private var relaxation: Relaxation? {
        relaxations.first { relaxation in
            var pod = blocked
            relaxation.relax(&pod)
            return pod != blocked
                && moment.atMost(pod, limit: workload.arriving, without: workload.leaving) >= workload.arriving
        }
    }

    private var relaxations: [Relaxation] {
        let requests = blocked.requests
        let scarce = requests.names.map { name in
            Relaxation(
                reason: "not enough \(name)",
                hint: "\(shortage(name)); or ask for less",
                relax: { $0.requests[name] = 0 })
        }
        return [
            Relaxation(
                reason: "taints that it doesn't tolerate", hint: "tolerate \(taints.abbreviated)",
                relax: { $0.tolerations.append(Toleration(key: "")) }),
            Relaxation(
                reason: "node selector or affinity", hint: "label nodes to match it, or change it",
                relax: { $0.nodes = NodeRequirement() }),
        ] + scarce + [
            Relaxation(
                reason: "host ports", hint: "use a Service instead of host ports, or fewer replicas",
                relax: { $0.hostPorts = [] }),
            Relaxation(
                reason: "pod anti-affinity", hint: "\(fitting); more nodes would help, or preferred anti-affinity",
                relax: { $0.antiAffinity = [] }),
            Relaxation(
                reason: "topology spread", hint: "\(fitting); a larger maxSkew or ScheduleAnyway would help",
                relax: { $0.spread = [] }),
            Relaxation(
                reason: "pod affinity", hint: "no node near the pods that it wants to be with has room",
                relax: { $0.affinity = [] }),
            Relaxation(
                reason: "volumes", hint: "see to its PersistentVolumeClaims", relax: { $0.claims = [] }),
            Relaxation(reason: "not enough resources", hint: "add nodes", relax: { $0.requests = ResourceAmounts() }),
        ]
    }

    private var fitting: String {
        let most = moment.atMost(blocked, limit: workload.arriving, without: workload.leaving)
        return "\(most) of \(workload.arriving) pods would fit"
    }

    /// The taints of the nodes that nothing else keeps the pods from.
    private var taints: [String] {
        var tolerant = blocked
        tolerant.tolerations.append(Toleration(key: ""))
        let state = moment.emptiest.removing(workload.leaving)
        let open = zip(state.nodes, state.failures(of: tolerant)).filter { $1 == nil }.map(\.0)
        let repelling = open.flatMap(\.taints).filter { taint in
            taint.repels && !blocked.tolerations.contains { $0.tolerates(taint) }
        }
        return Set(repelling.map { "\($0.key)\($0.value.isEmpty ? "" : "=\($0.value)"):\($0.effect)" }).sorted()
    }

    /// How many nodes more there would have to be.
    private func shortage(_ name: String) -> String {
        let most = moment.atMost(blocked, limit: workload.arriving, without: workload.leaving)
        let missing = workload.arriving - most
        let each = ResourceText.text(blocked.requests[name], of: name)
        return "needs room for \(missing) more pod\(missing == 1 ? "" : "s") of \(name) \(each) each"
    }
}

/// Amounts as manifests write them.
package enum ResourceText {
    package static func text(_ amount: Int64, of name: String) -> String {
        if name == "cpu" { return amount % 1000 == 0 ? "\(amount / 1000)" : "\(amount)m" }
        guard name == "memory" || name == "ephemeral-storage" || name.hasPrefix("hugepages-") else {
            return "\(amount)"
        }
        var (number, suffix) = (amount, "")
        for unit in ["Ki", "Mi", "Gi", "Ti"] where number != 0 && number % 1024 == 0 {
            number /= 1024
            suffix = unit
        }
        return "\(number)\(suffix)"
    }
}
