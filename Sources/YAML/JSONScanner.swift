import Resources

/// Finds the places of a JSON text's values, for a text that the JSON reader has accepted.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset: Int
    private var line: Int
    private var column = 1

    /// The ranges of the JSON objects that a text consists of; nil where it is anything else.
    static func objects(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var offset = skippedSpace(bytes, 0)
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "{"), let end = objectEnd(bytes, offset) else { return nil }
            ranges.append(offset..<end)
            offset = skippedSpace(bytes, end)
        }
        return areJSON(ranges, bytes) ? ranges : nil
    }

    /// Several objects are checked as one list: each call of the JSON reader costs more than a small object.
    private static func areJSON(_ ranges: [Range<Int>], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if ranges.count < 2 { return ranges.contains { (try? Value(json: Array(bytes[$0]))) != nil } }
        var list: [UInt8] = []
        list.reserveCapacity(bytes.count + ranges.count)
        for range in ranges {
            list.append(list.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
            list += bytes[range]
        }
        list.append(UInt8(ascii: "]"))
        return (try? Value(json: list)) != nil
    }

    private static func skippedSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
        bytes[offset...].firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } ?? bytes.count
    }

    private static func objectEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var depth = 0
        var isInString = false
        var offset = start
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\\") where isInString: offset += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString: depth -= 1
            default: break
            }
            offset += 1
            if depth == 0 { return offset }
        }
        return nil
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) {
        self.bytes = bytes
        offset = 0
        line = firstLine
    }

    /// Feeds a builder with the values in `range`, which must lie behind those read before.
    mutating func read(_ range: Range<Int>, into builder: inout TreeBuilder) throws(YAMLError) {
        advance(to: range.lowerBound)
        try run(to: range.upperBound, &builder)
    }

    private mutating func run(to end: Int, _ builder: inout TreeBuilder) throws(YAMLError) {
        while offset < end {
            let place = Place(line: UInt32(line), column: UInt32(column))
            switch bytes[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                try builder.begin(isMap: bytes[offset] == UInt8(ascii: "{"), at: place)
                advance(to: offset + 1)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                try builder.end()
                advance(to: offset + 1)
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: advance(to: offset + 1)
            case UInt8(ascii: "\""): try builder.scalar(.string(string()), at: place)
            default: try builder.scalar(literal(), at: place)
            }
        }
    }

    private mutating func advance(to end: Int) {
        while offset < end {
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[offset] & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
    }

    private mutating func string() -> String {
        let start = offset
        var end = offset + 1
        var hasEscapes = false
        while bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") {
                hasEscapes = true
                end += 1
            }
            end += 1
        }
        advance(to: end + 1)
        guard hasEscapes else { return String(decoding: bytes[start + 1..<end], as: UTF8.self) }
        return (try? Value(json: Array(bytes[start...end])))?.string ?? ""
    }

    private mutating func literal() -> Scalar {
        let rest = bytes[offset...]
        let end = rest.firstIndex { ",:]} \t\r\n".utf8.contains($0) } ?? bytes.count
        let text = String(decoding: bytes[offset..<end], as: UTF8.self)
        advance(to: end)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            return Int64(text).map(Scalar.integer) ?? UInt64(text).map(Scalar.unsigned) ?? .float(Double(text) ?? 0)
        }
    }
}
