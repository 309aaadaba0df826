/// A pattern for paths of the API: `*` stands for any letters of one segment, `**` for any number of segments.
package struct PathPattern: Hashable, Sendable {
    package let text: String
    private let segments: [Substring]

    package init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/")
    }

    /// - Parameter path: Without its query.
    package func matches(_ path: some StringProtocol) -> Bool {
        Self.matches(segments[...], path.split(separator: "/").map { Substring($0) }[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        let rest = pattern.dropFirst()
        if first == "**" {
            return matches(rest, path) || (!path.isEmpty && matches(pattern, path.dropFirst()))
        }
        guard let segment = path.first, Glob.matches(first, segment) else { return false }
        return matches(rest, path.dropFirst())
    }
}
