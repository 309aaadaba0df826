internal import Crypto
internal import FoundationEssentials
package import Resources

/// What a sender signs its webhooks with; it shows nothing of itself, however it is printed.
package struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// The text itself: the key of GitHub, Gitea, Forgejo and Bitbucket, and the token of GitLab.
    let text: [UInt8]
    /// The key of Standard Webhooks: what follows `whsec_` is base64, any other text stands for itself.
    let standardKey: [UInt8]

    private static let standardPrefix = "whsec_"

    /// - Parameter text: as it was told to the sender, without a line end.
    /// - Throws: a `Diagnostic` where the secret is empty, or is no base64 after `whsec_`.
    package init(_ text: String) throws(Diagnostic) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw Self.empty }
        self.text = Array(text.utf8)
        guard text.hasPrefix(Self.standardPrefix) else {
            standardKey = self.text
            return
        }
        guard let key = Base64.decode(String(text.dropFirst(Self.standardPrefix.count))) else { throw Self.garbled }
        guard !key.isEmpty else { throw Self.empty }
        standardKey = key
    }

    private static let empty = Diagnostic(
        code: "webhook-secret", "a webhook secret is empty: anybody could sign with it",
        hint: "make one with `openssl rand -hex 32`, and tell it to the sender, too")

    private static let garbled = Diagnostic(
        code: "webhook-secret", "a webhook secret begins with whsec_, but no base64 follows",
        hint: "copy the whole signing token that the sender shows, and nothing else")

    package var description: String { Redaction.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// HMAC-SHA256 of the body under the text.
    func code(of body: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: text)))
    }

    /// HMAC-SHA256 of `ID.TIMESTAMP.BODY` under the key of Standard Webhooks.
    func standardCode(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: SymmetricKey(data: standardKey))
        code.update(data: Array("\(id).\(timestamp).".utf8))
        code.update(data: body)
        return Array(code.finalize())
    }
}

/// Comparisons whose time tells nothing of what is compared.
enum ConstantTime {
    /// Compares digests, which are of one length and compared in constant time.
    static func areEqual(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
        SHA256.hash(data: Array(left)) == SHA256.hash(data: Array(right))
    }
}
