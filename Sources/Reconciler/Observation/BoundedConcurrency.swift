/// Runs `transform` for every element, at most `limit` at a time, and returns the results in the elements' order.
/// - Throws: The first error; the rest is cancelled.
func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], limit: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        var next = 0
        func start() {
            let index = next
            next += 1
            group.addTask { (index, try await transform(elements[index])) }
        }
        while next < min(limit, elements.count) { start() }
        while let (index, result) = try await group.next() {
            results[index] = result
            if next < elements.count { start() }
        }
        return results.compactMap(\.self)
    }
}
