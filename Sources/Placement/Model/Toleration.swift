internal import Resources

/// A node's taint.
package struct Taint: Hashable, Sendable {
    package let key: String
    package let value: String
    package let effect: String

    package init(key: String, value: String = "", effect: String) {
        self.key = key
        self.value = value
        self.effect = effect
    }

    init(_ value: Value) {
        self.init(
            key: value["key"]?.string ?? "", value: value["value"]?.string ?? "", effect: value["effect"]?.string ?? "")
    }

    /// Whether pods that don't tolerate the taint are kept off the node.
    var repels: Bool { effect == "NoSchedule" || effect == "NoExecute" }
}

/// What a pod bears of a node's taints (`Toleration.ToleratesTaint` in k8s.io/api/core/v1).
package struct Toleration: Hashable, Sendable {
    /// Empty for every key.
    let key: String
    let value: String
    /// Whether any value will do (`operator: Exists`).
    let toleratesAnyValue: Bool
    /// Empty for every effect.
    let effect: String

    package init(key: String, value: String? = nil, effect: String = "") {
        self.key = key
        self.value = value ?? ""
        toleratesAnyValue = value == nil
        self.effect = effect
    }

    init(_ value: Value) {
        key = value["key"]?.string ?? ""
        self.value = value["value"]?.string ?? ""
        toleratesAnyValue = value["operator"]?.string == "Exists"
        effect = value["effect"]?.string ?? ""
    }

    package func tolerates(_ taint: Taint) -> Bool {
        (effect.isEmpty || effect == taint.effect) && (key.isEmpty || key == taint.key)
            && (toleratesAnyValue || value == taint.value)
    }
}
