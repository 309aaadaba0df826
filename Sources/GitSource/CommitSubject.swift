import CLibGit2

/// The first line of a commit's message.
enum CommitSubject {
    /// The most code points that are kept: whoever writes a commit must not fill the records of those who read it.
    static let maximumLength = 500

    /// The message's first paragraph in one line, as `git log --format=%s` has it; empty where there is none.
    ///
    /// Git wants messages to be UTF-8 unless the commit says otherwise. ISO 8859-1, by far the most frequent of the
    /// others, is decoded; bytes that mean nothing become U+FFFD.
    static func text(of commit: OpaquePointer) -> String {
        guard let summary = git_commit_summary(commit) else { return "" }
        let encoding = git_commit_message_encoding(commit).map { String(cString: $0) }
        return text(summary, encoding: encoding)
    }

    private static func text(_ summary: UnsafePointer<CChar>, encoding: String?) -> String {
        let name = (encoding ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
        let isLatin1 = ["iso88591", "latin1"].contains(name)
        let text = isLatin1 ? latin1(summary) : String(cString: summary)
        // Spaces at the beginning are left in by libgit2.
        let scalars = text.drop(while: \.isWhitespace).unicodeScalars.prefix(maximumLength)
        return String(String.UnicodeScalarView(scalars))
    }

    /// Each byte is the code point of the same number.
    private static func latin1(_ text: UnsafePointer<CChar>) -> String {
        var scalars = String.UnicodeScalarView()
        var next = text
        while next.pointee != 0 {
            scalars.append(Unicode.Scalar(UInt8(bitPattern: next.pointee)))
            next += 1
        }
        return String(scalars)
    }
}
