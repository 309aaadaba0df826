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
        guard withholds(message, about: groupKind) else { return message }
        return "the server's message is withheld, because it may contain the Secret's values"
    }

    /// Whether a server's message about an object of the kind may hold a secret value.
    /// - Parameter status: The answer's HTTP status, where it is a refusal: whom the server does not know, or has not been
    ///   given a right, it tells without looking at the object. Admission plugins refuse with 403, too, but in other words.
    package static func withholds(_ message: String, about groupKind: GroupKind?, status: Int? = nil) -> Bool {
        guard let groupKind, isSecret(groupKind), status != 401 else { return false }
        let isMissingRight = message.hasPrefix("secrets ") && message.contains("is forbidden: User \"")
        return !(status == 403 && isMissingRight && message.contains("\" cannot "))
    }

    private static let lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration"
}
