import Resources

@testable import Placement

/// What the scheduler made of a pod.
enum Decision: Hashable, Sendable {
    case bound(node: String)
    case pending(message: String)

    /// Nil while there is no decision.
    init?(_ pod: KubernetesObject?) {
        guard let pod else { return nil }
        if let node = pod.value[path: "spec", "nodeName"]?.string, !node.isEmpty {
            self = .bound(node: node)
            return
        }
        let condition = (pod.value[path: "status", "conditions"]?.array ?? []).first { $0["type"] == "PodScheduled" }
        guard condition?["status"] == "False", condition?["reason"] == "Unschedulable" else { return nil }
        self = .pending(message: condition?["message"]?.string ?? "")
    }

    var isBound: Bool {
        if case .bound = self { true } else { false }
    }

    /// What is wrong with the simulator's answers, by node; nil where they agree.
    func objection(to failures: [FilterFailure?], on nodes: [SchedulingNode]) -> String? {
        let open = zip(nodes, failures).filter { $0.1 == nil }.map(\.0.name)
        switch self {
        case .bound(let name):
            if open.contains(name) { return nil }
            let failure = zip(nodes, failures).first { $0.0.name == name }?.1
            return "bound to \(name), of which the simulator says \(failure?.reasons ?? ["there is no such node"])"
        case .pending(let message):
            if !open.isEmpty { return "pending (\(message)), but the simulator has room on \(open)" }
            let (theirs, ours) = (ReasonHistogram(message: message), ReasonHistogram(failures.compactMap(\.self)))
            if ours.agrees(with: theirs) { return nil }
            return "pending for other reasons: \(theirs.counts) by the scheduler, \(ours.counts) by the simulator"
        }
    }
}

/// How many nodes gave which reason, in the words of the simulator.
struct ReasonHistogram: Hashable {
    private(set) var counts: [String: Int] = [:]

    init(_ failures: [FilterFailure]) {
        for reason in failures.flatMap(\.reasons) { counts[reason, default: 0] += 1 }
    }

    /// Reads the message of a pod's condition: `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) ....`
    init(message: String) {
        // "0/3 nodes are available" is a heading; what newer servers say of preemption is another matter.
        let start = message.firstRange(of: ": ")?.upperBound ?? message.startIndex
        let end = message.firstRange(of: ". preemption:")?.lowerBound ?? message.endIndex
        for match in message[start..<max(start, end)].matches(of: /(\d+) ([^\d].*?)(?:, (?=\d+ )|\.?$)/) {
            guard let reason = Self.word(String(match.2)), let count = Int(match.1) else { continue }
            counts[reason, default: 0] += count
        }
    }

    func agrees(with server: ReasonHistogram) -> Bool {
        // Servers from 1.34 on or so don't tell which taint.
        let general = "node(s) had untolerated taint(s)"
        guard server.counts[general] != nil else { return self == server }
        var merged = self
        for (reason, count) in counts where reason.hasPrefix("node(s) had untolerated taint {") {
            merged.counts[reason] = nil
            merged.counts[general, default: 0] += count
        }
        return merged == server
    }

    /// The present word for a reason of some version of the scheduler; nil for one that only repeats another.
    private static func word(_ reason: String) -> String? {
        if reason == "node(s) didn't match pod affinity/anti-affinity" { return nil }
        if let match = reason.wholeMatch(of: /node\(s\) had taint (\{.*\}), that the pod didn't tolerate/) {
            return "node(s) had untolerated taint \(match.1)"
        }
        let affinity = ["node(s) didn't match node selector", "node(s) didn't match Pod's node affinity"]
        return affinity.contains(reason) ? nodeAffinityRules : reason
    }
}
