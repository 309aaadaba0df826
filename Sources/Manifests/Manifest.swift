package import Resources
internal import YAML

/// A desired object and the place where it is declared.
package struct Manifest: Sendable {
    package var object: KubernetesObject
    var source: SourceText
    private let positions: Positions
    /// Where the object stands in its document: not the document's root for an item of a List.
    private let root: FieldPath

    init(object: KubernetesObject, source: SourceText, positions: Positions, root: FieldPath) {
        self.object = object
        self.source = source
        self.positions = positions
        self.root = root
    }

    /// A manifest without a text, such as one from a revision record: every place is the file's first line.
    package init(object: KubernetesObject, file: String) {
        self.init(object: object, source: SourceText(file: file, bytes: []), positions: .none, root: FieldPath())
    }

    package var file: String { source.file }

    /// What diagnostics call the object.
    package var title: String {
        if !object.name.isEmpty { return object.identity.description }
        return object.kind.isEmpty ? "the object" : "the \(object.kind) without a name"
    }

    /// The place of a value; of its nearest ancestor where the manifest has no such value.
    package func location(of path: FieldPath) -> SourceLocation {
        location(positions.position(of: root.appending(path)))
    }

    /// The place of the key whose value `path` is.
    package func keyLocation(of path: FieldPath) -> SourceLocation {
        location(positions.keyPosition(of: root.appending(path)))
    }

    /// A diagnostic about a value of the object, or about the value's key; a Secret's values stay out of its excerpt.
    package func diagnostic(
        _ severity: Diagnostic.Severity = .error,
        code: String,
        _ message: String,
        at path: FieldPath,
        isAboutKey: Bool = false,
        causes: [String] = [],
        hint: String? = nil
    ) -> Diagnostic {
        let place = isAboutKey ? keyLocation(of: path) : location(of: path)
        return Diagnostic(
            severity,
            code: code,
            message,
            at: place,
            excerpt: source.excerpt(line: place.line, column: place.column),
            causes: causes,
            hint: hint
        )
    }

    private func location(_ position: (line: Int, column: Int)?) -> SourceLocation {
        SourceLocation(file: file, line: position?.line ?? 1, column: position?.column ?? 1)
    }
}

extension FieldPath {
    func appending(_ path: FieldPath) -> FieldPath {
        FieldPath(elements + path.elements)
    }
}
