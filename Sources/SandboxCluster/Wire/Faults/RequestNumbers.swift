/// Numbers of requests, counted from 1: `3`, `2,5-7`, `10-`.
package struct RequestNumbers: Hashable, Sendable {
    private let ranges: [ClosedRange<Int>]

    package static let all = RequestNumbers(ranges: [1...Int.max])

    package init(_ range: ClosedRange<Int>) {
        ranges = [range]
    }

    private init(ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
    }

    /// Nil where the text isn't a list of numbers and ranges above 0.
    package init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let range = Self.range(part.filter { $0 != " " }) else { return nil }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    private static func range(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap({ Int($0) }), first > 0, ends.count <= 2 else { return nil }
        guard ends.count == 2 else { return first...first }
        guard !ends[1].isEmpty else { return first...Int.max }
        guard let last = Int(ends[1]), last >= first else { return nil }
        return first...last
    }

    package func contains(_ number: Int) -> Bool {
        ranges.contains { $0.contains(number) }
    }
}
