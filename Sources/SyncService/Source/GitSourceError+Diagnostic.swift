package import GitSource
package import Resources

extension GitSourceError {
    /// The error as it is shown.
    /// - Parameter codePrefix: What was read: `git` for a repository, `source` for a directory.
    package func diagnostic(codePrefix: String) -> Diagnostic {
        let kebabCase = code.rawValue.reduce(into: "") { text, letter in
            text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
        return Diagnostic(
            code: "\(codePrefix)-" + kebabCase, message, causes: cause.map { [$0] } ?? [], hint: hint)
    }
}
