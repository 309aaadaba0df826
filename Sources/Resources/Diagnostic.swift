/// A place in a manifest: lines and columns count from 1, columns in characters.
package struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A problem as it is told to a person: what, where, why, and what to do next.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        case error
        case warning
    }

    package var severity: Severity
    /// A stable identifier for machines, such as `duplicate-key`.
    package var code: String
    /// Names the object and what is wrong with it.
    package var message: String
    package var location: SourceLocation?
    /// The text of the line at `location`.
    package var excerpt: String?
    /// What led to it, the outermost first.
    package var causes: [String]
    /// The next command or edit.
    package var hint: String?

    package init(
        _ severity: Severity = .error,
        code: String,
        _ message: String,
        at location: SourceLocation? = nil,
        excerpt: String? = nil,
        causes: [String] = [],
        hint: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.location = location
        self.excerpt = excerpt
        self.causes = causes
        self.hint = hint
    }
}

/// An error that can tell itself to a person; the commands render nothing else.
package protocol DiagnosticError: Error, Sendable {
    /// At least one diagnostic; several where all problems are reported at once.
    var diagnostics: [Diagnostic] { get }
}

extension Diagnostic: DiagnosticError {
    package var diagnostics: [Diagnostic] { [self] }
}
