package import Resources

/// A constraint by which a policy is kept, in Kubernetes' own terms: what is added to a pod's spec.
package enum PolicyConstraint: Hashable, Sendable {
    /// A required term.
    case antiAffinity(Value)
    case affinity(Value)
    /// Only nodes with the label.
    case nodeSelector(label: String, value: String)
    /// Only nodes without the label, or with another value.
    case avoidance(label: String, value: String)
    case toleration(Value)
    case spread(Value)

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"

    /// What people call it.
    package var title: String {
        switch self {
        case .antiAffinity: "pod anti-affinity"
        case .affinity: "pod affinity"
        case .nodeSelector: "node selector"
        case .avoidance: "node affinity"
        case .toleration: "toleration"
        case .spread: "topology spread"
        }
    }

    func isNodeSelector(on label: String) -> Bool {
        if case .nodeSelector(label, _) = self { true } else { false }
    }

    /// What keeps pods with other values of a label away.
    static func isolation(of own: String, by label: String) -> LabelSelector {
        LabelSelector(requirements: [
            .init(key: label, operator: .exists, values: []), .init(key: label, operator: .notIn, values: [own]),
        ])
    }

    /// The label and the topology by which it isolates; nil for all other constraints.
    var isolation: (label: String, topologyKey: String)? {
        guard case .antiAffinity(let term) = self, let key = term["topologyKey"]?.string,
            let label = LabelSelector(term["labelSelector"])?.requirements.first?.key
        else { return nil }
        return (label, key)
    }

    /// Whether it is about pods of namespaces.
    package var isAboutNamespaces: Bool {
        switch self {
        case .antiAffinity, .affinity: true
        case .nodeSelector, .avoidance, .toleration, .spread: false
        }
    }

    /// Adds it to a pod's spec, unless it is there.
    /// - Returns: Whether it was added.
    func add(to spec: inout Value) -> Bool {
        let before = spec
        switch self {
        case .antiAffinity(let term): spec.change(at: ["affinity", "podAntiAffinity", Self.required]) { $0.add(term) }
        case .affinity(let term): spec.change(at: ["affinity", "podAffinity", Self.required]) { $0.add(term) }
        case .toleration(let toleration): spec.change(at: ["tolerations"]) { $0.add(toleration) }
        case .spread(let constraint): spec.change(at: ["topologySpreadConstraints"]) { $0.add(constraint) }
        case .nodeSelector(let label, let value): spec.change(at: ["nodeSelector", label]) { $0 = .string(value) }
        case .avoidance(let label, let value):
            let path = ["affinity", "nodeAffinity", Self.required, "nodeSelectorTerms"]
            spec.change(at: path) { Self.avoid(label, value, in: &$0) }
        }
        return spec != before
    }

    private static func avoidance(_ label: String, _ value: String) -> Value {
        ["key": .string(label), "operator": "NotIn", "values": [.string(value)]]
    }

    /// Each of the terms must exclude the nodes, since any one is enough; an empty one matches none anyway.
    private static func avoid(_ label: String, _ value: String, in terms: inout Value) {
        let expression = avoidance(label, value)
        let changed = (terms.array ?? []).map { term in
            var term = term
            if term != [:] { term.change(at: ["matchExpressions"]) { $0.add(expression) } }
            return term
        }
        terms = .array(changed.isEmpty ? [["matchExpressions": [expression]]] : changed)
    }

    /// Takes it off a pod again, to see what it would be without it.
    func remove(from pod: inout SchedulingPod) {
        switch self {
        case .antiAffinity(let term):
            let term = PodAffinityTerm(term, namespace: pod.namespace, labels: pod.labels)
            pod.antiAffinity.removeAll { $0 == term }
        case .affinity(let term):
            let term = PodAffinityTerm(term, namespace: pod.namespace, labels: pod.labels)
            pod.affinity.removeAll { $0 == term }
        case .nodeSelector(let label, _): pod.nodes.selector[label] = nil
        case .avoidance(let label, let value):
            let expression = NodeRequirement.Expression(Self.avoidance(label, value))
            for index in (pod.nodes.terms ?? []).indices {
                pod.nodes.terms?[index].expressions.removeAll { $0 == expression }
            }
            if let terms = pod.nodes.terms, terms.allSatisfy({ $0.expressions.isEmpty && $0.fields.isEmpty }) {
                pod.nodes.terms = nil
            }
        case .toleration: break
        case .spread(let constraint):
            let constraint = SpreadConstraint(constraint, labels: pod.labels)
            pod.spread.removeAll { $0 == constraint }
        }
    }
}

extension Value {
    /// Adds an element to a list that doesn't have it.
    fileprivate mutating func add(_ element: Value) {
        let elements = array ?? []
        if !elements.contains(element) { self = .array(elements + [element]) }
    }
}

/// What a policy added to a workload's manifest.
package struct PolicyAddition: Hashable, Sendable {
    package let policy: String
    package let workload: ObjectIdentity
    package let constraints: [PolicyConstraint]

    package init(policy: String, workload: ObjectIdentity, constraints: [PolicyConstraint]) {
        self.policy = policy
        self.workload = workload
        self.constraints = constraints
    }

    /// The pod as it would be without it.
    func removed(from pod: SchedulingPod) -> SchedulingPod {
        constraints.reduce(into: pod) { $1.remove(from: &$0) }
    }
}
