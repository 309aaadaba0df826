import Resources

/// Nothing is made in a namespace that is missing or going away.
enum NamespaceLifecycle {
    static let immortal: Set<String> = ["default", "kube-system", "kube-public"]

    static func check(_ request: AdmissionRequest) throws(APIStatus) {
        let name = request.namespace
        guard request.isCreation, request.resource.isNamespaced, !name.isEmpty,
            request.resource.kind.kind != "LocalSubjectAccessReview"
        else { return }
        guard let namespace = request.find("", "Namespace", namespaced: false, name) else {
            throw APIStatus(
                code: 404, reason: "NotFound", message: "namespaces \"\(name)\" not found",
                details: ["name": .string(name), "kind": "namespaces"])
        }
        guard namespace[path: "status", "phase"] == "Terminating" else { return }
        var status = request.forbidden(
            "unable to create new content in namespace \(name) because it is being terminated")
        status.details?["causes"] = [
            [
                "reason": "NamespaceTerminating", "message": .string("namespace \(name) is being terminated"),
                "field": "metadata.namespace",
            ]
        ]
        throw status
    }
}
