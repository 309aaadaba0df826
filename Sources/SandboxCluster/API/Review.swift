internal import Resources

/// Questions that are created rather than stored: may somebody do something, and who asks.
///
/// The sandbox has one user, who may do everything.
enum Review {
    private static let userName = "endstate-sandbox"

    /// The answer; nil where the resource is none of these.
    static func answer(_ question: Value, _ resource: ResourceDefinition) throws(APIStatus) -> Value? {
        guard ["authorization.k8s.io", "authentication.k8s.io"].contains(resource.kind.group) else { return nil }
        guard let status = status(resource.kind.kind, question) else { return nil }
        var answer = question
        answer["kind"] = .string(resource.kind.kind)
        answer["apiVersion"] = .string(resource.kind.apiVersion)
        answer["metadata"] = question["metadata"] ?? ["creationTimestamp": .null]
        answer["status"] = status
        return answer
    }

    private static func status(_ kind: String, _ question: Value) -> Value? {
        let user: Value = ["username": .string(userName), "groups": ["system:masters", "system:authenticated"]]
        return switch kind {
        case "SelfSubjectAccessReview", "SubjectAccessReview", "LocalSubjectAccessReview": ["allowed": true]
        case "SelfSubjectRulesReview":
            [
                "resourceRules": [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]],
                "nonResourceRules": [["verbs": ["*"], "nonResourceURLs": ["*"]]], "incomplete": false,
            ]
        case "TokenReview": ["authenticated": true, "user": user]
        case "SelfSubjectReview": ["userInfo": user]
        default: nil
        }
    }
}
