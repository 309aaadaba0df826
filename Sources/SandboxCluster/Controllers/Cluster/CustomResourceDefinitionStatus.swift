package import FoundationEssentials
package import Resources

/// What the API says of a CustomResourceDefinition (k8s.io/apiextensions-apiserver/pkg/controller).
package enum CustomResourceDefinitionStatus {
    static let finalizer = "customresourcecleanup.apiextensions.k8s.io"

    /// The definition with the names accepted that no other has, and established where these are all
    /// (`calculateNamesAndConditions`); as it is where that is so already.
    /// - Parameter others: the other definitions of its group.
    package static func accepted(_ definition: Value, among others: [KubernetesObject] = [], now: Date) -> Value {
        var object = KubernetesObject(definition)
        var status = object.status
        let (names, conflict) = names(of: object, among: others)
        status["acceptedNames"] = names
        status["storedVersions"] = .array(versions(object))
        var conditions = Conditions(object)
        if let conflict {
            conditions.set("NamesAccepted", "False", conflict.reason, conflict.message, now: now)
            if conditions["Established"] == nil {
                conditions.set("Established", "False", "NotAccepted", "not all names are accepted", now: now)
            }
        } else {
            conditions.set("NamesAccepted", "True", "NoConflicts", "no conflicts found", now: now)
            conditions.set(
                "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now: now)
        }
        status["conditions"] = conditions.value
        object.value["status"] = status
        return object.value
    }

    /// The definition as its deletion marks it.
    static func terminating(_ definition: KubernetesObject, now: Date) -> KubernetesObject {
        var object = definition
        if !object.finalizers.contains(finalizer) {
            let finalizers = object.metadata["finalizers"]?.array ?? []
            object.value["metadata"]?["finalizers"] = .array(finalizers + [.string(finalizer)])
        }
        var conditions = Conditions(object)
        conditions.set(
            "Terminating", "True", "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now: now)
        var status = object.status
        status["conditions"] = conditions.value
        object.value["status"] = status
        return object
    }

    private struct Conflict {
        let reason: String
        let message: String
    }

    private static func names(
        of definition: KubernetesObject, among others: [KubernetesObject]
    ) -> (names: Value, conflict: Conflict?) {
        let wanted = requestedNames(of: definition.spec["names"] ?? [:])
        let taken = others.map { $0.status["acceptedNames"] ?? [:] }
        let resources = Set(taken.flatMap { texts($0, ["plural", "singular", "shortNames"]) })
        let kinds = Set(taken.flatMap { texts($0, ["kind", "listKind"]) })
        let former = definition.status["acceptedNames"] ?? [:]
        var names: Value = ["plural": former["plural"] ?? "", "kind": former["kind"] ?? ""]
        var conflict: Conflict?
        for (field, reason, claimed) in [
            ("plural", "PluralConflict", resources), ("singular", "SingularConflict", resources),
            ("shortNames", "ShortNamesConflict", resources), ("kind", "KindConflict", kinds),
            ("listKind", "ListKindConflict", kinds),
        ] {
            let known = texts(former, [field])
            if let name = texts(wanted, [field]).first(where: { !known.contains($0) && claimed.contains($0) }) {
                conflict = Conflict(reason: reason, message: "\(Value.string(name).json) is already in use")
                names[field] = former[field] ?? names[field]
            } else {
                names[field] = wanted[field]
            }
        }
        names["categories"] = wanted["categories"]
        return (names, conflict)
    }

    private static func texts(_ names: Value, _ fields: [String]) -> [String] {
        fields.flatMap { names[$0]?.array?.compactMap(\.string) ?? names[$0]?.string.map { [$0] } ?? [] }
    }

    private static func requestedNames(of spec: Value) -> Value {
        var names = spec
        let kind = spec["kind"]?.string ?? ""
        if spec["singular"]?.string ?? "" == "" { names["singular"] = .string(kind.lowercased()) }
        if spec["listKind"]?.string ?? "" == "" { names["listKind"] = .string("\(kind)List") }
        return names
    }

    /// All versions that objects may be stored in: the present one comes last.
    private static func versions(_ object: KubernetesObject) -> [Value] {
        let former = object.status["storedVersions"]?.array ?? []
        let present = (object.spec["versions"]?.array ?? []).first { $0["storage"] == true }?["name"]
        guard let present, !former.contains(present) else { return former }
        return former + [present]
    }
}
