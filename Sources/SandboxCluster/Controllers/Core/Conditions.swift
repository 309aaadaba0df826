internal import FoundationEssentials
internal import Resources

/// `status.conditions` of an object.
struct Conditions: Equatable {
    private(set) var values: [Value]

    init(_ object: KubernetesObject) {
        values = object.value[path: "status", "conditions"]?.array ?? []
    }

    subscript(type: String) -> Value? { values.first { $0["type"]?.string == type } }

    func isTrue(_ type: String) -> Bool { self[type]?["status"] == "True" }

    /// Sets a condition; the time of its last transition changes with its status only.
    /// - Parameter fields: Further ones that the kind's conditions have.
    mutating func set(
        _ type: String, _ status: String, _ reason: String? = nil, _ message: String? = nil, now: Date,
        fields: [String: Value] = [:]
    ) {
        let former = self[type]
        var condition: Value = ["type": .string(type), "status": .string(status)]
        for (name, value) in fields { condition[name] = value }
        condition["reason"] = reason.map(Value.string)
        condition["message"] = message.map(Value.string)
        let isSame = former?["status"]?.string == status
        condition["lastTransitionTime"] = (isSame ? former?["lastTransitionTime"] : nil) ?? now.apiTime
        if let index = values.firstIndex(where: { $0["type"]?.string == type }) {
            values[index] = condition
        } else {
            values.append(condition)
        }
    }

    mutating func remove(_ type: String) { values.removeAll { $0["type"]?.string == type } }

    /// Puts a condition at the end, as it is.
    mutating func replace(_ condition: Value) {
        remove(condition["type"]?.string ?? "")
        values.append(condition)
    }

    /// Nil where there are none, as the API leaves out what is empty.
    var value: Value? { values.isEmpty ? nil : .array(values) }
}
