import Resources

/// What a struct gets where it was not given: values that are always the same, and what depends on its other fields.
struct DefaultRule: Sendable {
    typealias Body = @Sendable (inout [String: Value], KubernetesVersion) -> Void

    private let constants: [String: Value]
    private let body: Body?

    init(_ constants: [String: Value] = [:], then body: Body? = nil) {
        self.constants = constants
        self.body = body
    }

    init(body: @escaping @Sendable (inout [String: Value]) -> Void) {
        self.init { fields, _ in body(&fields) }
    }

    /// Values that stand in for an explicit zero, too: those of fields without `omitempty`.
    static func insteadOfZero(_ constants: [String: Value]) -> DefaultRule {
        DefaultRule { fields in
            for (key, value) in constants where fields.hasNothing(at: key) { fields[key] = value }
        }
    }

    func apply(to fields: inout [String: Value], _ version: KubernetesVersion) {
        for (key, value) in constants { fields.setDefault(key, value) }
        body?(&fields, version)
    }

    /// By version and name of the struct, as the tables of `GoTypes` have them.
    static let all: [String: DefaultRule] = [
        pods, volumes, core, services, workloads, autoscaling, networking, extensions, others,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
