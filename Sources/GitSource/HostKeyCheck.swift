import Crypto
import FoundationEssentials

/// Whether the key that an ssh host shows is the one that a person trusts.
struct HostKeyCheck {
    let host: String
    let port: Int
    let key: [UInt8]
    let files: [String]

    /// - Returns: nil when the key is known for the host.
    func problem() -> GitSourceError? {
        switch KnownHosts(files.map(Self.text)).verdict(host: host, port: port, key: key) {
        case .known: nil
        case .changed:
            GitSourceError(
                .hostKey, "the host key of \(shownHost) is not the one in \(shownFiles): it shows \(fingerprint)",
                hint: "somebody may be listening; if the host really has a new key, remove the old one with: "
                    + "ssh-keygen -R '\(name)'")
        case .revoked:
            GitSourceError(
                .hostKey, "the host key of \(shownHost), \(fingerprint), is marked as revoked in \(shownFiles)")
        case .unknown(let others):
            GitSourceError(
                .hostKey, "the host key of \(shownHost) is not in \(shownFiles): it shows \(fingerprint)",
                cause: others.isEmpty ? nil : "the host is known there only with \(others.joined(separator: ", "))",
                hint: "compare the fingerprint with the one that the host's owner publishes, then add it with: "
                    + scanCommand)
        }
    }

    private var name: String { port == 22 ? host : "[\(host)]:\(port)" }
    private var shownHost: String { port == 22 ? host : "\(host):\(port)" }
    private var shownFiles: String { files.isEmpty ? "any known_hosts file" : files.joined(separator: " or ") }

    private var scanCommand: String {
        "ssh-keyscan " + (port == 22 ? "" : "-p \(port) ") + host + " >> " + (files.first ?? "~/.ssh/known_hosts")
    }

    /// As ssh-keygen -l shows it.
    private var fingerprint: String {
        var hash = Data(SHA256.hash(data: key)).base64EncodedString()
        while hash.last == "=" { hash.removeLast() }
        return "\(KnownHosts.kind(of: key).map { escapingControls($0) + " " } ?? "")SHA256:\(hash)"
    }

    private static func text(_ path: String) -> String {
        guard let file = Descriptor(open: path, 0), let bytes = file.read(atMost: 64 << 20, expecting: 4096) else {
            return ""
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
