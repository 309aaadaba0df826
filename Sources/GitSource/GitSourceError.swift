/// Why files could not be read from a git repository or a directory; no text of it ever holds a password or token.
package struct GitSourceError: Error, Sendable, Hashable {
    /// What kind of failure it is, for decisions in code; the message is for people.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The repository's address is malformed or of a kind that is refused.
        case invalidAddress
        case invalidRevision
        case revisionNotFound
        /// The revision names several things: a branch and a tag, or several commits.
        case ambiguousRevision
        case invalidPath
        case pathNotFound
        case notADirectory
        case symbolicLink
        case submodule
        /// A device, a pipe or a socket where a file was expected.
        case specialFile
        /// A file or directory name that cannot be shown or is unsafe.
        case invalidName
        /// A limit of ``GitLimits`` is exceeded.
        case tooLarge
        case authentication
        /// The ssh host's key is unknown, revoked, or another than the known one.
        case hostKey
        /// The server's TLS certificate is not valid.
        case certificate
        case network
        case timedOut
        case notARepository
        /// A local repository belongs to another user.
        case notOwned
        /// The cache directory cannot be used.
        case cache
        /// The object database is damaged or incomplete.
        case corrupt
        /// A setting is missing or unusable.
        case configuration
        case inputOutput
        /// Anything else that libgit2 reports.
        case library
    }

    package var code: Code
    /// Names the object that is wrong, and what is wrong with it.
    package var message: String
    /// What the layer below said, with control characters escaped.
    package var cause: String?
    /// What to do next.
    package var hint: String?

    init(_ code: Code, _ message: String, cause: String? = nil, hint: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause.map { escapingControls($0) }
        self.hint = hint
    }
}

extension GitSourceError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let cause { text += ": " + cause }
        if let hint { text += "\nhint: " + hint }
        return text
    }
}

extension GitSourceError {
    /// An error about a path, with what the operating system says.
    static func system(_ code: Code, _ message: String, errno number: Int32, hint: String? = nil) -> GitSourceError {
        GitSourceError(code, message, cause: systemMessage(number), hint: hint)
    }
}

/// The text with each control character, and each that reorders a line, as `\u{…}`.
func escapingControls(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        if isUnprintable(scalar) {
            result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Whether a character would change what a terminal shows around it.
func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    case .format: scalar.properties.isBidiControl
    default: false
    }
}
