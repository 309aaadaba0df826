import Glibc
import NIOCore
import NIOSSL

/// Compares the name that a kubeconfig expects with those of a server's certificate.
///
/// NIOSSL also accepts a certificate for the address that it has connected to, which is not what was asked for.
struct ServerNameCheck: Sendable {
    /// A host name or an IP address.
    let expected: String

    /// Ends the connection where its certificate, whose chain NIOSSL has verified, is for another name.
    /// - Returns: A future that fails before anything is sent over the connection.
    func check(_ channel: any Channel) -> EventLoopFuture<Void> {
        let checked = channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
            guard let certificate, accepts(certificate) else { throw NIOSSLExtraError.failedToValidateHostname }
        }
        // The client gives a failed connection up, but leaves it open; it must have given it up before it is closed.
        checked.whenFailure { _ in channel.eventLoop.execute { channel.close(promise: nil) } }
        return checked
    }

    func accepts(_ certificate: NIOSSLCertificate) -> Bool {
        let address = Self.bytes(ofAddress: expected)
        return certificate._subjectAlternativeNames().contains { name in
            switch name.nameType {
            case .dnsName: address == nil && accepts(pattern: String(decoding: name.contents, as: UTF8.self))
            case .ipAddress: address == Array(name.contents)
            default: false
            }
        }
    }

    /// RFC 6125, section 6.4: `*` stands for the whole first label, and for one label only.
    func accepts(pattern: String) -> Bool {
        let pattern = Self.labels(pattern)
        let name = Self.labels(expected)
        guard pattern.count == name.count, !name.contains(where: \.isEmpty) else { return false }
        if pattern.first == "*", pattern.count > 2 { return pattern.dropFirst() == name.dropFirst() }
        return pattern == name
    }

    private static func labels(_ name: String) -> [Substring] {
        let name = name.hasSuffix(".") ? String(name.dropLast()) : name
        return name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    }

    /// Four or sixteen bytes; nil where the text is no IP address.
    private static func bytes(ofAddress text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
