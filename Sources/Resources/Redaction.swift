/// The one place where what is secret is taken out, before anything reaches a renderer, an event, an error or a file.
package enum Redaction {
    /// What stands for a secret value: of fixed width, so that it tells no length.
    package static let mask = "******"

    /// Whether objects of this kind hold secret values.
    package static func isSecret(_ groupKind: GroupKind) -> Bool {
        groupKind == GroupKind(group: "", kind: "Secret")
    }

    /// Whether the field holds a secret value, in an object of a kind for which `isSecret` is true.
    package static func hides(_ path: FieldPath) -> Bool {
        switch path.elements.first {
        case .field("data"), .field("stringData"): path.elements.count > 1
        case .field("metadata"):
            path.elements.dropFirst() == [.field("annotations"), .field(lastAppliedAnnotation)]
        default: false
        }
    }

    /// The object with its secret values masked; objects of other kinds come back as they are.
    package static func masked(_ object: KubernetesObject) -> KubernetesObject {
        guard isSecret(object.groupVersionKind.groupKind) else { return object }
        var result = object
        for field in ["data", "stringData"] {
            guard let value = object.value[field] else { continue }
            result.value[field] = value.object.map { .object($0.mapValues { _ in .string(mask) }) } ?? .string(mask)
        }
        if object.annotations[lastAppliedAnnotation] != nil {
            result.annotations[lastAppliedAnnotation] = mask
        }
        return result
    }

    /// A server's message about an object of the kind: for Secrets it is withheld, since servers echo bad values.
    package static func serverMessage(_ message: String, about groupKind: GroupKind?) -> String {
        guard let groupKind, isSecret(groupKind) else { return message }
        return "the server's message is withheld, because it may contain the Secret's values"
    }

    private static let lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration"
}
