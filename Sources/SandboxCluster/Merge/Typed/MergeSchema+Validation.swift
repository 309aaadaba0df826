internal import Resources

/// Why a value doesn't fit its type.
struct TypedProblem: Error, Hashable {
    /// `.spec.containers[name="a"].image`; empty at the object itself.
    var path: String
    let text: String

    var message: String { path.isEmpty ? text : "\(path): \(text)" }

    /// The message for all of them (`ValidationErrors.Error`).
    static func message(_ problems: [TypedProblem]) -> String {
        if problems.count == 1 { return problems[0].message }
        return (["errors:"] + problems.map { "  " + $0.message }.sorted()).joined(separator: "\n")
    }
}

extension MergeSchema {
    /// What is wrong with a value; empty for one that can be merged (`TypedValue.Validate`).
    func problems(of value: Value, _ place: MergeType) -> [TypedProblem] {
        switch atom(place) {
        case .scalar(let scalar): return problem(of: value, scalar).map { [TypedProblem(path: "", text: $0)] } ?? []
        case .list(let element, let relationship):
            if value.isNull { return [] }
            guard let list = value.array else {
                return [TypedProblem(path: "", text: "expected list, got \(GoText.pointer(to: value))")]
            }
            return problems(of: list, element, relationship)
        case .map(let map):
            if value.isNull { return [] }
            guard let fields = value.object else {
                return [TypedProblem(path: "", text: "expected map, got \(GoText.pointer(to: value))")]
            }
            return problems(of: fields, map)
        case .untyped, .deduced: return []
        }
    }

    private func problem(of value: Value, _ scalar: SchemaType.Scalar) -> String? {
        switch (scalar, value) {
        case (_, .null): return nil
        case (.int32, _), (.int64, _), (.double, _):
            if value.isNumber { return nil }
            let type = namesObjectsInErrors ? GoText.typeName(value) : "*value.valueUnstructured"
            return "expected numeric (int or float), got \(type)"
        case (.boolean, _): return value.bool == nil ? "expected boolean, got \(GoText.pointer(to: value))" : nil
        case (.quantity, _) where version.takesNumbersForQuantities: return nil
        case (.string, _), (.bytes, _), (.quantity, _):
            return value.string == nil ? "expected string, got \(GoText.syntaxPointer(to: value))" : nil
        case (.time, _), (.microTime, _), (.intOrString, _): return nil
        }
    }

    private var namesObjectsInErrors: Bool { version.namesObjectsInMergeErrors }

    private func problems(of fields: [String: Value], _ map: MergeMap) -> [TypedProblem] {
        var found: [TypedProblem] = []
        var undeclared: String?
        for (name, value) in fields {
            guard let type = map.type(of: name) else {
                undeclared = min(undeclared ?? name, name)
                continue
            }
            found += problems(of: value, type).map { TypedProblem(path: ".\(name)\($0.path)", text: $0.text) }
        }
        // The server stops at the first one.
        if let undeclared { found.append(TypedProblem(path: ".\(undeclared)", text: "field not declared in schema")) }
        return found
    }

    private func problems(
        of list: [Value], _ element: MergeType, _ relationship: SchemaType.ListRelationship
    ) -> [TypedProblem] {
        var found: [TypedProblem] = []
        guard let items = ListItems(self, element, relationship) else {
            for (index, item) in list.enumerated() {
                found += problems(of: item, element).map { TypedProblem(path: "[\(index)]\($0.path)", text: $0.text) }
            }
            return found
        }
        for (index, item) in list.enumerated() {
            if let problem = items.problem(of: item) {
                return found + [TypedProblem(path: "", text: "element \(index): \(problem)")]
            }
            for problem in problems(of: item, element) {
                let place = items.key(of: item).map { ServerPaths.text([$0]) } ?? ""
                found.append(TypedProblem(path: place + problem.path, text: problem.text))
            }
        }
        found += items.duplicates(in: list).map {
            TypedProblem(path: "", text: "duplicate entries for key \(ServerPaths.text([$0]))")
        }
        return found
    }
}

extension Value {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .unsigned, .double: true
        default: false
        }
    }
}
