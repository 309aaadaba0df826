internal import CSimdJSON

/// Why a text is not JSON.
package struct JSONError: Error, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { "invalid JSON: \(reason)" }
}

extension Value {
    /// The deepest nesting that is read from JSON: what Go's decoder allows.
    package static let maximumDepth = 10_000

    /// Parses one JSON document.
    ///
    /// Of duplicate keys the last one wins, as in Go's `encoding/json`. The tape's layout is that of simdjson's
    /// `doc/tape.md`.
    /// - Throws: `JSONError` where the bytes are no JSON, nest deeper than `maximumDepth` or are no valid UTF-8.
    package init(json bytes: [UInt8]) throws(JSONError) {
        do {
            self = try Self.parsed(bytes)
        } catch {
            guard let rewritten = LargeIntegers.asFractions(bytes) else { throw error }
            self = try Self.parsed(rewritten)
        }
    }

    private static func parsed(_ bytes: [UInt8]) throws(JSONError) -> Value {
        let document = try bytes.withUnsafeBufferPointer { pointer throws(JSONError) in try ParsedJSON(pointer) }
        return document.value()
    }

    /// Parses one JSON document.
    /// - Throws: `JSONError`, see `init(json:)` for bytes.
    package init(json text: String) throws(JSONError) {
        try self.init(json: Array(text.utf8))
    }
}

/// The one owner of a document that simdjson has parsed.
private final class ParsedJSON {
    private let document: OpaquePointer

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        // Each level takes a byte at least; simdjson reserves memory for all that it is told to expect.
        let depth = min(Value.maximumDepth, bytes.count + 1)
        guard let document = endstate_json_parse(bytes.baseAddress, bytes.count, depth) else {
            throw JSONError(reason: "out of memory")
        }
        self.document = document
        if let message = endstate_json_error(document) {
            let reason = String(cString: message)
            throw JSONError(reason: reason)
        }
    }

    deinit {
        endstate_json_free(document)
    }

    func value() -> Value {
        var builder = TapeWalk(tape: endstate_json_tape(document), strings: endstate_json_strings(document))
        return builder.run()
    }
}

/// Builds a value from simdjson's tape with a stack of its own, so that deep nesting can't exhaust the thread's.
private struct TapeWalk {
    let tape: UnsafePointer<UInt64>
    let strings: UnsafePointer<UInt8>
    private var open: [Container] = []
    private var result = Value.null

    private struct Container {
        var elements: [Value] = []
        var fields: [String: Value] = [:]
        var key: String?
        var isObject: Bool
    }

    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
        self.tape = tape
        self.strings = strings
    }

    mutating func run() -> Value {
        let end = Int(tape[0] & 0x00FF_FFFF_FFFF_FFFF) - 1
        var index = 1
        while index < end {
            index += step(at: index)
        }
        return result
    }

    /// Handles the tape's word at `index` and returns how many words it takes up.
    private mutating func step(at index: Int) -> Int {
        let word = tape[index]
        let payload = word & 0x00FF_FFFF_FFFF_FFFF
        switch UInt8(word >> 56) {
        case UInt8(ascii: "{"): begin(isObject: true, count: Int(payload >> 32))
        case UInt8(ascii: "["): begin(isObject: false, count: Int(payload >> 32))
        case UInt8(ascii: "}"), UInt8(ascii: "]"): finish()
        case UInt8(ascii: "\""): addString(at: Int(payload))
        case UInt8(ascii: "t"): add(.bool(true))
        case UInt8(ascii: "f"): add(.bool(false))
        case UInt8(ascii: "l"):
            add(.integer(Int64(bitPattern: tape[index + 1])))
            return 2
        case UInt8(ascii: "u"):
            add(Value(tape[index + 1]))
            return 2
        case UInt8(ascii: "d"):
            add(Value(Double(bitPattern: tape[index + 1])))
            return 2
        default: add(.null)
        }
        return 1
    }

    private mutating func begin(isObject: Bool, count: Int) {
        var container = Container(isObject: isObject)
        if isObject { container.fields.reserveCapacity(count) } else { container.elements.reserveCapacity(count) }
        open.append(container)
    }

    private mutating func finish() {
        guard let closed = open.popLast() else { return }
        add(closed.isObject ? .object(closed.fields) : .array(closed.elements))
    }

    private mutating func addString(at offset: Int) {
        let length = UnsafeRawPointer(strings + offset).loadUnaligned(as: UInt32.self)
        let text = String(decoding: UnsafeBufferPointer(start: strings + offset + 4, count: Int(length)), as: UTF8.self)
        let last = open.count - 1
        if last >= 0, open[last].isObject, open[last].key == nil {
            open[last].key = text
        } else {
            add(.string(text))
        }
    }

    private mutating func add(_ value: Value) {
        let last = open.count - 1
        guard last >= 0 else {
            result = value
            return
        }
        if open[last].isObject {
            if let key = open[last].key { open[last].fields[key] = value }
            open[last].key = nil
        } else {
            open[last].elements.append(value)
        }
    }
}
