/// Why a node can't take a pod: the first of the scheduler's filters that fails.
package enum FilterFailure: Hashable, Sendable {
    case unschedulable
    case nodeName
    case taint(Taint)
    case nodeAffinity
    case ports
    /// Everything that is short, in the scheduler's order; `pods` stands for the number of pods.
    case insufficient([String])
    case volumeAffinity
    case noVolume
    /// A node without the topology's label is told apart from one where the skew would be too large.
    case spread(isLabelMissing: Bool)
    case affinity
    case antiAffinity
    case existingAntiAffinity
    /// The pod fits on no node, whatever node it is, because of a claim.
    case claim(String)

    /// As the scheduler says it; more than one where several resources are short.
    package var reasons: [String] {
        switch self {
        case .unschedulable: ["node(s) were unschedulable"]
        case .nodeName: ["node(s) didn't match the requested node name"]
        case .taint(let taint): ["node(s) had untolerated taint {\(taint.key): \(taint.value)}"]
        case .nodeAffinity: ["node(s) didn't match Pod's node affinity/selector"]
        case .ports: ["node(s) didn't have free ports for the requested pod ports"]
        case .insufficient(let names): names.map { $0 == "pods" ? "Too many pods" : "Insufficient \($0)" }
        case .volumeAffinity: ["node(s) had volume node affinity conflict"]
        case .noVolume: ["node(s) didn't find available persistent volumes to bind"]
        case .spread(isLabelMissing: false): ["node(s) didn't match pod topology spread constraints"]
        case .spread: ["node(s) didn't match pod topology spread constraints (missing required label)"]
        case .affinity: ["node(s) didn't match pod affinity rules"]
        case .antiAffinity: ["node(s) didn't match pod anti-affinity rules"]
        case .existingAntiAffinity: ["node(s) didn't satisfy existing pods anti-affinity rules"]
        case .claim(let reason): [reason]
        }
    }

    /// The scheduler's message about a pod that no node can take: `0/3 nodes are available: 1 Insufficient cpu, 2 ...`
    /// (`FitError.Error` in pkg/scheduler/framework/types.go).
    package static func message(_ failures: [FilterFailure]) -> String {
        if failures.isEmpty { return "no nodes available to schedule pods" }
        if case .claim(let reason) = failures[0] { return "0/\(failures.count) nodes are available: \(reason)." }
        var counts: [String: Int] = [:]
        for reason in failures.flatMap(\.reasons) { counts[reason, default: 0] += 1 }
        let parts = counts.map { "\($0.value) \($0.key)" }.sorted()
        return "0/\(failures.count) nodes are available: \(parts.joined(separator: ", "))."
    }
}
