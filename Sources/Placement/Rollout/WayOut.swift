internal import Resources

/// Finds what is in the way of a workload that can't be placed: the one thing without which it could.
struct WayOut {
    private let workload: Workload
    private let moment: Moment
    /// How many of the pods find a place once those are gone that leave.
    private let fitting: Int
    /// Whether the rollout can't begin because no earlier pod may go first.
    private let isStall: Bool

    init(workload: Workload, moment: Moment) {
        self.workload = workload
        self.moment = moment
        fitting = moment.atMost(workload.pod, limit: workload.arriving, without: workload.leaving)
        if workload.replacesExisting, case .rolling = workload.strategy {
            isStall = fitting >= workload.arriving && moment.atMost(workload.pod, limit: 1) == 0
        } else {
            isStall = false
        }
    }

    /// Says it: the scheduler's message, the smallest reason and what would help.
    func explain(_ verdict: inout PlacementVerdict) {
        verdict.message = message
        if !isStall, let policies = blockingPolicies {
            // The source's own will is no reason of the scheduler's.
            let plural = policies.count > 1
            verdict.reason = "the \(plural ? "policies" : "policy") \(policies.joined(separator: " and "))"
            verdict.hint =
                "\(fitting) of \(workload.arriving) pods would fit; add nodes, or set \(plural ? "their" : "its") mode to check"
            return
        }
        if isStall {
            verdict.reason = "no pod may leave before a new one is ready"
            verdict.hint = stallHint
        } else if let relaxation {
            verdict.reason = relaxation.reason
            verdict.hint = relaxation.hint
        } else if fitting > 0 {
            verdict.hint = "\(fitting) of \(workload.arriving) would fit"
        }
    }

    /// The policies without which the pods could be placed: one of them if one is enough, else all; nil where they aren't
    /// what is in the way.
    private var blockingPolicies: [String]? {
        let all = workload.additions
        let choices = all.map { [$0] } + (all.count > 1 ? [all] : [])
        return choices.first { additions in
            let pod = additions.reduce(workload.pod) { $1.removed(from: $0) }
            var milder = moment
            // Those that are there keep themselves apart as well.
            for rule in additions.flatMap(\.constraints).compactMap(\.isolation) {
                milder.emptiest = milder.emptiest.withoutIsolation(by: rule.label, over: rule.topologyKey)
            }
            return milder.atMost(pod, limit: workload.arriving, without: workload.leaving) >= workload.arriving
        }?.map(\.policy)
    }

    /// The scheduler's message about the first pod that finds no node; as many as fit stand in the way of the next one.
    private var message: String? {
        var state = isStall ? moment.emptiest : moment.emptiest.removing(workload.leaving)
        for companion in moment.companions { _ = Self.fill(&state, with: companion.pod, count: companion.count) }
        return Self.fill(&state, with: workload.pod, count: workload.arriving).map(FilterFailure.message)
    }

    /// Puts pods on any nodes that can take them.
    /// - Returns: What each node says to the first that finds none; nil where all find one.
    private static func fill(_ state: inout PlacementState, with pod: SchedulingPod, count: Int) -> [FilterFailure]? {
        var filter = PodFilter(pod, in: state)
        for _ in 0..<count {
            let found = filter.failures(in: state)
            guard let node = found.firstIndex(where: { $0 == nil }) else { return found.compactMap(\.self) }
            state.place(pod, on: node)
            filter.note(pod, on: node, in: state)
        }
        return nil
    }

    /// A setting of the rollout with which it would not be stuck.
    private var stallHint: String? {
        var other = workload
        other.strategy = .rolling(surge: 0, unavailable: 1)
        let isSolved = Rollout(workload: other, moment: moment).certainty != .impossible
        return isSolved ? "maxSurge: 0 with maxUnavailable: 1 would fit" : nil
    }
}

// MARK: what to give up
extension WayOut {
    private struct Relaxation {
        let reason: String
        let hint: String
        let relax: (inout SchedulingPod) -> Void
    }

    private var relaxation: Relaxation? {
        relaxations.first { relaxation in
            var pod = workload.pod
            relaxation.relax(&pod)
            return pod != workload.pod
                && moment.atMost(pod, limit: workload.arriving, without: workload.leaving) >= workload.arriving
        }
    }

    private var relaxations: [Relaxation] {
        let fit = "\(fitting) of \(workload.arriving) pods would fit"
        let scarce = workload.pod.requests.names.map { name in
            Relaxation(
                reason: "not enough \(name)", hint: "\(shortage(name)); or ask for less",
                relax: { $0.requests[name] = 0 })
        }
        return [
            Relaxation(
                reason: "taints that it doesn't tolerate", hint: "tolerate \(taints.abbreviated())",
                relax: { $0.tolerations.append(Toleration(key: "")) }),
            Relaxation(
                reason: "node selector or affinity", hint: "label nodes to match it, or change it",
                relax: { $0.nodes = NodeRequirement() }),
        ] + scarce + [
            Relaxation(
                reason: "host ports", hint: "use a Service instead of host ports, or fewer replicas",
                relax: { $0.hostPorts = [] }),
            Relaxation(
                reason: "pod anti-affinity", hint: "\(fit); more nodes would help, or preferred anti-affinity",
                relax: { $0.antiAffinity = [] }),
            Relaxation(
                reason: "topology spread", hint: "\(fit); a larger maxSkew or ScheduleAnyway would help",
                relax: { $0.spread = [] }),
            Relaxation(
                reason: "pod affinity", hint: "no node near the pods that it wants to be with has room",
                relax: { $0.affinity = [] }),
            Relaxation(
                reason: "volumes", hint: "see to its PersistentVolumeClaims", relax: { $0.claims = [] }),
            Relaxation(reason: "not enough resources", hint: "add nodes", relax: { $0.requests = ResourceAmounts() }),
        ]
    }

    /// The taints of the nodes that nothing else keeps the pods from.
    private var taints: [String] {
        var tolerant = workload.pod
        tolerant.tolerations.append(Toleration(key: ""))
        let state = moment.emptiest.removing(workload.leaving)
        let open = zip(state.nodes, state.failures(of: tolerant)).filter { $1 == nil }.map(\.0)
        let repelling = open.flatMap(\.taints).filter { $0.repels && !workload.pod.tolerates($0) }
        return Set(repelling.map(\.text)).sorted()
    }

    /// How much more room there would have to be.
    private func shortage(_ name: String) -> String {
        let missing = workload.arriving - fitting
        let each = ResourceText.text(workload.pod.requests[name], of: name)
        return "needs room for \(missing) more pod\(missing == 1 ? "" : "s") of \(name) \(each) each"
    }
}
