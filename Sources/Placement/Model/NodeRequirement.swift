internal import Resources

/// Which nodes a pod may be on: `nodeSelector` and required node affinity
/// (k8s.io/component-helpers/scheduling/corev1/nodeaffinity).
package struct NodeRequirement: Hashable, Sendable {
    /// One condition on a node's label, or on its name.
    package struct Expression: Hashable, Sendable {
        let key: String
        let `operator`: String
        let values: [String]
        /// Whether each value could be a label's: with another one, such as a negative number, the scheduler can't use the
        /// term, which then matches no node (`NewRequirement` in k8s.io/apimachinery/pkg/labels).
        let isUsable: Bool

        init(_ value: Value) {
            self.init(
                key: value["key"]?.string ?? "", operator: value["operator"]?.string ?? "",
                values: (value["values"]?.array ?? []).compactMap(\.string))
        }

        init(key: String, operator: String, values: [String]) {
            self.key = key
            self.operator = `operator`
            self.values = values
            isUsable = values.allSatisfy(Self.isLabelValue)
        }

        private static func isLabelValue(_ text: String) -> Bool {
            guard let first = text.utf8.first, let last = text.utf8.last else { return true }
            return text.utf8.count <= 63 && isAlphanumeric(first) && isAlphanumeric(last)
                && text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
        }

        private static func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }

        func matches(_ value: String?) -> Bool {
            switch `operator` {
            case "In": value.map(values.contains) ?? false
            case "NotIn": value.map { !values.contains($0) } ?? true
            case "Exists": value != nil
            case "DoesNotExist": value == nil
            case "Gt": compares(value, by: >)
            case "Lt": compares(value, by: <)
            default: false
            }
        }

        private func compares(_ value: String?, by isOrdered: (Int64, Int64) -> Bool) -> Bool {
            guard let number = value.flatMap({ Int64($0) }), values.count == 1, let limit = Int64(values[0]) else {
                return false
            }
            return isOrdered(number, limit)
        }
    }

    /// All expressions and all fields must hold; one without any matches no node.
    package struct Term: Hashable, Sendable {
        package var expressions: [Expression]
        /// On `metadata.name`, the only field there is.
        var fields: [Expression]

        init(expressions: [Expression] = [], fields: [Expression] = []) {
            self.expressions = expressions
            self.fields = fields
        }

        init(_ value: Value) {
            expressions = (value["matchExpressions"]?.array ?? []).map(Expression.init)
            fields = (value["matchFields"]?.array ?? []).map(Expression.init)
        }

        func matches(_ node: SchedulingNode) -> Bool {
            if expressions.isEmpty, fields.isEmpty { return false }
            return expressions.allSatisfy { $0.isUsable && $0.matches(node.labels[$0.key]) }
                && fields.allSatisfy { $0.key == "metadata.name" && $0.matches(node.name) }
        }
    }

    package var selector: [String: String]
    /// One of them must match; nil where there is no required affinity.
    package var terms: [Term]?

    package init(selector: [String: String] = [:], terms: [Term]? = nil) {
        self.selector = selector
        self.terms = terms
    }

    init(spec: Value) {
        selector = (spec["nodeSelector"]?.object ?? [:]).compactMapValues(\.string)
        terms = spec[path: "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"].map {
            ($0["nodeSelectorTerms"]?.array ?? []).map(Term.init)
        }
    }

    package func matches(_ node: SchedulingNode) -> Bool {
        for (key, value) in selector where node.labels[key] != value { return false }
        return terms?.contains { $0.matches(node) } ?? true
    }

    /// Only the node of that name, as the DaemonSet controller writes it into its pods
    /// (`ReplaceDaemonSetPodNodeNameNodeAffinity` in pkg/controller/daemon/util).
    func pinned(to node: String) -> NodeRequirement {
        let field = Expression(key: "metadata.name", operator: "In", values: [node])
        let pinned = (terms ?? [Term()]).map { Term(expressions: $0.expressions, fields: [field]) }
        return NodeRequirement(selector: selector, terms: pinned)
    }
}
