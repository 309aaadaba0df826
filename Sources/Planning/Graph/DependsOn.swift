internal import Resources

/// The annotation `config.kubernetes.io/depends-on`: references to objects, separated by commas
/// (sigs.k8s.io/cli-utils, `pkg/object/dependson`).
enum DependsOn {
    static let annotation = "config.kubernetes.io/depends-on"

    enum Parsed: Hashable {
        case reference(ObjectIdentity)
        /// The text that is no reference.
        case malformed(String)
    }

    /// The references of an annotation's value, in its order.
    static func parse(_ text: String) -> [Parsed] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let trimmed = part.trimmed
            return reference(trimmed).map(Parsed.reference) ?? .malformed(trimmed)
        }
    }

    /// `group/Kind/name` or `group/namespaces/NS/Kind/name`; the core group is empty.
    private static func reference(_ text: String) -> ObjectIdentity? {
        let fields = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard fields.dropFirst().allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else { return nil }
        switch fields.count {
        case 3: return ObjectIdentity(group: fields[0], kind: fields[1], name: fields[2])
        case 5 where fields[1] == "namespaces":
            return ObjectIdentity(group: fields[0], kind: fields[3], namespace: fields[2], name: fields[4])
        default: return nil
        }
    }

    /// How a manifest writes a reference to the object.
    static func text(of identity: ObjectIdentity) -> String {
        let place = identity.namespace.isEmpty ? "" : "namespaces/\(identity.namespace)/"
        return "\(identity.groupKind.group)/\(place)\(identity.groupKind.kind)/\(identity.name)"
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
