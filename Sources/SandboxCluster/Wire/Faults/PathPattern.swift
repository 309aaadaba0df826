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
        guard let segment = path.first, matches(first, segment) else { return false }
        return matches(rest, path.dropFirst())
    }

    /// Whether the letters between the pattern's stars come in the segment in that order, its ends at the ends.
    private static func matches(_ pattern: Substring, _ segment: Substring) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == segment }
        guard segment.hasPrefix(first), segment.dropFirst(first.count).hasSuffix(last) else { return false }
        var rest = segment.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
