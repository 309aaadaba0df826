internal import Resources

/// The annotations of `endstate.dev`, of which a misspelt one would silently do nothing.
enum OwnAnnotationRules {
    private static let prefix = "endstate.dev/"
    private static let path = FieldPath(fields: "metadata", "annotations")
    private static let known = ["adopt", "replace", "timeout"]

    static func problems(of manifest: Manifest) -> [Diagnostic] {
        (manifest.object.value[at: path]?.object ?? [:]).compactMap { key, value in
            guard key.hasPrefix(prefix), let text = value.string else { return nil }
            let name = String(key.dropFirst(prefix.count))
            guard known.contains(name) else { return unknown(name, of: manifest) }
            return problem(name, text).map { problem in
                manifest.invalid(
                    "the annotation \(key) with value", text, because: problem, at: path.appending(key),
                    code: "invalid-annotation")
            }
        }
    }

    private static func unknown(_ name: String, of manifest: Manifest) -> Diagnostic {
        manifest.diagnostic(
            code: "unknown-annotation",
            "\(manifest.title): unknown annotation \(prefix)\(name)",
            at: path.appending(prefix + name),
            isAboutKey: true,
            hint: Spelling.nearest(to: name, in: known).map { "did you mean \(prefix)\($0)?" }
                ?? "known are: \(known.map { prefix + $0 }.joined(separator: ", "))"
        )
    }

    /// Why the annotation can't have the value; nil where it can.
    private static func problem(_ name: String, _ text: String) -> String? {
        if name == "timeout" {
            let isDuration = Duration(goText: text).map { $0 > .zero } ?? false
            return isDuration ? nil : "it must be a duration longer than 0, such as 1m30s"
        }
        return text == "true" || text == "false" ? nil : "it must be \"true\" or \"false\""
    }
}
