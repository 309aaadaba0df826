import Crypto
import FoundationEssentials

/// The ssh host keys that a person trusts: the `known_hosts` format of sshd(8), hashed names and markers included.
struct KnownHosts: Sendable {
    /// What is known about a host's key.
    enum Verdict: Sendable, Hashable {
        case known
        /// The host is known with this kind of key, and it is another one.
        case changed
        case revoked
        /// The host is not known with this kind of key; the other kinds it is known with.
        case unknown(otherKinds: [String])
    }

    private struct Entry: Sendable {
        var isRevoked: Bool
        var hosts: Substring
        var kind: String
        var key: [UInt8]
    }

    private let entries: [Entry]

    /// Reads the lines of `known_hosts` files; a line that is no plain host key is skipped, as ssh does.
    init(_ texts: [String]) {
        entries = texts.flatMap { $0.split(whereSeparator: \.isNewline) }.compactMap(Self.parse)
    }

    /// Compares the key that a host shows, in the wire format of RFC 4253 section 6.6, with those known for it.
    func verdict(host: String, port: Int, key: [UInt8]) -> Verdict {
        let name = port == 22 ? host : "[\(host)]:\(port)"
        let matching = entries.filter { Self.matches($0.hosts, name) }
        let kind = Self.kind(of: key)
        if matching.contains(where: { $0.isRevoked && $0.key == key }) { return .revoked }
        let trusted = matching.filter { !$0.isRevoked }
        if trusted.contains(where: { $0.key == key }) { return .known }
        if trusted.contains(where: { $0.kind == kind }) { return .changed }
        return .unknown(otherKinds: Set(trusted.map(\.kind)).sorted())
    }

    /// The name of a key's algorithm, which is its first field; nil when the key is malformed.
    static func kind(of key: [UInt8]) -> String? {
        guard key.count > 4 else { return nil }
        let length = key[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= key.count - 4 else { return nil }
        return String(decoding: key[4..<4 + length], as: UTF8.self)
    }

    private static func parse(_ line: Substring) -> Entry? {
        var fields = line.split(separator: " ", omittingEmptySubsequences: true).flatMap {
            $0.split(separator: "\t", omittingEmptySubsequences: true)
        }
        guard let first = fields.first, !first.hasPrefix("#") else { return nil }
        let marker = first.hasPrefix("@") ? String(fields.removeFirst()) : nil
        guard marker == nil || marker == "@revoked", fields.count >= 3,
            let key = Data(base64Encoded: String(fields[2]))
        else { return nil }
        return Entry(isRevoked: marker != nil, hosts: fields[0], kind: String(fields[1]), key: Array(key))
    }

    private static func matches(_ patterns: Substring, _ name: String) -> Bool {
        if patterns.hasPrefix("|") { return matchesHash(patterns, name) }
        var isMatched = false
        for pattern in patterns.split(separator: ",") {
            let isNegated = pattern.hasPrefix("!")
            let text = pattern.lowercased().dropFirst(isNegated ? 1 : 0)
            guard matchesWildcards(Array(text.utf8)[...], Array(name.utf8)[...]) else { continue }
            if isNegated { return false }
            isMatched = true
        }
        return isMatched
    }

    /// `|1|salt|hash`, where the hash is the name's HMAC-SHA1 under the salt.
    private static func matchesHash(_ text: Substring, _ name: String) -> Bool {
        let parts = text.split(separator: "|")
        guard parts.count == 3, parts[0] == "1", let salt = Data(base64Encoded: String(parts[1])),
            let expected = Data(base64Encoded: String(parts[2]))
        else { return false }
        let key = SymmetricKey(data: salt)
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(expected, authenticating: Data(name.utf8), using: key)
    }

    private static func matchesWildcards(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while let byte = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, name)
            } else if let expected = pattern.first, expected == UInt8(ascii: "?") || expected == byte {
                pattern = pattern.dropFirst()
                name = name.dropFirst()
            } else if let last = retry {
                retry = (last.pattern, last.name.dropFirst())
                (pattern, name) = (last.pattern, last.name.dropFirst())
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
