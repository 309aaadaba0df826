internal import Resources

extension TablePrinter {
    /// The printer of custom resources: their names and the columns of their definition (apiextensions-apiserver's
    /// `tableconvertor`).
    static func custom(_ columns: [ResourceDefinition.PrinterColumn]) -> TablePrinter {
        let paths = columns.map { JSONPath($0.jsonPath) }
        let definitions = columns.map { column in
            TableColumn(column.name, type: column.type, format: column.format, priority: column.priority)
        }
        return TablePrinter(columns: [.name] + definitions) { object, clock in
            let cells = zip(columns, paths).map { column, path in
                path.values(in: object.value).first.map { cell($0, type: column.type, clock) } ?? .null
            }
            return [.string(object.name)] + cells
        }
    }

    private static func cell(_ value: Value, type: String, _ clock: TableClock) -> Value {
        switch (type, value) {
        case (_, .null): .null
        case ("string", .string): value
        case ("string", _): .string(value.json)
        case ("integer", .integer), ("boolean", .bool), ("number", .integer), ("number", .double): value
        case ("integer", .double(let number)): Int64(exactly: number.rounded(.towardZero)).map(Value.integer) ?? .null
        case ("date", .string): TableClock.date(value) == nil ? "<invalid>" : clock.age(value)
        default: .null
        }
    }
}

/// The part of JSONPath that the columns of CustomResourceDefinitions are written in: fields, indices, slices, `[*]`,
/// `['field']` and filters by equality (`[?(@.type=="Ready")]`).
struct JSONPath: Sendable {
    private enum Step: Sendable {
        case field(String)
        /// From the end where it is negative.
        case index(Int)
        /// From the one up to the other, each from the end where it is negative.
        case slice(from: Int, to: Int?)
        case all
        case filter(path: [String], Value)
    }

    private var steps: [Step] = []
    private var isUnderstood = true

    /// A path that is not understood finds nothing.
    init(_ text: String) {
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let step = Self.nextStep(&rest) else {
                isUnderstood = false
                return
            }
            steps.append(step)
        }
    }

    /// What is at the path; nothing where a field is missing.
    func values(in value: Value) -> [Value] {
        guard isUnderstood else { return [] }
        return steps.reduce([value]) { values, step in values.flatMap { Self.values(of: $0, at: step) } }
    }

    private static func values(of value: Value, at step: Step) -> [Value] {
        switch step {
        case .field(let name): return value[name].map { [$0] } ?? []
        case .index(let index): return value[index < 0 ? index + (value.array?.count ?? 0) : index].map { [$0] } ?? []
        case .slice(let from, let to):
            let elements = value.array ?? []
            let bounds = [from, to ?? elements.count].map { bound in
                min(max(bound < 0 ? bound + elements.count : bound, 0), elements.count)
            }
            return bounds[0] < bounds[1] ? Array(elements[bounds[0]..<bounds[1]]) : []
        case .all: return value.array ?? value.object.map { $0.sorted { $0.key < $1.key }.map(\.value) } ?? []
        case .filter(let path, let wanted):
            return (value.array ?? []).filter { element in
                path.reduce(Optional(element)) { $0?[$1] } == wanted
            }
        }
    }

    private static func nextStep(_ rest: inout Substring) -> Step? {
        if rest.first == "." {
            rest.removeFirst()
            if rest.first == "[" { return bracket(&rest) }
            let name = fieldName(&rest)
            return name.isEmpty ? nil : name == "*" ? .all : .field(name)
        }
        return bracket(&rest)
    }

    /// Up to the next dot or bracket; a backslash takes the meaning from the character behind it.
    private static func fieldName(_ rest: inout Substring) -> String {
        var name = ""
        while let character = rest.first, character != ".", character != "[" {
            rest.removeFirst()
            if character == "\\", let escaped = rest.popFirst() { name.append(escaped) } else { name.append(character) }
        }
        return name
    }

    private static func bracket(_ rest: inout Substring) -> Step? {
        guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if inner == "*" { return .all }
        if let index = Int(inner) { return .index(index) }
        if let slice = slice(inner) { return slice }
        if let name = unquoted(inner) { return .field(name) }
        guard inner.hasPrefix("?("), inner.hasSuffix(")") else { return nil }
        return filter(inner.dropFirst(2).dropLast())
    }

    private static func slice(_ text: Substring) -> Step? {
        let bounds = text.split(separator: ":", omittingEmptySubsequences: false)
        guard bounds.count == 2, let from = bounds[0].isEmpty ? 0 : Int(bounds[0]),
            bounds[1].isEmpty || Int(bounds[1]) != nil
        else { return nil }
        return .slice(from: from, to: Int(bounds[1]))
    }

    private static func filter(_ text: Substring) -> Step? {
        guard let equals = text.firstRange(of: "==") else { return nil }
        let left = text[..<equals.lowerBound].filter { $0 != " " }
        let right = text[equals.upperBound...].drop { $0 == " " }
        let literal = Substring(right.reversed().drop { $0 == " " }.reversed().map(String.init).joined())
        guard left.hasPrefix("@."), let wanted = value(literal) else { return nil }
        return .filter(path: left.dropFirst(2).split(separator: ".").map(String.init), wanted)
    }

    private static func value(_ literal: Substring) -> Value? {
        unquoted(literal).map(Value.string) ?? (try? Value(json: String(literal)))
    }

    private static func unquoted(_ text: Substring) -> String? {
        guard text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote else {
            return nil
        }
        return String(text.dropFirst().dropLast())
    }
}
