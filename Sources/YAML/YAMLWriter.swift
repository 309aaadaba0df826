package import Resources

/// Writes values as YAML that this reader and kubectl read back as the same values.
package enum YAMLWriter {
    /// The value as one document in block style, with sorted keys and a line feed at the end.
    package static func text(of value: Value) -> String {
        var writer = BlockWriter()
        writer.write(value)
        return writer.text
    }
}

/// Writes with a stack of its own, so that deep nesting can't exhaust the thread's.
private struct BlockWriter {
    /// What is still to be written, the last first.
    private enum Task {
        case text(String)
        /// A value behind `key:` or `-`, or a whole document; its children are indented by `indentation`.
        case value(Value, indentation: Int, after: Context)
    }

    private enum Context {
        case start
        case key
        case dash
    }

    private(set) var text = ""
    private var tasks: [Task] = []

    mutating func write(_ value: Value) {
        tasks = [.value(value, indentation: 0, after: .start)]
        while let task = tasks.popLast() {
            switch task {
            case .text(let text): self.text += text
            case .value(let value, let indentation, let context): write(value, indentation, context)
            }
        }
    }

    private mutating func write(_ value: Value, _ indentation: Int, _ context: Context) {
        switch value {
        case .array(let items) where !items.isEmpty: write(items, indentation, context)
        case .object(let fields) where !fields.isEmpty: write(fields, indentation, context)
        default:
            if context != .start { text += " " }
            text += ScalarText(value, indentation: max(indentation, 2)).text + "\n"
        }
    }

    /// The items of a list stand under their key, not indented, as kubectl writes them.
    private mutating func write(_ items: [Value], _ indentation: Int, _ context: Context) {
        let column = context == .key ? indentation - 2 : indentation
        begin(context)
        for (index, item) in items.enumerated().reversed() {
            tasks.append(.value(item, indentation: column + 2, after: .dash))
            tasks.append(.text(index == 0 && context == .dash ? "-" : Self.spaces(column) + "-"))
        }
    }

    private mutating func write(_ fields: [String: Value], _ indentation: Int, _ context: Context) {
        begin(context)
        for (index, field) in fields.sorted(by: { $0.key > $1.key }).enumerated() {
            tasks.append(.value(field.value, indentation: indentation + 2, after: .key))
            let isFirst = index == fields.count - 1
            tasks.append(
                .text((isFirst && context == .dash ? "" : Self.spaces(indentation)) + key(field.key, indentation)))
        }
    }

    /// A list or map goes on in the line of a dash, and below a key.
    private mutating func begin(_ context: Context) {
        switch context {
        case .start: break
        case .key: text += "\n"
        case .dash: text += " "
        }
    }

    /// The key with its colon; a reader looks for the colon of a plain `key:` in its first 1,024 characters alone.
    private func key(_ name: String, _ indentation: Int) -> String {
        let text = ScalarText.inLine(name)
        guard text.unicodeScalars.count > 1_000 else { return text + ":" }
        return "? " + text + "\n" + Self.spaces(indentation) + ":"
    }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: count)
    }
}
