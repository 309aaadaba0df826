/// One request of the API as HTTP carries it.
package struct SandboxRequest: Sendable {
    /// `GET`, in capitals.
    package var method: String
    /// Path and query as they came: percent-encoded.
    package var path: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(method: String, path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, in whatever case it was written.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.isSameHeader(as: name) }?.value
    }
}

extension String {
    /// Whether both name the same header: equal but for the case of ASCII letters.
    func isSameHeader(as other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0 == $1 || ($0 ^ $1 == 0x20 && ($0 | 0x20).isLowercaseLetter) }
    }
}

extension UInt8 {
    private static let lowercaseLetters = UInt8(ascii: "a")...UInt8(ascii: "z")

    fileprivate var isLowercaseLetter: Bool { Self.lowercaseLetters.contains(self) }
}

extension SandboxRequest {
    /// The path without the query.
    package var pathOnly: Substring { path.prefix { $0 != "?" } }

    /// Whether the request asks for a watch (`watch=true`, `watch=1`, or `watch` alone, as the API reads it).
    package var isWatch: Bool {
        guard method == "GET", let question = path.firstIndex(of: "?") else { return false }
        return path[path.index(after: question)...].split(separator: "&").contains { parameter in
            parameter == "watch" || parameter == "watch=1" || parameter == "watch=true"
        }
    }
}
