/// Why a YAML text can't be read, and where; lines and columns count from 1, columns in characters.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable identifier for machines, such as `duplicate-key`.
    package let code: String
    package let message: String
    package let line: Int
    package let column: Int

    package init(code: String, message: String, line: Int, column: Int) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
    }

    init(_ code: String, _ message: String, at place: Place) {
        self.init(code: code, message: message, line: Int(place.line), column: Int(place.column))
    }

    package var description: String { "\(line):\(column): \(message)" }
}

/// A place in a file, counted from 1.
struct Place: Hashable, Sendable {
    var line: UInt32
    var column: UInt32

    static let start = Place(line: 1, column: 1)
}

/// How much a file may ask of its reader.
package struct YAMLLimits: Hashable, Sendable {
    /// The largest file in bytes.
    package var maximumBytes: Int
    /// The deepest nesting of lists and maps; the API server's JSON decoder reads no deeper than the default.
    package var maximumDepth: Int

    package init(maximumBytes: Int = 16 << 20, maximumDepth: Int = 10_000) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
    }
}
