package import Resources

/// Turns policies into constraints that the scheduler keeps.
package struct PolicyEnforcement: Sendable {
    /// What constraints say of the namespaces of the pods that they are about: all there are.
    private let scope: (field: String, value: Value)

    /// - Parameter namespaces: The only ones that constraints can be about, on a server that can't select all (before
    ///   Kubernetes 1.22, KEP-2249).
    package init(namespaces: [String]? = nil) {
        scope = namespaces.map { ("namespaces", .array($0.map(Value.string))) } ?? ("namespaceSelector", [:])
    }

    /// Where a manifest contradicts a policy.
    package struct Conflict: Error {
        package let policy: PlacementPolicy
        /// In the object.
        package let path: FieldPath
        package let problem: String
        /// The policy whose constraint is in the way; nil where it is the manifest's own.
        package let other: String?
    }

    /// - Parameter namespace: The object's, where it names none.
    /// - Returns: The object with the constraints of the policies that are enforced, and what was added.
    /// - Throws: `Conflict` where the manifest contradicts a policy.
    package func enforce(
        _ policies: [PlacementPolicy], on object: KubernetesObject, namespace: String
    ) throws(Conflict) -> (object: KubernetesObject, additions: [PolicyAddition]) {
        guard let keys = Self.templateKeys(of: object) else { return (object, []) }
        var (changed, additions) = (object, [PolicyAddition]())
        let identity = ObjectIdentity(
            groupKind: object.identity.groupKind, namespace: object.namespace.isEmpty ? namespace : object.namespace,
            name: object.name)
        for policy in Self.strictestFirst(policies) {
            let template = changed.value.value(at: FieldPath(keys.map(FieldPath.Element.field))) ?? .null
            if let (field, problem) = Self.contradiction(of: template, to: policy.rule, kind: object.kind) {
                let path = FieldPath((keys + ["spec"] + field).map(FieldPath.Element.field))
                throw Conflict(
                    policy: policy, path: path, problem: problem,
                    other: Self.other(additions, than: policy))
            }
            var added: [PolicyConstraint] = []
            changed.value.change(at: keys + ["spec"]) { spec in
                added = constraints(of: policy.rule, for: object, template).filter { $0.add(to: &spec) }
            }
            if !added.isEmpty {
                additions.append(PolicyAddition(policy: policy.name, workload: identity, constraints: added))
            }
        }
        return (changed, additions)
    }

    /// The policy that has chosen other nodes for the pods before.
    private static func other(_ additions: [PolicyAddition], than policy: PlacementPolicy) -> String? {
        guard case .exclusive(let pool) = policy.rule else { return nil }
        return additions.first { $0.constraints.contains { $0.isNodeSelector(on: pool.label) } }?.policy
    }

    /// Those that are enforced; of several that spread, the closest decides.
    private static func strictestFirst(_ policies: [PlacementPolicy]) -> [PlacementPolicy] {
        let enforced = policies.filter { $0.mode == .enforce }
        let spreading = enforced.compactMap { policy -> (skew: Int, policy: PlacementPolicy)? in
            if case .spread(_, _, let maxSkew) = policy.rule { (maxSkew, policy) } else { nil }
        }
        let others = enforced.filter { policy in !spreading.contains { $0.policy == policy } }
        return others + spreading.sorted { $0.skew < $1.skew }.map(\.policy)
    }

    /// Where the object has the template of its pods; nil where it makes none.
    private static func templateKeys(of object: KubernetesObject) -> [String]? {
        let (group, kind) = (object.groupVersionKind.group, object.kind)
        guard ["", "apps", "batch"].contains(group) else { return nil }
        return switch kind {
        case "Pod": []
        case "CronJob": ["spec", "jobTemplate", "spec", "template"]
        default: Workload.kinds.contains(kind) ? ["spec", "template"] : nil
        }
    }

    private func constraints(
        of rule: PlacementPolicy.Rule, for object: KubernetesObject, _ template: Value
    ) -> [PolicyConstraint] {
        let labels = Self.labels(of: template)
        switch rule {
        case .isolate(let label, let topologyKey):
            guard let own = labels[label] else { return [] }
            return [.antiAffinity(term(PolicyConstraint.isolation(of: own, by: label), topologyKey))]
        case .exclusive(let pool): return constraints(of: pool, labels, template)
        case .headroom: return []
        case .spread(let pods, let topologyKey, let maxSkew):
            guard pods.matches(labels), Workload.replicated.contains(object.kind),
                Self.spread(of: template, over: topologyKey) == nil
            else { return [] }
            return [
                .spread([
                    "maxSkew": .integer(Int64(maxSkew)), "topologyKey": .string(topologyKey),
                    "whenUnsatisfiable": "DoNotSchedule", "labelSelector": Self.selector(of: object, template),
                ])
            ]
        case .together(let pods, let others, let topologyKey):
            return pods.matches(labels) ? [.affinity(term(others, topologyKey))] : []
        }
    }

    private func term(_ selector: LabelSelector, _ topologyKey: String) -> Value {
        ["labelSelector": selector.value, scope.field: scope.value, "topologyKey": .string(topologyKey)]
    }

    private func constraints(
        of pool: PlacementPolicy.Pool, _ labels: [String: String], _ template: Value
    ) -> [PolicyConstraint] {
        let tolerations = (template[path: "spec", "tolerations"]?.array ?? []).map(Toleration.init)
        let taint = Taint(pool.taint)
        let isTolerated = tolerations.contains { $0.tolerates(taint) }
        if pool.pods.matches(labels) {
            let selector = PolicyConstraint.nodeSelector(label: pool.label, value: pool.value)
            return isTolerated ? [selector] : [selector, .toleration(taint.toleration)]
        }
        if pool.guests?.matches(labels) ?? false { return [] }
        let isElsewhere = template[path: "spec", "nodeSelector", pool.label].map { $0.string != pool.value } ?? false
        // The taint keeps all others off.
        return isTolerated && !isElsewhere ? [.avoidance(label: pool.label, value: pool.value)] : []
    }

    /// What in a pod's template can't be together with a rule, and where in its spec.
    private static func contradiction(
        of template: Value, to rule: PlacementPolicy.Rule, kind: String
    ) -> (field: [String], problem: String)? {
        let labels = labels(of: template)
        switch rule {
        case .exclusive(let pool) where pool.pods.matches(labels):
            if let other = template[path: "spec", "nodeSelector", pool.label]?.string, other != pool.value {
                return (["nodeSelector", pool.label], "asks for nodes with \(pool.label)=\(other), not \(pool.value)")
            }
            let excludes = everyTerm(of: template) { $0.key == pool.label && !$0.matches(pool.value) }
            return excludes ? (["affinity", "nodeAffinity"], "keeps off nodes with \(pool.label)=\(pool.value)") : nil
        case .exclusive(let pool) where !(pool.guests?.matches(labels) ?? false):
            let problem = "asks for nodes with \(pool.label)=\(pool.value), which are for other pods"
            if template[path: "spec", "nodeSelector", pool.label]?.string == pool.value {
                return (["nodeSelector", pool.label], problem)
            }
            let insists = everyTerm(of: template) {
                $0.key == pool.label && $0.operator == "In" && $0.values == [pool.value]
            }
            return insists ? (["affinity", "nodeAffinity"], problem) : nil
        case .spread(let pods, let topologyKey, let maxSkew)
        where pods.matches(labels) && Workload.replicated.contains(kind):
            guard let own = spread(of: template, over: topologyKey) else { return nil }
            if !(own.selector?.matches(labels) ?? false) {
                return (
                    ["topologySpreadConstraints"], "spreads over \(topologyKey) by a selector that its pods don't match"
                )
            }
            if own.maxSkew <= maxSkew { return nil }
            return (
                ["topologySpreadConstraints"],
                "lets its pods differ by \(own.maxSkew) over \(topologyKey), not by \(maxSkew)"
            )
        default: return nil
        }
    }

    /// Whether each of the terms of required node affinity has such an expression; false where there are none.
    private static func everyTerm(
        of template: Value, has: (NodeRequirement.Expression) -> Bool
    ) -> Bool {
        let terms = NodeRequirement(spec: template["spec"] ?? .null).terms ?? []
        return !terms.isEmpty && terms.allSatisfy { $0.expressions.contains(where: has) }
    }

    /// There can be but one of a topology.
    private static func spread(of template: Value, over topologyKey: String) -> SpreadConstraint? {
        (template[path: "spec", "topologySpreadConstraints"]?.array ?? [])
            .map { SpreadConstraint($0, labels: labels(of: template)) }
            .first { $0.isRequired && $0.topologyKey == topologyKey }
    }

    private static func labels(of template: Value) -> [String: String] {
        (template[path: "metadata", "labels"]?.object ?? [:]).compactMapValues(\.string)
    }

    /// Of a ReplicationController it is no more than labels, and by default the template's.
    private static func selector(of object: KubernetesObject, _ template: Value) -> Value {
        let selector = object.value[path: "spec", "selector"]
        if object.kind != "ReplicationController", let selector { return selector }
        return ["matchLabels": selector ?? template[path: "metadata", "labels"] ?? [:]]
    }
}

extension Taint {
    init(_ taint: PlacementPolicy.Taint) {
        self.init(key: taint.key, value: taint.value, effect: taint.effect)
    }

    fileprivate var toleration: Value {
        var value: Value = ["key": .string(key), "operator": value.isEmpty ? "Exists" : "Equal"]
        if !self.value.isEmpty { value["value"] = .string(self.value) }
        value["effect"] = .string(effect)
        return value
    }

    /// As people write it: `key=value:effect`.
    var text: String { "\(key)\(value.isEmpty ? "" : "=\(value)"):\(effect)" }
}
