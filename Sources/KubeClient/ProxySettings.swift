import FoundationEssentials
import Resources

/// A proxy on the way to the API server.
package struct ProxySettings: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Reached by HTTP's `CONNECT`.
        case http
        case socks5
    }

    package let kind: Kind
    package let host: String
    package let port: Int
    package let user: String?
    package let password: Confidential<String>?

    /// The address without user and password.
    package var description: String { "\(kind == .http ? "http" : "socks5")://\(host):\(port)" }

    init(url: String, of entry: EntryReader) throws {
        guard let proxy = ProxySettings(url) else {
            throw entry.error(
                "has a proxy-url that is not of http or socks5", hint: "such as http://proxy.example:3128")
        }
        self = proxy
    }

    /// Nil where the text is no URL of http or socks5; without a scheme it is http.
    init?(_ text: String) {
        let full = text.contains("://") ? text : "http://\(text)"
        guard let url = URL(string: full), let host = url.host(percentEncoded: false), !host.isEmpty else { return nil }
        switch url.scheme?.lowercased() {
        case "http": (kind, port) = (.http, url.port ?? 80)
        case "socks5", "socks5h": (kind, port) = (.socks5, url.port ?? 1080)
        default: return nil
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        user = url.user(percentEncoded: false)
        password = url.password(percentEncoded: false).map(Confidential.init)
    }

    /// The proxy that `HTTPS_PROXY` or `HTTP_PROXY` names, unless `NO_PROXY` or the loopback address exclude it.
    static func fromEnvironment(_ environment: [String: String], for address: ServerAddress) throws -> ProxySettings? {
        func variable(_ name: String) -> String? {
            (environment[name] ?? environment[name.lowercased()]).flatMap { $0.isEmpty ? nil : $0 }
        }
        let name = address.usesTLS ? "HTTPS_PROXY" : "HTTP_PROXY"
        guard let text = variable(name), !address.isLoopback else { return nil }
        if let list = variable("NO_PROXY"), NoProxyList(list).contains(address) { return nil }
        guard let proxy = ProxySettings(text) else {
            throw KubeClientError(
                .proxyFailed,
                "\(name) is not a URL of http or socks5",
                hint: "such as http://proxy.example:3128"
            )
        }
        return proxy
    }
}

/// The hosts that `NO_PROXY` excludes (the rules of Go's `httpproxy`).
struct NoProxyList {
    private let items: [Substring]

    init(_ text: String) {
        items = text.split { $0 == "," || $0 == " " }
    }

    func contains(_ address: ServerAddress) -> Bool {
        let host = address.host.lowercased()
        return items.contains { item in
            let item = item.lowercased()
            if item == "*" || item == host || item == "\(host):\(address.port)" { return true }
            if item.contains("/") { return Self.isInside(host, item) }
            let domain = item.hasPrefix("*") ? String(item.dropFirst()) : item
            return host.hasSuffix(domain.hasPrefix(".") ? domain : ".\(domain)")
        }
    }

    /// Whether an IPv4 address lies in a network such as `10.0.0.0/8`.
    private static func isInside(_ host: String, _ network: String) -> Bool {
        let parts = network.split(separator: "/")
        guard parts.count == 2, let bits = UInt32(parts[1]), bits <= 32,
            let address = number(host[...]), let base = number(parts[0])
        else { return false }
        let mask = bits == 0 ? 0 : UInt32.max << (32 - bits)
        return address & mask == base & mask
    }

    private static func number(_ address: Substring) -> UInt32? {
        let bytes = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4 else { return nil }
        return bytes.reduce(UInt32?.some(0)) { sum, byte in
            guard let sum, let byte else { return nil }
            return sum << 8 | UInt32(byte)
        }
    }
}
