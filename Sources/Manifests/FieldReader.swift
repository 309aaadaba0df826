internal import Resources
internal import YAML

/// Reads the fields of an object of `endstate.dev`, and keeps what is wrong with them: of a field that is wrong, nothing is
/// returned.
struct FieldReader {
    let manifest: Manifest
    private(set) var problems: [Diagnostic] = []

    init(_ manifest: Manifest) {
        self.manifest = manifest
    }

    private var kind: String { manifest.object.kind.isEmpty ? "object" : manifest.object.kind }

    /// The value; nil where it is absent or null.
    func value(_ path: FieldPath) -> Value? {
        guard let value = manifest.object.value[at: path], !value.isNull else { return nil }
        return value
    }

    mutating func refuseUnknownFields(of path: FieldPath, known: [String]) {
        guard let value = value(path) else { return }
        guard let fields = value.object else {
            return addWrongType(path, expected: "an object")
        }
        for field in fields.keys where !known.contains(field) {
            problems.append(
                manifest.diagnostic(
                    code: "unknown-field",
                    "unknown field \(path.appending(field)) of the \(kind)",
                    at: path.appending(field),
                    isAboutKey: true,
                    hint: Spelling.hint(field, in: known)
                        ?? "known are: \(known.joined(separator: ", "))"
                )
            )
        }
    }

    mutating func expect(_ text: String, at path: FieldPath) {
        guard value(path) != .string(text) else { return }
        add(path, "must be \(text)")
    }

    mutating func text(_ path: FieldPath) -> String? {
        guard let value = value(path) else { return nil }
        guard let text = value.string else {
            addWrongType(path, expected: "a string")
            return nil
        }
        if text.isEmpty { add(path, "is empty") }
        return text
    }

    /// A name that also goes into the names of the objects that belong to the application.
    mutating func label(_ path: FieldPath) -> String? {
        guard let text = text(path), !text.isEmpty else { return nil }
        if let problem = NameSyntax.labelProblem(text) { add(path, "is invalid: \(problem)") }
        return text
    }

    mutating func bool(_ path: FieldPath) -> Bool? {
        guard let value = value(path) else { return nil }
        if value.bool == nil { addWrongType(path, expected: "true or false") }
        return value.bool
    }

    mutating func integer(_ path: FieldPath, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(path) else { return nil }
        guard let integer = value.integer else {
            addWrongType(path, expected: "an integer")
            return nil
        }
        if !range.contains(integer) {
            add(path, "must be from \(range.lowerBound) to \(range.upperBound), not \(integer)")
        }
        return integer
    }

    mutating func duration(_ path: FieldPath, orZero: Bool) -> Duration? {
        guard let value = value(path) else { return nil }
        guard let duration = value.string.flatMap(Duration.init(goText:)) else {
            add(path, "must be a duration, such as 1m30s")
            return nil
        }
        if orZero, duration < .zero { add(path, "must be 0s or longer") }
        if !orZero, duration <= .zero { add(path, "must be longer than 0") }
        return duration
    }

    /// A duration within bounds; the lower one is zero, exclusive, where there is none.
    mutating func duration(_ path: FieldPath, from low: Duration = .zero, to high: Duration? = nil) -> Duration? {
        let before = problems.count
        guard let duration = duration(path, orZero: false), problems.count == before else { return nil }
        if duration < low { add(path, "must be \(low.brief) or longer") }
        if let high, duration > high { add(path, "must be \(high.brief) or shorter") }
        return duration
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ path: FieldPath) -> Choice? {
        guard let value = value(path) else { return nil }
        let choice = value.string.flatMap(Choice.init(rawValue:))
        if choice == nil {
            add(path, "must be \(Choice.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return choice
    }

    mutating func kinds(_ path: FieldPath) -> [KindName] {
        var kinds: [KindName] = []
        for (index, element) in elements(path).enumerated() {
            if let kind = element.string.flatMap(KindName.init) {
                kinds.append(kind)
            } else {
                add(path.appending(.index(index)), "must be a kind, such as Namespace or StatefulSet.apps")
            }
        }
        return kinds
    }

    /// A selector of labels; nil where it is absent or wrong.
    mutating func selector(_ path: FieldPath) -> LabelSelector? {
        guard let value = value(path) else { return nil }
        refuseUnknownFields(of: path, known: ["matchLabels", "matchExpressions"])
        guard value.object != nil else { return nil }
        for (key, label) in value["matchLabels"]?.object ?? [:] {
            check(label: key, values: [label], at: path.appending("matchLabels").appending(key))
        }
        for (index, requirement) in (value["matchExpressions"]?.array ?? []).enumerated() {
            let place = path.appending("matchExpressions").appending(.index(index))
            refuseUnknownFields(of: place, known: ["key", "operator", "values"])
            let operators = ["In", "NotIn", "Exists", "DoesNotExist"]
            if !operators.contains(requirement["operator"]?.string ?? "") {
                add(place.appending("operator"), "must be \(operators.joined(separator: ", "))")
                continue
            }
            let values = requirement["values"]?.array ?? []
            check(label: requirement["key"]?.string ?? "", values: values, at: place)
            let needsValues = ["In", "NotIn"].contains(requirement["operator"]?.string)
            if needsValues == values.isEmpty { add(place, needsValues ? "needs values" : "can have no values") }
        }
        if ["matchLabels", "matchExpressions"].allSatisfy({ value[$0] == nil }) {
            add(path, "selects every pod; name labels")
        }
        return LabelSelector(value)
    }

    private mutating func check(label key: String, values: [Value], at path: FieldPath) {
        if let problem = NameSyntax.qualifiedNameProblem(key) { add(path, "has an invalid key: \(problem)") }
        for value in values {
            guard let text = value.string else { return add(path, "must be a string, not \(value.described)") }
            if let problem = NameSyntax.labelValueProblem(text) { add(path, "is invalid: \(problem)") }
        }
    }

    /// One label with its value.
    mutating func singleLabel(_ path: FieldPath) -> (key: String, value: String)? {
        guard let value = value(path) else { return nil }
        guard let labels = value.object, labels.count == 1, let (key, text) = labels.first, let text = text.string
        else {
            add(path, "must be one label with its value")
            return nil
        }
        if let problem = NameSyntax.qualifiedNameProblem(key) ?? NameSyntax.labelValueProblem(text) {
            add(path, "is invalid: \(problem)")
        }
        return (key, text)
    }

    /// The value of a label or a taint; may be empty.
    mutating func labelValue(_ path: FieldPath) -> String? {
        guard let value = value(path) else { return nil }
        check(label: "key", values: [value], at: path)
        return value.string
    }

    /// The key of a label or a taint.
    mutating func qualifiedName(_ path: FieldPath) -> String? {
        guard let text = text(path), !text.isEmpty else { return nil }
        if let problem = NameSyntax.qualifiedNameProblem(text) { add(path, "is invalid: \(problem)") }
        return text
    }

    /// The elements of a list; none where it is absent or no list.
    mutating func elements(_ path: FieldPath) -> [Value] {
        guard let value = value(path) else { return [] }
        if value.array == nil { addWrongType(path, expected: "a list") }
        return value.array ?? []
    }

    /// What is read of each element of a list of objects; an element that is none is told.
    mutating func objects<Element>(
        _ path: FieldPath, read: (inout FieldReader, FieldPath) -> Element?
    ) -> [Element] {
        elements(path).enumerated().compactMap { index, element in
            let place = path.appending(.index(index))
            guard element.object != nil else {
                addWrongType(place, expected: "an object")
                return nil
            }
            return read(&self, place)
        }
    }

    /// What is read of a field that must be there.
    mutating func required<Field>(_ path: FieldPath, read: (inout FieldReader, FieldPath) -> Field?) -> Field? {
        if value(path) == nil { add(path, "is missing") }
        return read(&self, path)
    }

    mutating func addWrongType(_ path: FieldPath, expected: String) {
        add(path, "must be \(expected), not \((value(path) ?? .null).described)")
    }

    mutating func add(_ path: FieldPath, _ problem: String) {
        problems.append(manifest.diagnostic(code: "invalid-setting", "\(path) \(problem)", at: path))
    }
}
