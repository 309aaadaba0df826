extension [String] {
    /// The first few with commas between, and how many more there are: `a, b, c and 2 more`.
    package func abbreviated(to most: Int = 3) -> String {
        let rest = count - most
        return prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
