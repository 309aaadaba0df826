internal import Resources

/// Walks a manifest along a schema.
struct SchemaValidator {
    let manifest: Manifest
    let definitions: [String: SchemaNode]
    private(set) var problems: [Diagnostic] = []

    init(manifest: Manifest, definitions: [String: SchemaNode]) {
        self.manifest = manifest
        self.definitions = definitions
    }

    /// A place by its positions, as the text has it, and by its keys, as people say it.
    struct Place {
        let path: FieldPath
        let shown: FieldPath

        static let root = Place(path: FieldPath(), shown: FieldPath())

        func appending(_ field: String) -> Place {
            Place(path: path.appending(field), shown: shown.appending(field))
        }

        func appending(index: Int, key: FieldPath.Element?) -> Place {
            Place(path: path.appending(.index(index)), shown: shown.appending(key ?? .index(index)))
        }
    }

    /// What lies deeper is left to the server.
    private static let maximumDepth = 300

    mutating func check(_ value: Value, against schema: SchemaNode, at place: Place) {
        let node = schema.resolved(in: definitions)
        // A server drops nulls before it looks at types.
        guard !value.isNull, place.path.elements.count < Self.maximumDepth else { return }
        guard node.shape.accepts(value) else {
            problems.append(wrongType(at: place, expected: node.shape))
            return
        }
        if let limits = node.limits { checkLimits(limits, of: value, at: place) }
        switch value {
        case .object(let fields): checkFields(fields, against: node, at: place)
        case .array(let elements): checkElements(elements, against: node, at: place)
        case .string(let text) where node.shape == .quantity && Quantity(text) == nil:
            add("must be a quantity, such as 500m or 2Gi", code: "invalid-value", at: place)
        default: break
        }
    }

    private mutating func checkFields(_ fields: [String: Value], against node: SchemaNode, at place: Place) {
        for (name, value) in fields {
            if let schema = node.properties[name] ?? node.additional {
                check(value, against: schema, at: place.appending(name))
            } else if !node.isOpen {
                problems.append(unknownField(name, of: node, at: place))
            }
        }
        for name in node.required where !isPresent(fields[name], schema: node.properties[name]) {
            problems.append(missing(name, in: fields, at: place))
        }
    }

    /// Go writes a list without elements as null, and reads it so.
    private func isPresent(_ value: Value?, schema: SchemaNode?) -> Bool {
        guard let value else { return false }
        return !value.isNull || schema?.resolved(in: definitions).shape == .array
    }

    private mutating func checkElements(_ elements: [Value], against node: SchemaNode, at place: Place) {
        var first: [FieldPath.Element: Int] = [:]
        for (index, element) in elements.enumerated() {
            let key = node.listKind?.key(of: element)
            let elementPlace = place.appending(index: index, key: key)
            if element.isNull {
                add("must not be null", code: "null-item", at: elementPlace, hint: "remove the item")
            } else if let items = node.items {
                check(element, against: items, at: elementPlace)
            }
            guard let key else { continue }
            if let earlier = first[key] {
                problems.append(duplicate(key, first: earlier, at: place, index: index))
            } else {
                first[key] = index
            }
        }
    }

    private mutating func checkLimits(_ limits: SchemaLimits, of value: Value, at place: Place) {
        for problem in limits.problems(of: value) {
            add(problem, code: "invalid-value", at: place)
        }
    }

    // MARK: Wording

    private mutating func add(_ problem: String, code: String, at place: Place, hint: String? = nil) {
        let message = "\(manifest.title): \(place.shown) \(problem)"
        problems.append(manifest.diagnostic(code: code, message, at: place.path, hint: hint))
    }

    private func wrongType(at place: Place, expected: SchemaNode.Shape) -> Diagnostic {
        var diagnostic = manifest.wrongType(at: place.path, shown: place.shown, expected: expected.description)
        if case .string(let text)? = manifest.object.value[at: place.path],
            Double(text) != nil || text == "true" || text == "false"
        {
            diagnostic.hint = "remove the quotes"
        }
        return diagnostic
    }

    private func unknownField(_ name: String, of node: SchemaNode, at place: Place) -> Diagnostic {
        let known = node.properties.keys
        return manifest.diagnostic(
            code: "unknown-field",
            "\(manifest.title): unknown field \(place.shown.appending(name))",
            at: place.path.appending(name),
            isAboutKey: true,
            hint: Spelling.hint(name, in: known)
        )
    }

    private func missing(_ name: String, in fields: [String: Value], at place: Place) -> Diagnostic {
        manifest.diagnostic(
            code: "missing-field",
            "\(manifest.title): \(place.shown.appending(name)) is missing",
            at: fields[name] == nil ? place.path : place.path.appending(name),
            isAboutKey: !place.path.elements.isEmpty,
            hint: "the kind requires it"
        )
    }

    private func duplicate(_ key: FieldPath.Element, first: Int, at place: Place, index: Int) -> Diagnostic {
        let earlier = manifest.location(of: place.path.appending(.index(first)))
        return manifest.diagnostic(
            code: "duplicate-element",
            "\(manifest.title): \(place.shown) has two elements with \(key.named)",
            at: place.path.appending(.index(index)),
            causes: ["the first is at \(earlier)"],
            hint: "server-side apply needs them to differ; remove one of them"
        )
    }
}

extension FieldPath.Element {
    fileprivate var named: String {
        switch self {
        case .key(let fields):
            fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.json)" }.joined(separator: ", ")
        default: "the value \(description.drop { $0 == "=" })"
        }
    }
}

extension ListKind {
    /// What names the element in such a list; nil where nothing does.
    fileprivate func key(of element: Value) -> FieldPath.Element? {
        switch self {
        case .atomic: nil
        case .set: element.object == nil && element.array == nil && !element.isNull ? .value(element) : nil
        case .map(let keys):
            element.object.flatMap { fields in
                let present = fields.filter { keys.contains($0.key) && !$0.value.isNull }
                return present.isEmpty ? nil : .key(present)
            }
        }
    }
}

extension SchemaNode.Shape: CustomStringConvertible {
    func accepts(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _), (.boolean, .bool), (.string, .string), (.array, .array), (.object, .object): true
        case (.integer, .integer), (.integer, .unsigned), (.integerOrString, .integer), (.integerOrString, .string):
            true
        case (.number, .integer), (.number, .unsigned), (.number, .double): true
        case (.quantity, .integer), (.quantity, .unsigned), (.quantity, .double), (.quantity, .string): true
        default: false
        }
    }

    var description: String {
        switch self {
        case .any: "any value"
        case .boolean: "true or false"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .integerOrString: "an integer or a string"
        case .quantity: "a quantity"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
