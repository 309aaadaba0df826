import KubeClient
import Resources

/// A service account as a user of the API.
struct ServiceAccountUser {
    let name: String
    let namespace: String

    var user: String { "system:serviceaccount:\(namespace):\(name)" }

    /// Waits until it may: a server learns of new roles and bindings by and by.
    func awaitRight(to verb: String, _ resource: String, _ client: KubeClient) async throws {
        let groups: Value = ["system:serviceaccounts", "system:authenticated"]
        let review = KubernetesObject([
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "metadata": [:],
            "spec": [
                "user": .string(user), "groups": groups,
                "resourceAttributes": [
                    "namespace": .string(namespace), "verb": .string(verb), "group": "",
                    "resource": .string(resource),
                ],
            ],
        ])
        let reviews = APIResource(review.groupVersionKind, plural: "subjectaccessreviews", isNamespaced: false)
        while try await client.create(review, as: reviews).object.value[path: "status", "allowed"]?.bool != true {}
    }
}
