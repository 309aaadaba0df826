internal import Resources

/// A value that is kept for long and asked for seldom, as the bytes of its JSON: a tenth of the memory.
struct CompactJSON: Sendable {
    private let bytes: [UInt8]

    init(_ value: Value) {
        bytes = value.jsonBytes
    }

    /// The value again.
    var value: Value { (try? Value(json: bytes)) ?? .null }
}
