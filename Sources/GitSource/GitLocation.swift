/// Where a repository is: an address that was checked, with its password kept apart.
package struct GitLocation: Sendable, Hashable {
    /// How the repository is reached.
    package enum Transport: String, Sendable, Hashable { case https, http, ssh, local }

    /// Who gave an address: a file in a repository must not make this process read local paths.
    package enum Trust: Sendable, Hashable { case commandLine, configuration }

    package let transport: Transport
    /// The address without a password, for people; for https also without a user name, which can be a token.
    package let display: String
    /// The host's name or address without brackets, empty for a local path.
    package let host: String
    /// The port, 0 for a local path.
    package let port: Int

    /// What libgit2 is given: never with a password.
    let remote: String
    let user: String?
    let password: String?

    /// Checks an address: `https://…`, `ssh://…`, `user@host:path`, or for the command line a path or `file://…`.
    ///
    /// - Parameter allowInsecure: accept `http://` to this machine itself.
    /// - Throws: ``GitSourceError`` with code `invalidAddress`; its text shows no password.
    package init(_ text: String, trust: Trust, allowInsecure: Bool = false) throws(GitSourceError) {
        try Self.refuseUnprintable(text)
        if let end = text.firstRange(of: "://") {
            let scheme = text[..<end.lowerBound].lowercased()
            try self.init(scheme: scheme, rest: text[end.upperBound...], trust: trust, allowInsecure: allowInsecure)
        } else if let end = text.firstRange(of: "::"), text[..<end.lowerBound].allSatisfy(\.isSchemeLike),
            text.first != ":"
        {
            throw Self.refused("'\(text[..<end.lowerBound])::…' asks git to run a program")
        } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
            try self.init(secureCopy: text[..<colon], path: text[text.index(after: colon)...])
        } else {
            try self.init(local: text, display: text, trust: trust)
        }
    }

    private init(scheme: String, rest: Substring, trust: Trust, allowInsecure: Bool) throws(GitSourceError) {
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        let path = String(rest[slash...])
        // What looks like a path can be the rest of a password: it must not be shown, nor taken for a path.
        guard scheme == "file" || !path.contains("@") else {
            throw Self.refused(
                "it has '@' after its first '/'", hint: "write %40 for '@' in a path, %2F for '/' in a password")
        }
        switch scheme {
        case "https": try self.init(web: .https, authority: authority, path: path)
        case "http":
            try self.init(web: .http, authority: authority, path: path)
            guard allowInsecure, isLoopback else {
                throw Self.refused("'\(display)' is not encrypted", hint: "use https://")
            }
        case "ssh": try self.init(shell: authority, path: path)
        case "file":
            guard authority.isEmpty || authority == "localhost" else {
                throw Self.refused("'file://\(authority)…' names another machine", hint: "use file:///path")
            }
            try self.init(local: path, display: "file://" + path, trust: trust)
        case "git": throw Self.refused("git:// is neither encrypted nor authenticated", hint: "use https:// or ssh://")
        default: throw Self.refused("'\(scheme)://' is not supported", hint: "use https:// or ssh://")
        }
    }

    private init(web transport: Transport, authority: Substring, path: String) throws(GitSourceError) {
        let parts = try Self.split(authority, scheme: transport.rawValue)
        let shown = "\(transport.rawValue)://\(parts.hostAndPort)\(path)"
        guard path.count > 1 else { throw Self.refused("'\(shown)' names no repository on its host") }
        if let mark = path.first(where: { $0 == "?" || $0 == "#" }) {
            let visible = shown.prefix { $0 != mark }
            throw Self.refused("'\(visible)\(mark)…' has '\(mark)', which no repository's address needs")
        }
        let credentials = parts.userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        self.transport = transport
        self.host = parts.host
        self.port = parts.port ?? (transport == .https ? 443 : 80)
        self.user = credentials.first.flatMap { $0.isEmpty ? nil : Self.percentDecoded($0) }
        self.password = credentials.count == 2 ? Self.percentDecoded(credentials[1]) : nil
        self.display = shown
        self.remote = shown
    }

    private init(shell authority: Substring, path: String) throws(GitSourceError) {
        let parts = try Self.split(authority, scheme: "ssh")
        guard !parts.userInfo.contains(":") else {
            throw Self.refused(
                "'ssh://\(parts.hostAndPort)\(path)' comes with a password", hint: "use an ssh key or the ssh agent")
        }
        let user = String(parts.userInfo)
        let shown = "ssh://" + (user.isEmpty ? "" : user + "@") + parts.hostAndPort + path
        try Self.checkShell(user: user, path: path, shown: shown)
        guard path.count > 1 else { throw Self.refused("'\(shown)' names no repository on its host") }
        self.transport = .ssh
        self.host = parts.host
        self.port = parts.port ?? 22
        self.user = user.isEmpty ? nil : user
        self.password = nil
        self.display = shown
        self.remote = shown
    }

    private init(secureCopy authority: Substring, path: Substring) throws(GitSourceError) {
        guard !["https", "http", "ssh", "git", "file"].contains(authority.lowercased()) else {
            throw Self.refused("'\(authority):' is not followed by '//'")
        }
        // What looks like a path can be the rest of a password.
        guard !path.contains("@") else {
            throw Self.refused(
                "it has '@' after its first ':'", hint: "use an ssh key or the ssh agent, not a password")
        }
        let parts = try Self.split(authority, scheme: nil)
        let user = String(parts.userInfo)
        let shown = (user.isEmpty ? "" : user + "@") + parts.hostAndPort + ":" + path
        try Self.checkShell(user: user, path: String(path), shown: shown)
        guard !path.isEmpty else { throw Self.refused("'\(shown)' names no repository on its host") }
        self.transport = .ssh
        self.host = parts.host
        self.port = 22
        self.user = user.isEmpty ? nil : user
        self.password = nil
        self.display = shown
        self.remote = shown
    }

    private init(local path: String, display: String, trust: Trust) throws(GitSourceError) {
        guard trust == .commandLine else {
            throw Self.refused(
                "'\(display)' is a local path",
                hint: "a configuration file may only name https:// and ssh:// repositories")
        }
        guard !path.isEmpty else {
            throw Self.refused("it is empty", hint: "give a path, or an https:// or ssh:// address")
        }
        guard !path.hasPrefix("-") else {
            throw Self.refused("'\(display)' starts with '-'", hint: "write it as './\(path)'")
        }
        self.transport = .local
        self.host = ""
        self.port = 0
        self.user = nil
        self.password = nil
        self.display = display
        self.remote = path
    }

    /// Checks a proxy's address, `http://user:password@host:port`.
    init(proxy text: String) throws(GitSourceError) {
        try Self.refuseUnprintable(text)
        let scheme = text.lowercased().hasPrefix("https://") ? Transport.https : .http
        guard scheme == .https || text.lowercased().hasPrefix("http://") else {
            throw Self.refused("it is not http://")
        }
        var rest = text.dropFirst(scheme.rawValue.count + 3)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("/") else { throw Self.refused("it has a path") }
        try self.init(web: scheme, authority: rest, path: "/.")
    }

    /// Whether the host is this machine itself.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.allSatisfy(\.isIPv4) }
}

extension GitLocation: CustomStringConvertible, CustomReflectable {
    package var description: String { display }
    package var customMirror: Mirror { Mirror(self, children: ["display": display]) }
}

// MARK: - Parts of an address

extension GitLocation {
    private struct Authority {
        var userInfo: Substring
        var host: String
        var port: Int?

        /// As it is written in an address.
        var hostAndPort: String {
            (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "")
        }
    }

    /// Takes `user:password@host:port` apart; no error shows what stands before the `@`.
    private static func split(_ text: Substring, scheme: String?) throws(GitSourceError) -> Authority {
        let at = text.lastIndex(of: "@")
        let userInfo = at.map { text[..<$0] } ?? ""
        let rest = at.map { text[text.index(after: $0)...] } ?? text
        let prefix = scheme.map { $0 + "://" } ?? ""
        var host = rest
        var port: Int?
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            host = rest[rest.index(after: rest.startIndex)..<end]
            port = try parsePort(rest[rest.index(after: end)...], in: prefix + rest)
            guard host.contains(":"), host.allSatisfy({ $0.isIPv4 || $0.isHexDigit || $0 == ":" }) else {
                throw refused("'\(prefix)\(rest)' has an invalid IPv6 address")
            }
        } else {
            if let colon = rest.firstIndex(of: ":") {
                host = rest[..<colon]
                port = try parsePort(rest[colon...], in: prefix + rest)
            }
            try checkHost(host, in: prefix + rest)
        }
        return Authority(userInfo: userInfo, host: host.lowercased(), port: port)
    }

    private static func checkHost(_ host: Substring, in shown: String) throws(GitSourceError) {
        guard !host.isEmpty else { throw refused("'\(shown)' names no host") }
        guard !host.hasPrefix("-") else { throw refused("the host '\(host)' starts with '-'") }
        guard host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }) else {
            throw refused("'\(shown)' has an invalid host name")
        }
    }

    private static func parsePort(_ text: Substring, in shown: String) throws(GitSourceError) -> Int? {
        if text.isEmpty || text == ":" { return nil }
        let digits = text.dropFirst()
        guard text.hasPrefix(":"), digits.allSatisfy(\.isASCII), let port = Int(digits), digits.first != "+",
            (1...65535).contains(port)
        else { throw refused("'\(shown)' has an invalid port") }
        return port
    }

    /// libgit2 puts the path between single quotes into the command that the server's shell runs.
    private static func checkShell(user: String, path: String, shown: String) throws(GitSourceError) {
        guard user.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._+-".contains($0)) }),
            !user.hasPrefix("-")
        else { throw refused("the ssh address has an invalid user name") }
        guard !path.contains("'"), !path.contains("\\") else {
            throw refused("'\(shown)' has a quote or backslash in its path")
        }
        guard !path.hasPrefix("-") else { throw refused("the path of '\(shown)' starts with '-'") }
    }

    private static func refuseUnprintable(_ text: String) throws(GitSourceError) {
        for (position, scalar) in text.unicodeScalars.enumerated() where isUnprintable(scalar) || scalar == "\u{FFFD}" {
            let code = String(scalar.value, radix: 16, uppercase: true)
            let padding = String(repeating: "0", count: max(0, 4 - code.count))
            throw refused("character \(position + 1) of it is the control character U+\(padding)\(code)")
        }
    }

    private static func percentDecoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(Substring(rest.prefix(2)), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func refused(_ why: String, hint: String? = nil) -> GitSourceError {
        GitSourceError(.invalidAddress, "the repository's address is refused: " + why, hint: hint)
    }
}

extension Character {
    fileprivate var isIPv4: Bool { isASCII && (isNumber || self == ".") }
    fileprivate var isSchemeLike: Bool { isASCII && (isLetter || isNumber || "+.-".contains(self)) }
}
