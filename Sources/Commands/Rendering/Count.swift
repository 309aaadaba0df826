/// Numbers of things in words.
enum Count {
    /// `1 file`, `2 files`.
    static func of(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// `2, 4 to 7, 9`: numbers in ascending order, those that follow one another as a range.
    static func ranges(_ numbers: [Int]) -> String {
        let ranges = numbers.sorted().reduce(into: [ClosedRange<Int>]()) { ranges, number in
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
            .joined(separator: ", ")
    }
}
