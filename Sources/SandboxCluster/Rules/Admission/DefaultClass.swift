import Resources

/// The class of claims or Ingresses that name none: the one that is annotated as the default.
struct DefaultClass {
    private let kind: GroupKind
    private let annotations: [String]
    private let field: String
    /// An annotation that names a class in place of the field.
    private let substitute: String
    private let plural: String
    private let end: String

    static let storage = DefaultClass(
        kind: GroupKind(group: "storage.k8s.io", kind: "StorageClass"),
        annotations: [
            "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
        ],
        field: "storageClassName", substitute: "volume.beta.kubernetes.io/storage-class", plural: "StorageClasses",
        end: "")

    static let ingress = DefaultClass(
        kind: GroupKind(group: "networking.k8s.io", kind: "IngressClass"),
        annotations: ["ingressclass.kubernetes.io/is-default-class"],
        field: "ingressClassName", substitute: "kubernetes.io/ingress.class", plural: "IngressClasses",
        end: ", only 1 allowed")

    func set(in object: inout Value, _ request: AdmissionRequest) throws(APIStatus) {
        guard object["spec"]?[field] == nil, object[path: "metadata", "annotations", substitute] == nil else { return }
        let defaults = request.view.objects(kind, namespace: nil).filter { candidate in
            annotations.contains { candidate.annotations[$0] == "true" }
        }
        // Until 1.25 there had to be one; since then the newest counts.
        if defaults.count > 1, request.version.minor < 26 {
            throw request.forbidden("Internal error occurred: \(defaults.count) default \(plural) were found\(end)")
        }
        let chosen = defaults.max { left, right in
            let created = [left, right].map { $0.metadata["creationTimestamp"]?.string ?? "" }
            return (created[0], right.name) < (created[1], left.name)
        }
        guard let chosen else { return }
        object.editFields { fields in
            fields.editOrMake("spec") { $0[field] = .string(chosen.name) }
        }
    }
}
