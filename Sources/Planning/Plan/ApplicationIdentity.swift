internal import Crypto
package import Resources

/// An application on one cluster: what a run plans for, and what its ApplySet is named after.
package struct ApplicationIdentity: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    /// Where the ApplySet's parent and the revisions live.
    package let namespace: String
    /// The ApplySet's id, which every member carries as a label.
    package let applySetID: String

    /// - Throws: a diagnostic where the name is no DNS-1123 subdomain of at most 63 characters, so that it can be a part
    ///   of objects' names and a label's value, or where the namespace is no DNS-1123 label.
    package init(name: String, namespace: String) throws(Diagnostic) {
        guard DNSName.isSubdomain(name), name.utf8.count <= 63 else {
            throw Diagnostic(
                code: "invalid-application-name",
                "\"\(name)\" can't be an application's name",
                hint: "use at most 63 lower-case letters, digits, - and ., beginning and ending with a letter or digit"
            )
        }
        guard DNSName.isSubdomain(namespace), namespace.utf8.count <= 63, !namespace.contains(".") else {
            throw Diagnostic(
                code: "invalid-namespace",
                "\"\(namespace)\" can't be the namespace of application \(name)",
                hint: "use at most 63 lower-case letters, digits and -, beginning and ending with a letter or digit"
            )
        }
        self.name = name
        self.namespace = namespace
        applySetID = ApplySet.identifier(name: Self.parentName(name), namespace: namespace, kind: "Secret", group: "")
    }

    /// The Secret that is the ApplySet's parent.
    package var parent: ObjectIdentity {
        ObjectIdentity(group: "", kind: "Secret", namespace: namespace, name: Self.parentName(name))
    }

    package var description: String { "\(namespace)/\(name)" }

    private static func parentName(_ name: String) -> String { "endstate.\(name)" }
}

extension ApplySet {
    /// The id of the ApplySet whose parent is the given object (KEP-3659): a hash of its name, namespace, kind and group
    /// in base64 for URLs, between words that make it a valid label value.
    package static func identifier(name: String, namespace: String, kind: String, group: String) -> String {
        let hash = Array(SHA256.hash(data: Array("\(name).\(namespace).\(kind).\(group)".utf8)))
        let text = Base64.encode(hash).map { character in
            switch character {
            case "+": "-"
            case "/": "_"
            default: String(character)
            }
        }
        return "applyset-" + text.joined().filter { $0 != "=" } + "-v1"
    }
}
