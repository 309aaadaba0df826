package import FoundationEssentials
package import Resources

/// What the API says of a CustomResourceDefinition once it serves it (k8s.io/apiextensions-apiserver/pkg/controller).
package enum CustomResourceDefinitionStatus {
    /// The definition with its names accepted and itself established; as it is where that is so already.
    package static func established(_ definition: Value, now: Date) -> Value {
        var object = KubernetesObject(definition)
        var status = object.status
        status["acceptedNames"] = names(object.spec["names"] ?? [:])
        status["storedVersions"] = .array(versions(object))
        var conditions = Conditions(object)
        conditions.set("NamesAccepted", "True", "NoConflicts", "no conflicts found", now: now)
        conditions.set("Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now: now)
        status["conditions"] = conditions.value
        object.value["status"] = status
        return object.value
    }

    private static func names(_ spec: Value) -> Value {
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
