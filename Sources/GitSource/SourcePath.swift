/// A path inside a source, normalised: no empty, `.` or `..` part.
struct SourcePath: Sendable, Hashable {
    let parts: [String]

    /// - Throws: ``GitSourceError`` with code `invalidPath` for what leads out of the source or cannot be a path.
    init(_ text: String) throws(GitSourceError) {
        let shown = escapingControls(text)
        guard !text.unicodeScalars.contains(where: isUnprintable) else {
            throw GitSourceError(.invalidPath, "the path '\(shown)' has a control character")
        }
        guard !text.hasPrefix("/") else {
            throw GitSourceError(
                .invalidPath, "the path '\(shown)' is absolute", hint: "give it relative to the repository's root")
        }
        guard text.utf8.count <= 4096 else {
            throw GitSourceError(.invalidPath, "the path is longer than 4096 bytes")
        }
        let parts = text.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard !parts.contains("..") else {
            throw GitSourceError(
                .invalidPath, "the path '\(shown)' leads out of the repository", hint: "write it without '..'")
        }
        self.parts = parts
    }

    init(parts: [String]) { self.parts = parts }

    /// The path as text, empty for the root.
    var text: String { parts.joined(separator: "/") }

    /// For messages: the path in quotes, or what the root is called.
    var shown: String { parts.isEmpty ? "the root" : "'\(text)'" }
}

/// Counts what is read against the limits.
struct ReadBudget: Sendable {
    let limits: GitLimits
    private var entries = 0
    private var bytes = 0

    init(_ limits: GitLimits) { self.limits = limits }

    /// - Throws: ``GitSourceError`` with code `tooLarge`.
    mutating func countEntry(below root: String) throws(GitSourceError) {
        entries += 1
        guard entries <= limits.entries else {
            throw GitSourceError(
                .tooLarge, "there are more than \(limits.entries) files and directories below \(root)",
                hint: "name a path with fewer files")
        }
    }

    /// - Throws: ``GitSourceError`` with code `tooLarge`.
    mutating func countFile(_ path: String, size: Int) throws(GitSourceError) {
        guard size <= limits.fileBytes else {
            throw GitSourceError(
                .tooLarge, "'\(path)' has \(size) bytes, more than the limit of \(limits.fileBytes) for one file")
        }
        bytes += size
        guard bytes <= limits.totalBytes else {
            throw GitSourceError(
                .tooLarge, "with '\(path)' the files have more than the limit of \(limits.totalBytes) bytes in all")
        }
    }
}

/// Whether a name may stand in a source's path.
///
/// - Returns: what is wrong with it, or nil.
func problem(withName name: String?) -> String? {
    guard let name else { return "is not UTF-8" }
    if name.isEmpty || name == "." || name == ".." || name.contains("/") { return "is not a valid name" }
    if name.unicodeScalars.contains(where: isUnprintable) { return "has a control character" }
    return nil
}
