internal import Crypto
internal import FoundationEssentials
internal import Resources

/// What signs the certificates of a sandbox's server, and nothing else.
package struct CertificateAuthority: Sendable {
    /// In PEM, for clients to trust.
    package let certificate: String
    let expiry: Date
    private let privateKey: P256.Signing.PrivateKey

    private static let lifetime: TimeInterval = 10 * 365 * 86400
    private static let serverLifetime: TimeInterval = 365 * 86400
    /// So long before its making, a certificate is valid already, since clocks differ.
    private static let leeway: TimeInterval = 3600

    /// Valid for ten years.
    init(now: Date) throws {
        privateKey = P256.Signing.PrivateKey()
        expiry = now + Self.lifetime
        let template = CertificateTemplate(
            subject: Self.name(privateKey), issuer: Self.name(privateKey), publicKey: privateKey.publicKey,
            start: now - Self.leeway, end: expiry,
            extensions: CertificateTemplate.authorityExtensions(privateKey.publicKey))
        certificate = Self.pem(try template.signed(by: privateKey))
    }

    /// - Parameter key: as `key` tells it.
    init(certificate: String, key: String, expiry: Date) throws {
        self.certificate = certificate
        self.expiry = expiry
        privateKey = try P256.Signing.PrivateKey(pemRepresentation: key)
    }

    /// The private key in PEM.
    var key: String { privateKey.pemRepresentation }

    /// Whether a certificate that it signs now could live its whole life.
    func isFresh(at now: Date) -> Bool {
        now + Self.serverLifetime < expiry
    }

    /// For 127.0.0.1, ::1 and localhost; valid for a year.
    ///
    /// - Returns: the certificate in the distinguished encoding, and its private key in PEM.
    func issueServerCertificate(now: Date) throws -> (certificate: [UInt8], key: String) {
        let key = P256.Signing.PrivateKey()
        let template = CertificateTemplate(
            subject: "endstate-sandbox", issuer: Self.name(privateKey), publicKey: key.publicKey,
            start: now - Self.leeway, end: min(now + Self.serverLifetime, expiry),
            extensions: CertificateTemplate.serverExtensions(key.publicKey, issuer: privateKey.publicKey))
        return (try template.signed(by: privateKey), key.pemRepresentation)
    }

    /// Each authority has a name of its own, so that none is taken for another.
    private static func name(_ key: P256.Signing.PrivateKey) -> String {
        "endstate-sandbox-ca-" + CertificateTemplate.keyIdentifier(key.publicKey).prefix(4).hexadecimal
    }

    private static func pem(_ bytes: [UInt8]) -> String {
        let text = Array(Base64.encode(bytes))
        let lines = stride(from: 0, to: text.count, by: 64).map { String(text[$0..<min($0 + 64, text.count)]) }
        return (["-----BEGIN CERTIFICATE-----"] + lines + ["-----END CERTIFICATE-----"]).joined(separator: "\n") + "\n"
    }
}
