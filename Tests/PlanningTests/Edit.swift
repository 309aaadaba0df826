import Testing

/// A row of a table of tests: what is changed, how, and what is said about it.
struct Edit<Subject>: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (inout Subject) throws -> Void
    let messages: [String]

    init(_ name: String, _ apply: @escaping @Sendable (inout Subject) throws -> Void, _ messages: [String] = []) {
        testDescription = name
        self.apply = apply
        self.messages = messages
    }
}
