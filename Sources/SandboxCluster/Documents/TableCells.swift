internal import Resources

extension Value {
    /// The value at a chain of fields as a number; 0 where there is none.
    func count(_ keys: String...) -> Int64 {
        var current: Value? = self
        for key in keys { current = current?[key] }
        if case .integer(let number) = current { return number }
        return 0
    }

    /// The value at a chain of fields as text; empty where there is none.
    func text(_ keys: String...) -> String {
        var current: Value? = self
        for key in keys { current = current?[key] }
        return current?.scalarText ?? ""
    }

    /// The elements of the list at a chain of fields.
    func items(_ keys: String...) -> [Value] {
        var current: Value? = self
        for key in keys { current = current?[key] }
        return current?.array ?? []
    }

    /// A string without quotes, a number in digits; nil for null, lists and objects.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer, .unsigned, .double, .bool: json
        case .null, .array, .object: nil
        }
    }

    /// The condition of that type; nil where there is none.
    func condition(_ type: String) -> Value? {
        items("status", "conditions").first { $0["type"]?.string == type }
    }

    func hasCondition(_ type: String) -> Bool { condition(type)?["status"] == "True" }
}

/// The forms that cells of several kinds share.
enum TableCells {
    /// Names and images of containers, each joined by commas.
    static func containers(_ podSpec: Value?) -> [Value] {
        let containers = podSpec?.items("containers") ?? []
        return ["name", "image"].map { field in
            .string(containers.map { $0.text(field) }.joined(separator: ","))
        }
    }

    /// `app=web,tier=front`, or `<none>`.
    static func labels(_ labels: Value?) -> Value {
        let pairs = (labels?.object ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.string ?? "")" }
        return .string(pairs.isEmpty ? "<none>" : pairs.joined(separator: ","))
    }

    /// A selector of labels, by keys: `app=web,tier in (back,front)`; empty where there is none.
    static func selectorText(_ selector: Value?) -> String {
        var requirements = (selector?["matchLabels"]?.object ?? [:]).map { key, value in
            (key: key, text: "\(key)=\(value.string ?? "")")
        }
        for expression in selector?.items("matchExpressions") ?? [] {
            let key = expression.text("key")
            let values = expression.items("values").compactMap(\.string).sorted().joined(separator: ",")
            let text =
                switch expression.text("operator") {
                case "In": "\(key) in (\(values))"
                case "NotIn": "\(key) notin (\(values))"
                case "DoesNotExist": "!\(key)"
                default: key
                }
            requirements.append((key, text))
        }
        return requirements.sorted { $0.key < $1.key }.map(\.text).joined(separator: ",")
    }

    static func selector(_ selector: Value?) -> Value {
        let text = selectorText(selector)
        return .string(text.isEmpty ? "<none>" : text)
    }

    /// The first few, and how many more there are: `a,b,c + 2 more...`.
    static func list(_ items: [String], most: Int = 3, empty: String) -> String {
        guard items.count > most else { return items.isEmpty ? empty : items.joined(separator: ",") }
        return items.prefix(most).joined(separator: ",") + " + \(items.count - most) more..."
    }

    static func text(_ text: String, orElse placeholder: String) -> Value { .string(text.isEmpty ? placeholder : text) }
}
