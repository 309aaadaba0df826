import NIOSSL
import Resources

/// A configuration's TLS part in the form that NIOSSL takes.
enum TLSSettings {
    static func make(_ configuration: ClusterConfiguration) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if configuration.trust.isUnchecked { tls.certificateVerification = .none }
        if let authorities = configuration.trust.authorities {
            tls.trustRoots = .certificates(
                try certificates(authorities, of: "the certificate authority of \(configuration.server)"))
        }
        if let certificate = configuration.clientCertificate { try add(certificate, to: &tls) }
        return tls
    }

    static func add(_ certificate: ClientCertificate, to tls: inout TLSConfiguration) throws {
        let chain = try certificates(certificate.chain, of: "the client certificate (\(certificate.origin))")
        tls.certificateChain = chain.map { .certificate($0) }
        do {
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: certificate.key.revealed, format: .pem))
        } catch {
            throw KubeClientError(
                .unreadableCredential,
                "the key of the client certificate (\(certificate.origin)) is no private key in PEM form",
                hint: "a key with a passphrase is not supported"
            )
        }
    }

    static func certificates(_ pem: [UInt8], of owner: String) throws -> [NIOSSLCertificate] {
        do {
            let found = try NIOSSLCertificate.fromPEMBytes(pem)
            if !found.isEmpty { return found }
        } catch {}
        throw KubeClientError(.unreadableCredential, "\(owner) is no certificate in PEM form")
    }
}
