internal import Resources

/// A JSON patch (RFC 6902) as `github.com/evanphx/json-patch` applies it: indices may count from the end, and before
/// Kubernetes 1.22 a missing field could be replaced.
struct JSONPatch {
    private let operations: [[String: Value]]
    private let version: KubernetesVersion

    static let mostOperations = 10_000

    init(_ patch: Value, version: KubernetesVersion) throws(APIStatus) {
        guard let list = patch.isNull ? [] : patch.array else { throw Self.mismatch(patch, "jsonpatch.Patch") }
        var operations: [[String: Value]] = []
        for entry in list {
            guard let operation = entry.object else { throw Self.mismatch(entry, "jsonpatch.Operation") }
            operations.append(operation)
        }
        guard operations.count <= Self.mostOperations else {
            throw APIStatus(
                code: 413, reason: "RequestEntityTooLarge",
                message: "The allowed maximum operations in a JSON patch is \(Self.mostOperations), "
                    + "got \(operations.count)")
        }
        self.operations = operations
        self.version = version
    }

    private static func mismatch(_ value: Value, _ type: String) -> APIStatus {
        APIStatus(
            code: 400, reason: "BadRequest",
            message: "json: cannot unmarshal \(GoText.jsonTypeName(value)) into Go value of type \(type)")
    }

    /// What the server says of any operation that fails.
    private static var failure: APIStatus {
        APIStatus(
            code: 422, reason: "Invalid",
            message: "the server rejected our request due to an error in our request", details: [:])
    }

    func applied(to object: Value) throws(APIStatus) -> Value {
        var result = object
        for operation in operations {
            guard apply(operation, to: &result) else { throw Self.failure }
        }
        return result
    }

    private func apply(_ operation: [String: Value], to object: inout Value) -> Bool {
        guard let path = Pointer(operation["path"]) else { return false }
        let value = operation["value"] ?? .null
        switch operation["op"]?.string {
        case "add": return object.add(value, at: path.steps)
        case "remove": return object.remove(at: path.steps)
        case "replace": return replace(path, in: &object, by: value)
        case "test": return test(path, in: object, for: value)
        case "copy":
            guard let from = Pointer(operation["from"]), let source = found(from, in: object) else { return false }
            return object.add(source, at: path.steps)
        case "move":
            guard let from = Pointer(operation["from"]), let source = found(from, in: object),
                object.remove(at: from.steps)
            else { return false }
            return object.add(source, at: path.steps)
        default: return false
        }
    }

    private func replace(_ path: Pointer, in object: inout Value, by value: Value) -> Bool {
        guard found(path, in: object) != nil else { return false }
        return object.change(at: path.steps) { parent, key in
            guard case .array(var list) = parent else {
                parent[key] = value
                return true
            }
            guard let index = Int(key), list.indices.contains(index) else { return false }
            list[index] = value
            parent = .array(list)
            return true
        }
    }

    private func test(_ path: Pointer, in object: Value, for value: Value) -> Bool {
        guard let parent = object.value(at: path.steps.dropLast()), let key = path.steps.last else { return false }
        switch parent {
        case .object(let fields): return (fields[key] ?? .null).isIdentical(to: value)
        case .array(let list):
            guard let index = Int(key), list.indices.contains(index) else { return false }
            return list[index].isIdentical(to: value)
        default: return false
        }
    }

    /// The value at a path; before 1.22 a missing field counted as null.
    private func found(_ path: Pointer, in object: Value) -> Value? {
        guard let parent = object.value(at: path.steps.dropLast()), let key = path.steps.last else { return nil }
        switch parent {
        case .object(let fields):
            if let value = fields[key] { return value }
            return version.minor < 22 ? Optional(.null) : Optional.none
        case .array: return Int(key).flatMap { parent[$0] }
        default: return nil
        }
    }
}

/// A JSON pointer (RFC 6901) to something inside of a document.
private struct Pointer {
    let steps: [String]

    init?(_ value: Value?) {
        guard let text = value?.string else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return nil }
        steps = parts.dropFirst().map(Self.unescaped)
    }

    private static func unescaped(_ part: Substring) -> String {
        guard part.contains("~") else { return String(part) }
        var result = ""
        var rest = part
        while let character = rest.popFirst() {
            if character == "~", let next = rest.first, next == "0" || next == "1" {
                result.append(next == "1" ? "/" : "~")
                rest.removeFirst()
            } else {
                result.append(character)
            }
        }
        return result
    }
}

extension Value {
    fileprivate func value(at steps: ArraySlice<String>) -> Value? {
        steps.reduce(Optional(self)) { current, step in
            switch current {
            case .object(let fields)?: fields[step]
            case .array?: Int(step).flatMap { current?[$0] }
            default: Optional.none
            }
        }
    }

    /// Changes what contains the last step; false where there is nothing like that.
    fileprivate mutating func change(at steps: [String], _ body: (inout Value, String) -> Bool) -> Bool {
        change(at: steps[...], body)
    }

    private mutating func change(at steps: ArraySlice<String>, _ body: (inout Value, String) -> Bool) -> Bool {
        guard let step = steps.first else { return false }
        if steps.count == 1 {
            switch self {
            case .object, .array: return body(&self, step)
            default: return false
            }
        }
        guard var child = value(at: [step]) else { return false }
        guard child.change(at: steps.dropFirst(), body) else { return false }
        if case .array(var list) = self, let index = Int(step) {
            list[index] = child
            self = .array(list)
        } else {
            self[step] = child
        }
        return true
    }

    fileprivate mutating func add(_ value: Value, at steps: [String]) -> Bool {
        change(at: steps) { parent, key in
            guard case .array(var list) = parent else {
                parent[key] = value
                return true
            }
            guard let index = key == "-" ? list.count : Int(key), index <= list.count, index >= -list.count - 1 else {
                return false
            }
            list.insert(value, at: index < 0 ? index + list.count + 1 : index)
            parent = .array(list)
            return true
        }
    }

    fileprivate mutating func remove(at steps: [String]) -> Bool {
        change(at: steps) { parent, key in
            guard case .array(var list) = parent else {
                guard parent[key] != nil else { return false }
                parent[key] = nil
                return true
            }
            guard let index = Int(key), index < list.count, index >= -list.count else { return false }
            list.remove(at: index < 0 ? index + list.count : index)
            parent = .array(list)
            return true
        }
    }
}
