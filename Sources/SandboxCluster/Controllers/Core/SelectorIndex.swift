internal import Resources

/// Who selects what by labels, by namespace.
struct SelectorIndex: Sendable {
    private var selectors: [String: [String: LabelSelector]] = [:]

    /// - Parameter selector: Nil for an object that is gone or selects nothing.
    mutating func note(_ identity: ObjectIdentity, _ selector: LabelSelector?) {
        selectors[identity.namespace, default: [:]][identity.name] = selector
        if selectors[identity.namespace]?.isEmpty ?? false { selectors[identity.namespace] = nil }
    }

    /// The names of those that select such labels, in order.
    func names(matching labels: [String: String], in namespace: String) -> [String] {
        (selectors[namespace] ?? [:]).filter { $0.value.matches(labels) }.map(\.key).sorted()
    }
}
