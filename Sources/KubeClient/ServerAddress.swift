import FoundationEssentials
import Resources

/// The parts of an API server's address.
struct ServerAddress: Hashable, Sendable {
    let scheme: String
    /// Without the brackets of an IPv6 address.
    let host: String
    let port: Int
    /// Without a slash at its end; usually empty.
    let path: String

    var usesTLS: Bool { scheme == "https" }
    private var hostText: String { host.contains(":") ? "[\(host)]" : host }
    /// What a request's `Host` field says.
    var authority: String { "\(hostText):\(port)" }
    var text: String { "\(scheme)://\(authority)\(path)" }

    /// Reads a cluster's `server`; without a scheme it is `https` only where the cluster has TLS settings.
    init(_ text: String, impliesTLS: Bool, of entry: EntryReader) throws {
        let full = text.contains("://") ? text : (impliesTLS ? "https://" : "http://") + text
        guard let address = ServerAddress(full) else {
            throw entry.error("has a server that is no address of http or https", hint: "such as https://10.0.0.1:6443")
        }
        self = address
    }

    /// Nil where the text is no URL of http or https, or holds a user, a query or a fragment.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let url = URL(string: text),
            let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = url.host(percentEncoded: false), !host.isEmpty,
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil
        else { return nil }
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = url.port ?? (scheme == "https" ? 443 : 80)
        var path = url.path(percentEncoded: true)
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The same port and path at another host.
    func with(host: String) -> ServerAddress {
        ServerAddress(scheme: scheme, host: host, port: port, path: path)
    }

    private init(scheme: String, host: String, port: Int, path: String) {
        (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
    }

    /// Whether nothing leaves this machine on the way to it.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
