internal import HTTPTypes
internal import NIOCore
internal import Resources

/// Who may use the API.
struct AccessRules: Sendable, CustomReflectable {
    enum Verdict: Hashable {
        case granted
        /// The token is missing or wrong.
        case unknown
        /// A page in a browser may be behind it.
        case crossSite(reason: String)
        /// Nobody may.
        case closed
    }

    /// Whom the API is open to.
    enum Door: Sendable {
        /// Only programs on this machine can reach the server, of which browsers must not act for strangers.
        case thisMachine
        /// Who has the token; as long as there is none, nobody.
        case token(@Sendable () -> String?)
        case closed
    }

    private let door: Door

    init(_ door: Door) {
        self.door = door
    }

    var customMirror: Mirror { Mirror(self, children: []) }

    func verdict(on request: HTTPRequest) -> Verdict {
        switch door {
        case .thisMachine: return Self.local(request)
        case .closed: return .closed
        case .token(let token):
            guard let token = token(), !token.allSatisfy(\.isWhitespace) else { return .closed }
            guard let given = Self.bearerToken(request.headerFields[values: .authorization]) else { return .unknown }
            return ConstantTime.areEqual(given.utf8, token.utf8) ? .granted : .unknown
        }
    }

    /// RFC 6750, 2.1; the scheme's case doesn't matter (RFC 9110, 11.1).
    private static func bearerToken(_ values: [String]) -> Substring? {
        guard values.count == 1, let space = values[0].firstIndex(of: " ") else { return nil }
        guard values[0][..<space].lowercased() == "bearer" else { return nil }
        return values[0][space...].drop { $0 == " " }
    }

    /// Browsers send `Origin` with what a page of another site posts. A page whose own name was made to lead to this
    /// machine (DNS rebinding) has none, but names itself as the host.
    private static func local(_ request: HTTPRequest) -> Verdict {
        if request.headerFields.contains(.origin) {
            return .crossSite(reason: "requests of pages in a browser are not accepted")
        }
        guard let authority = request.authority, Loopback.isHost(authority) else {
            return .crossSite(reason: "the request's host is not this machine: use localhost or 127.0.0.1")
        }
        return .granted
    }
}

extension HTTPField.Name {
    fileprivate static let origin = known("Origin")
}

/// Names and addresses that lead to the machine itself.
enum Loopback {
    /// Whether the address, without a port, is of the loopback interface.
    static func isAddress(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
        return isLoopback(address)
    }

    static func isLoopback(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4: address.ipAddress?.hasPrefix("127.") ?? false
        case .v6: address.ipAddress == "::1"
        case .unixDomainSocket: true
        }
    }

    /// Whether the value of a header `Host` is such an address, in brackets where it is of version 6, or with a port.
    static func isHost(_ text: String) -> Bool {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            return isPort(text[text.index(after: end)...])
                && isAddress(String(text[text.index(after: text.startIndex)..<end]))
        }
        let host = text.prefix { $0 != ":" }
        return isPort(text[host.endIndex...]) && isAddress(String(host))
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
