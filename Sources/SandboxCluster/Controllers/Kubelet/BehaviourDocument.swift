package import Resources
internal import YAML

/// Rules for what becomes of containers, as a YAML document has them; the first one that matches an image decides:
///
///     rules:
///     - image: registry.example.com/shop/cart:*
///       behaviour: crash
///     - image: registry.example.com/*
///       behaviour: slow=30s
package enum BehaviourDocument {
    /// - Parameter file: The name that problems are told with.
    /// - Throws: A `Diagnostic` for the first thing that can't be understood, with its line and column.
    package static func rules(yaml bytes: [UInt8], file: String) throws(Diagnostic) -> [BehaviourRule] {
        let source = SourceText(file: file, bytes: bytes)
        let (documents, errors) = YAMLReader.documents(in: bytes)
        if let error = errors.first {
            throw source.diagnostic(code: error.code, error.message, line: error.line, column: error.column)
        }
        guard documents.count == 1, let document = documents.first else {
            throw source.diagnostic(
                code: BehaviourReader.code, "the behaviour rules must be one document with a list `rules`", line: 1,
                column: 1)
        }
        return try BehaviourReader(document: document, source: source).rules()
    }
}

private struct BehaviourReader {
    static let code = "behaviour-rules"
    private static let behaviours = [
        "ready", "slow=30s", "image-missing", "crash", "oom", "never-ready", "config-missing", "stuck",
    ]

    let document: YAMLDocument
    let source: SourceText

    func rules() throws(Diagnostic) -> [BehaviourRule] {
        try check(document.value, at: FieldPath(), known: ["rules"])
        let list = FieldPath(fields: "rules")
        guard let items = document.value["rules"]?.array else { throw problem(list, "must be a list") }
        var rules: [BehaviourRule] = []
        for (index, item) in items.enumerated() { rules.append(try rule(item, at: list.appending(.index(index)))) }
        return rules
    }

    private func rule(_ item: Value, at path: FieldPath) throws(Diagnostic) -> BehaviourRule {
        try check(item, at: path, known: ["image", "behaviour"])
        let image = try text(of: item, "image", at: path)
        let behaviour = try text(of: item, "behaviour", at: path)
        guard let rule = BehaviourRule(image: image, behaviour: behaviour) else {
            throw problem(
                path.appending("behaviour"), "must be one of \(Self.behaviours.joined(separator: ", "))",
                hint: Spelling.hint(behaviour, in: Self.behaviours))
        }
        return rule
    }

    private func check(_ value: Value, at path: FieldPath, known: [String]) throws(Diagnostic) {
        guard let fields = value.object else {
            throw problem(path, "must be an object with \(known.joined(separator: " and "))")
        }
        for key in fields.keys.sorted() where !known.contains(key) {
            throw problem(path.appending(key), "is unknown", hint: Spelling.hint(key, in: known))
        }
    }

    private func text(of item: Value, _ key: String, at path: FieldPath) throws(Diagnostic) -> String {
        guard let text = item[key]?.string, !text.isEmpty else { throw problem(path.appending(key), "must be a text") }
        return text
    }

    private func problem(_ path: FieldPath, _ what: String, hint: String? = nil) -> Diagnostic {
        let place = document.positions.keyPosition(of: path)
        let subject = path.elements.isEmpty ? "the document" : "\(path)"
        return source.diagnostic(
            code: Self.code, "\(subject) \(what)", line: place?.line ?? 1, column: place?.column ?? 1, hint: hint)
    }
}
