internal import Resources
internal import YAML

/// Finds the lines of a file that hold secret values, so that no excerpt shows them.
enum SecretLines {
    static func all(
        in parts: [(document: YAMLDocument, objects: [ListedObject])],
        errors: [YAMLError],
        of source: SourceText
    ) -> [ClosedRange<Int>] {
        let starts = parts.flatMap { part in part.objects.flatMap { keyPlaces(of: $0, in: part.document) } }
        let boundaries = starts.map(\.place).sorted()
        var lines: [ClosedRange<Int>] = []
        for start in starts where start.isHidden {
            lines.append(start.place.line...lastLine(from: start.place, boundaries: boundaries, source: source))
        }
        for part in parts {
            lines += part.objects.flatMap { valueLines(of: $0, in: part.document) }
        }
        return lines + unreadSecrets(around: errors.map(\.line), of: source)
    }

    private struct Place: Comparable {
        let line: Int
        let column: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    /// Where each field of the object, and the object itself, begins.
    private static func keyPlaces(
        of object: ListedObject,
        in document: YAMLDocument
    ) -> [(place: Place, isHidden: Bool)] {
        guard let fields = object.value.object else { return [] }
        let places = fields.keys.compactMap { name -> (place: Place, isHidden: Bool)? in
            guard let position = document.positions.keyPosition(of: object.path.appending(name)) else { return nil }
            let isHidden = object.isSecret && secretFields.contains(name)
            return (Place(line: position.line, column: position.column), isHidden)
        }
        guard let position = document.positions.position(of: object.path) else { return places }
        return places + [(Place(line: position.line, column: position.column), false)]
    }

    /// The last line of the field that begins at `start`: the one before the next field, or that field's own where it
    /// does not begin its line.
    private static func lastLine(from start: Place, boundaries: [Place], source: SourceText) -> Int {
        guard let next = boundaries.first(where: { $0 > start }) else { return max(start.line, source.lineCount) }
        let before = (source.line(next.line) ?? "").unicodeScalars.prefix(next.column - 1)
        let beginsItsLine = before.allSatisfy { $0 == " " || $0 == "-" }
        return max(start.line, beginsItsLine ? next.line - 1 : next.line)
    }

    /// Lines of values that an alias has taken from elsewhere.
    private static func valueLines(of object: ListedObject, in document: YAMLDocument) -> [ClosedRange<Int>] {
        guard object.isSecret else { return [] }
        let annotations = FieldPath(fields: "metadata", "annotations")
        let paths =
            secretFields.flatMap { field in
                (object.value[field]?.object ?? [:]).keys.map { FieldPath(fields: field, $0) }
            }
            + (object.value[path: "metadata", "annotations"]?.object ?? [:]).keys.map { annotations.appending($0) }
            .filter(Redaction.hides)
        return paths.compactMap { path in
            document.positions.position(of: object.path.appending(path)).map { $0.line...$0.line }
        }
    }

    private static let secretFields = ["data", "stringData"]

    /// The documents around lines that cannot be read, as far as their text speaks of a Secret.
    private static func unreadSecrets(around lines: [Int], of source: SourceText) -> [ClosedRange<Int>] {
        var documents: [ClosedRange<Int>] = []
        for line in lines where !documents.contains(where: { $0.contains(line) }) {
            documents.append(document(around: line, of: source))
        }
        return documents.filter { document in
            document.contains { mentionsSecret(source.line($0) ?? "") }
        }
    }

    private static func document(around line: Int, of source: SourceText) -> ClosedRange<Int> {
        var first = min(max(line, 1), source.lineCount)
        var last = first
        while first > 1, source.line(first)?.hasPrefix("---") != true { first -= 1 }
        while last < source.lineCount, source.line(last + 1)?.hasPrefix("---") != true { last += 1 }
        return first...last
    }

    private static func mentionsSecret(_ line: String) -> Bool {
        guard let kind = line.firstRange(of: "kind") else { return false }
        return line[kind.upperBound...].lowercased().contains("secret")
    }
}

extension ListedObject {
    fileprivate var isSecret: Bool { KubernetesObject(value).looksSecret }
}

extension KubernetesObject {
    /// Whether the object is a Secret or, with a wrong apiVersion, was meant to be one.
    var looksSecret: Bool { kind.lowercased() == "secret" }
}
