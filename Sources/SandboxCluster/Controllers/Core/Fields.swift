internal import FoundationEssentials
internal import Resources

extension KubernetesObject {
    var spec: Value { value["spec"] ?? .null }
    var status: Value { value["status"] ?? .null }
    var created: Date { metadata["creationTimestamp"]?.instant ?? .distantPast }
    var deletionTime: Date? { metadata["deletionTimestamp"]?.instant }
    var finalizers: [String] { (metadata["finalizers"]?.array ?? []).compactMap(\.string) }

    mutating func setFinalizers(_ finalizers: [String]) {
        value["metadata"]?["finalizers"] = finalizers.isEmpty ? nil : .array(finalizers.map(Value.string))
    }

    /// How the object is named as an owner that manages what it owns.
    var asController: Value {
        [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(name), "uid": .string(uid ?? ""),
            "controller": true, "blockOwnerDeletion": true,
        ]
    }

    func isControlled(by owner: KubernetesObject) -> Bool {
        guard let uid = owner.uid else { return false }
        return controllerReference?.uid == uid
    }

    /// With the status only where it is another one than before.
    @discardableResult
    func updatingStatus(
        _ status: Value, _ api: inout some ControllerAccess, by manager: String = Manager.controllers
    ) throws(APIStatus) -> KubernetesObject {
        if status == value["status"] ?? [:] { return self }
        var object = self
        object.value["status"] = status
        return try api.update(object, subresource: "status", by: manager)
    }
}

extension Value {
    /// The number as the API writes it; nil where it is 0, which the API leaves out of most statuses.
    static func nonZero(_ number: Int) -> Value? { number == 0 ? nil : .integer(Int64(number)) }

    static func number(_ number: Int) -> Value { .integer(Int64(number)) }

    var strings: [String: String] { (object ?? [:]).compactMapValues(\.string) }

    /// A count or a percentage of a total; nil for neither.
    func scaled(of total: Int, roundsUp: Bool) -> Int? {
        integer.map { Int(Int32(clamping: $0)) } ?? percentage(of: total, roundsUp: roundsUp)
    }
}

extension Int {
    /// The number after this one; the largest has none and stays, as anybody can set a counter to it.
    var nextCount: Int { self == .max ? self : self + 1 }
}
