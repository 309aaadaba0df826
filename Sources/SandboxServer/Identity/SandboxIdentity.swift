package import FoundationEssentials
internal import NIOSSL
internal import Resources

/// What makes a kubeconfig valid: the authority that it trusts and the token that it holds.
package struct SandboxIdentity: Sendable {
    package let token: AccessToken
    package let authority: CertificateAuthority

    package init(now: Date = .now) throws {
        token = AccessToken()
        authority = try CertificateAuthority(now: now)
    }

    /// - Throws: where the JSON isn't what `json` has made.
    init(json bytes: [UInt8]) throws {
        let value = try Value(json: bytes)
        guard let token = value["token"]?.string.flatMap(AccessToken.init(text:)),
            let certificate = value["certificate"]?.string, let key = value["key"]?.string,
            let expiry = value["expiry"]?.integer
        else { throw IdentityError.incomplete }
        self.token = token
        authority = try CertificateAuthority(
            certificate: certificate, key: key, expiry: Date(timeIntervalSince1970: TimeInterval(expiry)))
    }

    /// Holds both secrets: for a file that nobody else can read.
    var json: [UInt8] {
        let fields: Value = [
            "token": .string(token.text), "certificate": .string(authority.certificate), "key": .string(authority.key),
            "expiry": .integer(Int64(authority.expiry.timeIntervalSince1970)),
        ]
        return fields.jsonBytes
    }

    enum IdentityError: Error {
        case incomplete
    }
}

extension SandboxIdentity {
    /// With a certificate of its own, made anew each time.
    func tlsContext(now: Date = .now) throws -> NIOSSLContext {
        let issued = try authority.issueServerCertificate(now: now)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: issued.certificate, format: .der))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(issued.key.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
