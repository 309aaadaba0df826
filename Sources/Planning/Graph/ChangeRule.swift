internal import Resources

/// A value of kapp's annotation `kapp.k14s.io/change-rule`: `upsert after upserting apps.example.org/db`
/// (kapp, `pkg/kapp/diffgraph/change_rule.go`).
struct ChangeRule: Hashable {
    enum Action: String { case upsert, delete }
    enum Order: String { case before, after }
    enum Target: String { case upserting, deleting }

    let action: Action
    let order: Order
    let target: Target
    let group: String

    static let annotation = "kapp.k14s.io/change-rule"
    static let groupAnnotation = "kapp.k14s.io/change-group"

    /// Nil where the text isn't four words, of which the first three are known and the last is a group's name.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, let action = Action(rawValue: words[0]), let order = Order(rawValue: words[1]),
            let target = Target(rawValue: words[2]), DNSName.isQualifiedName(words[3])
        else { return nil }
        self.action = action
        self.order = order
        self.target = target
        group = words[3]
    }

    /// What a rule means where everything is deleted after all else is applied.
    enum Meaning {
        case orders
        /// It holds anyway.
        case alwaysHolds
        case cannotHold
    }

    var meaning: Meaning {
        switch (action, order, target) {
        case (.upsert, _, .upserting), (.delete, _, .deleting): .orders
        case (.upsert, .before, .deleting), (.delete, .after, .upserting): .alwaysHolds
        case (.upsert, .after, .deleting), (.delete, .before, .upserting): .cannotHold
        }
    }

    /// Whether the key is `base` or has a suffix that tells several apart: `base.x`.
    static func isKey(_ key: String, of base: String) -> Bool {
        key == base || key.hasPrefix(base + ".")
    }

    /// The text with its placeholders, such as `{name}`, replaced by what they mean for the object
    /// (kapp, `change_group_name.go`).
    /// - Returns: nil where a placeholder is unknown or has no value for the object.
    static func expand(_ text: String, for object: KubernetesObject) -> String? {
        let values = [
            "api-group": object.groupVersionKind.group,
            "kind": object.kind,
            "name": object.name,
            "namespace": object.namespace,
            "crd-kind": object.definedKind?.kind,
            "crd-group": object.definedKind?.group,
        ]
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = values[name] ?? nil, !value.isEmpty else { return nil }
            result += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
