import Resources

/// A token, password or key: it shows nothing of itself, however it is printed.
package struct Confidential<Wrapped: Sendable & Hashable>: Sendable, Hashable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// For the use that the credential is made for, and nothing else.
    package let revealed: Wrapped

    package init(_ value: Wrapped) {
        revealed = value
    }

    package var description: String { Redaction.mask }
    package var debugDescription: String { Redaction.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
