import Resources

/// What admission plugins know of a request.
struct AdmissionRequest {
    let object: Value
    /// Nil when the object is made.
    let old: Value?
    let resource: ResourceDefinition
    let version: KubernetesVersion
    let view: any ClusterView

    var namespace: String { object[path: "metadata", "namespace"]?.string ?? "" }
    var isCreation: Bool { old == nil }

    /// The name by which errors call the object.
    var name: String {
        let metadata = object["metadata"]
        for key in ["name", "generateName"] {
            if let name = metadata?[key]?.string, !name.isEmpty { return name }
        }
        return "Unknown"
    }

    /// A refusal (`admission.NewForbidden`).
    func forbidden(_ reason: String) -> APIStatus {
        .forbidden(resource, name, reason)
    }

    /// Several reasons in one, as Go's aggregated errors are written.
    func forbidden(_ reasons: [String]) -> APIStatus {
        var unique: [String] = []
        for reason in reasons where !unique.contains(reason) { unique.append(reason) }
        return forbidden(unique.count == 1 ? unique[0] : "[\(unique.joined(separator: ", "))]")
    }

    /// An object of the request's namespace or, where the kind has none, of the cluster.
    func find(_ group: String, _ kind: String, namespaced: Bool, _ name: String) -> Value? {
        let namespace = namespaced ? self.namespace : ""
        return view.object(ObjectIdentity(group: group, kind: kind, namespace: namespace, name: name))?.value
    }
}
