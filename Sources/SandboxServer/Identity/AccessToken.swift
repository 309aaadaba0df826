internal import Resources

/// The secret by which a sandbox knows its user: 256 random bits. Never shown by a description.
package struct AccessToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// For the kubeconfig, and nothing else.
    package let text: String

    package init() {
        var generator = SystemRandomNumberGenerator()
        text = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexadecimal
    }

    /// Nil where the text isn't one that `init()` could have made.
    init?(text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        self.text = text
    }

    package var description: String { "AccessToken" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether the header `Authorization` has this token, in a time that doesn't tell how much of it is right.
    func isPresented(in authorization: String?) -> Bool {
        guard let authorization else { return false }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
        let presented = Array(parts[1].utf8)
        guard presented.count == text.utf8.count else { return false }
        return zip(presented, text.utf8).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
