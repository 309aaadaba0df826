internal import Crypto
internal import FoundationEssentials

/// A certificate of version 3 (RFC 5280) before it is signed, with keys on the curve P-256.
struct CertificateTemplate {
    var subject: String
    var issuer: String
    var publicKey: P256.Signing.PublicKey
    var start: Date
    var end: Date
    /// Each as `authorityExtensions` and `serverExtensions` make them.
    var extensions: [[UInt8]]

    /// - Returns: the certificate in the distinguished encoding.
    func signed(by key: P256.Signing.PrivateKey) throws -> [UInt8] {
        let body = DER.sequence(
            DER.explicit(0, DER.integer([2])), Self.serialNumber(), Self.signatureAlgorithm, Self.name(issuer),
            DER.sequence(DER.time(start), DER.time(end)), Self.name(subject), Array(publicKey.derRepresentation),
            DER.explicit(3, DER.element(0x30, extensions.flatMap { $0 })))
        let signature = try key.signature(for: body)
        return DER.sequence(body, Self.signatureAlgorithm, DER.bits(Array(signature.derRepresentation)))
    }

    /// `ecdsa-with-SHA256`.
    private static let signatureAlgorithm = DER.sequence(DER.identifier(1, 2, 840, 10045, 4, 3, 2))

    /// 120 random bits.
    private static func serialNumber() -> [UInt8] {
        DER.integer([1] + (0..<15).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// A common name alone.
    private static func name(_ text: String) -> [UInt8] {
        DER.sequence(DER.set(DER.sequence(DER.identifier(2, 5, 4, 3), DER.utf8(text))))
    }

    /// For the subject key identifier: a part of the key's digest (RFC 7093, method 1).
    static func keyIdentifier(_ key: P256.Signing.PublicKey) -> [UInt8] {
        Array(SHA256.hash(data: key.x963Representation).prefix(20))
    }

    static func authorityExtensions(_ key: P256.Signing.PublicKey) -> [[UInt8]] {
        [
            // An authority below which there is none.
            criticalExtension(19, DER.sequence(DER.yes, DER.integer([0]))),
            // To sign certificates.
            criticalExtension(15, DER.bits([0b0000_0100], unused: 2)),
            ownExtension(14, DER.octets(keyIdentifier(key))),
        ]
    }

    static func serverExtensions(_ key: P256.Signing.PublicKey, issuer: P256.Signing.PublicKey) -> [[UInt8]] {
        let loopback6 = [UInt8](repeating: 0, count: 15) + [1]
        return [
            criticalExtension(19, DER.sequence()),
            // To sign handshakes, as a server.
            criticalExtension(15, DER.bits([0b1000_0000], unused: 7)),
            ownExtension(37, DER.sequence(DER.identifier(1, 3, 6, 1, 5, 5, 7, 3, 1))),
            ownExtension(14, DER.octets(keyIdentifier(key))),
            ownExtension(35, DER.sequence(DER.implicit(0, keyIdentifier(issuer)))),
            ownExtension(
                17,
                DER.sequence(
                    DER.implicit(2, Array("localhost".utf8)), DER.implicit(7, [127, 0, 0, 1]),
                    DER.implicit(7, loopback6))),
        ]
    }

    /// - Parameter number: below `id-ce` (2.5.29).
    private static func ownExtension(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        DER.sequence(DER.identifier(2, 5, 29, number), DER.octets(content))
    }

    private static func criticalExtension(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        DER.sequence(DER.identifier(2, 5, 29, number), DER.yes, DER.octets(content))
    }
}
