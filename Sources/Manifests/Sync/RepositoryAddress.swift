/// An `https` or `ssh` address of a repository, or the beginning of one, in parts that can be compared.
struct RepositoryAddress: Hashable, Sendable {
    enum Scheme: String, Hashable, Sendable { case https, ssh }

    let scheme: Scheme
    /// Nil where none is named.
    let user: String?
    /// In lower case, without brackets.
    let host: String
    let port: Int
    /// The parts of the path; a path from the root and one from the user's home are not told apart.
    let segments: [String]
    /// Whether something before the host is, or can be, a password or a token.
    let hasSecret: Bool

    /// Nil for any other text, and for a path that a server could take for another one: with `..` in any spelling.
    init?(_ text: String) {
        let parts: (scheme: Scheme, authority: Substring, path: Substring)
        if let end = text.firstRange(of: "://") {
            guard let scheme = Scheme(rawValue: text[..<end.lowerBound].lowercased()) else { return nil }
            let rest = text[end.upperBound...]
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            parts = (scheme, rest[..<slash], rest[slash...])
        } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/"), !text[colon...].hasPrefix("::") {
            parts = (.ssh, text[..<colon], text[text.index(after: colon)...])
        } else {
            return nil
        }
        guard let (host, port) = Self.hostAndPort(parts.authority), !Self.isAmbiguous(parts.path) else { return nil }
        scheme = parts.scheme
        let user = parts.authority.lastIndex(of: "@").map { String(parts.authority[..<$0]) } ?? ""
        self.user = user.isEmpty ? nil : user
        self.host = host
        self.port = port ?? (scheme == .https ? 443 : 22)
        segments = parts.path.split(separator: "/").map(String.init)
        hasSecret = scheme == .https ? !user.isEmpty : user.contains(":")
    }

    /// Whether an address lies below this one: a prefix without a user is one for any user.
    func covers(_ address: RepositoryAddress) -> Bool {
        scheme == address.scheme && host == address.host && port == address.port
            && (user == nil || user == address.user) && address.segments.starts(with: segments)
    }

    private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
        let rest = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = split(rest)
        let allowed = rest.hasPrefix("[") ? ":." : "-._"
        guard !host.isEmpty, !host.hasPrefix("-"),
            host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || allowed.contains($0)) })
        else { return nil }
        guard let port, !port.isEmpty else { return (host.lowercased(), nil) }
        guard port.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(port) else { return nil }
        return (host.lowercased(), number)
    }

    private static func split(_ text: Substring) -> (host: Substring, port: Substring?) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let rest = text[text.index(after: end)...]
            let host = text[text.index(after: text.startIndex)..<end]
            return rest.isEmpty || rest.hasPrefix(":") ? (host, rest.isEmpty ? nil : rest.dropFirst()) : ("", nil)
        }
        guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func isAmbiguous(_ path: Substring) -> Bool {
        let lower = path.lowercased()
        return ["%2e", "%2f", "%5c", "\\", "?", "#", "@"].contains { lower.contains($0) }
            || path.split(separator: "/").contains { $0 == "." || $0 == ".." }
    }
}
