package import FoundationEssentials
package import Resources

/// Something that the service tells of itself, as one line of JSON:
///
///     time          RFC 3339, in UTC, to the millisecond
///     level         debug, info, warning, error
///     message       one sentence
///     run           the run's identifier
///     application
///     object        {group, kind, namespace, name}
///     code          the diagnostic's code
///     causes, hint  of the diagnostic
///
/// What it is not about is left out. More fields may follow.
package struct LogLine: Sendable {
    package enum Level: String, Sendable, CaseIterable, Comparable {
        case debug, info, warning, error

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    package var time: Date
    package var level: Level
    package var message: String
    package var run: RunID?
    package var application: String?
    package var object: ObjectIdentity?
    package var code: String?
    package var causes: [String] = []
    package var hint: String?
    /// More fields; in the line they stand last, sorted by name.
    package var details: [String: Value] = [:]

    package init(_ level: Level, _ message: String, at time: Date, run: RunID? = nil, application: String? = nil) {
        self.time = time
        self.level = level
        self.message = message
        self.run = run
        self.application = application
    }

    /// What a diagnostic says.
    package init(_ diagnostic: Diagnostic, at time: Date, run: RunID? = nil, application: String? = nil) {
        let level: Level = diagnostic.severity == .error ? .error : .warning
        self.init(level, diagnostic.message, at: time, run: run, application: application)
        code = diagnostic.code
        causes = diagnostic.causes
        hint = diagnostic.hint
        if let location = diagnostic.location { details["location"] = .string(location.description) }
    }

    /// One JSON object and a line feed; control characters and the like in it are escaped.
    package var bytes: [UInt8] {
        JSONLine.bytes(
            [
                ("time", .string(time.milliseconds)),
                ("level", .string(level.rawValue)),
                ("message", .string(message)),
                ("run", (run?.text).map(Value.string)),
                ("application", application.map(Value.string)),
                ("object", object?.record),
                ("code", code.map(Value.string)),
                ("causes", causes.isEmpty ? nil : .array(causes.map(Value.string))),
                ("hint", hint.map(Value.string)),
            ] + details.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}
