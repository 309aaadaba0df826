internal import Resources

/// Reads the text in which the types and resources of an API are kept.
///
///     package core.v1 io.k8s.api.core.v1      the short and the full name of what types are in
///     resource v1 pods core.v1.Pod namespaced status scale short=po categories=all verbs=get,list
///         log v1/Pod get                      a subresource: its kind, and what can be done with it
///     type core.v1.Container                  a type with fields; `atomic` behind it: it has one owner as a whole
///         name! string default=               a required field; a default, which may be empty
///         ports [ContainerPort] keys=containerPort,protocol patch=merge mergeKey=containerPort
///     type batch.v1.CronJob = batch.v1beta1.CronJob
///
/// A field's type is a scalar's name, `any`, a type of the same package, one of another package with its short name,
/// `[T]` or `{T}`. A list is atomic unless `keys=` or `set` follow; a map is only where `atomic` follows.
/// Without `verbs=` a resource has all of them. Types and resources that exist already gain fields or are replaced, so
/// that one text can be read over another. Lines that begin with `#` are comments.
struct SchemaText {
    private(set) var types: [String: SchemaType] = [:]
    /// In the order of the text, the versions of a group and the groups not yet sorted.
    private(set) var resources: [ResourceDefinition] = []
    /// Lines that are not understood.
    private(set) var problems: [String] = []

    private var packages: [String: String] = [:]
    private var openType: OpenType?
    private var openResource: ResourceLine?
    /// What expressions mean in the package that was read last.
    private var expressions: [String: SchemaType] = [:]
    private var expressionsPackage = ""
    private var scalars: [String: SchemaType] = [:]

    private struct OpenType {
        let name: String
        /// With a dot at its end.
        let package: String
        var structure: SchemaType.Structure
    }

    /// Reads a whole text.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var words: [String] = []
        var isIndented = false
        var start = 0
        for offset in 0..<bytes.count {
            let byte = bytes[offset]
            if byte > UInt8(ascii: " ") { continue }
            if offset > start {
                words.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self))
            } else if words.isEmpty {
                isIndented = true
            }
            start = offset + 1
            guard byte == UInt8(ascii: "\n") else { continue }
            if let first = words.first, !first.utf8.starts(with: "#".utf8) { read(words, isIndented: isIndented) }
            words.removeAll(keepingCapacity: true)
            isIndented = false
        }
        close()
    }

    private mutating func read(_ words: [String], isIndented: Bool) {
        let isUnderstood: Bool
        if isIndented {
            isUnderstood = openType != nil ? readField(words) : openResource?.addSubresource(words) ?? false
        } else {
            close()
            isUnderstood =
                switch words[0] {
                case "package": readPackage(words)
                case "resource": readResource(words)
                case "type": readType(words)
                default: false
                }
        }
        if !isUnderstood { problems.append(words.joined(separator: " ")) }
    }

    private mutating func close() {
        if let type = openType { types[type.name] = SchemaType(.structure(type.structure)) }
        openType = nil
        guard let line = openResource else { return }
        openResource = nil
        let resource = line.resource
        let existing = resources.firstIndex { $0.kind.apiVersion == line.apiVersion && $0.plural == line.plural }
        if let existing { resources[existing] = resource } else { resources.append(resource) }
    }

    private mutating func readPackage(_ words: [String]) -> Bool {
        guard words.count == 3 else { return false }
        packages[words[1]] = words[2] + "."
        return true
    }

    private mutating func readResource(_ words: [String]) -> Bool {
        guard words.count >= 4, let name = fullName(words[3], within: nil) else { return false }
        openResource = ResourceLine(apiVersion: words[1], plural: words[2], type: name)
        return openResource?.addOptions(words.dropFirst(4)) ?? false
    }

    private mutating func readType(_ words: [String]) -> Bool {
        guard words.count >= 2, let name = fullName(words[1], within: nil),
            let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        else { return false }
        let package = String(name[...dot])
        if expressionsPackage != package { expressions.removeAll(keepingCapacity: true) }
        expressionsPackage = package
        if words.count == 4, words[2] == "=" {
            guard let type = type(words[3], within: package) else { return false }
            types[name] = type
            return true
        }
        var structure = SchemaType.Structure(fields: [:])
        if case .structure(let existing) = types[name]?.shape { structure = existing }
        if words.count == 3 { structure.isAtomic = words[2] == "atomic" }
        openType = OpenType(name: name, package: package, structure: structure)
        return words.count == 2 || words[2] == "atomic"
    }
}

// MARK: fields
extension SchemaText {
    private mutating func readField(_ words: [String]) -> Bool {
        guard words.count >= 2, let package = openType?.package else { return false }
        var name = words[0]
        let isRequired = name.utf8.last == UInt8(ascii: "!")
        if isRequired { name.removeLast() }
        guard var base = type(words[1], within: package) else { return false }
        var field = SchemaType.Field(type: base)
        for option in words.dropFirst(2) where !Self.apply(option, to: &base, of: &field) { return false }
        field.type = base
        openType?.structure.fields[name] = field
        if isRequired {
            openType?.structure.required.insert(name)
        } else {
            openType?.structure.required.remove(name)
        }
        return true
    }

    private static func apply(_ option: String, to type: inout SchemaType, of field: inout SchemaType.Field) -> Bool {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? String(parts[1]) : ""
        switch (parts[0], type.shape) {
        case ("set", .list(let element, _)): type = SchemaType(.list(element, .set))
        case ("keys", .list(let element, _)):
            type = SchemaType(.list(element, .map(keys: value.split(separator: ",").map(String.init))))
        case ("atomic", .map(let element, _)): type = SchemaType(.map(element, isAtomic: true))
        case ("patch", _): field.patchStrategies = value.split(separator: ",").map(String.init)
        case ("mergeKey", _): field.patchMergeKey = value
        case ("default", .scalar(let scalar)): field.defaultValue = defaultValue(value, of: scalar)
        default: return false
        }
        return true
    }

    private static func defaultValue(_ text: String, of scalar: SchemaType.Scalar) -> Value? {
        switch scalar {
        case .boolean: .bool(text == "true")
        case .int32, .int64: Int64(text).map(Value.integer)
        default: .string(text)
        }
    }

    private mutating func type(_ expression: String, within package: String) -> SchemaType? {
        if let known = expressions[expression] { return known }
        guard let type = newType(expression, within: package) else { return nil }
        expressions[expression] = type
        return type
    }

    private mutating func newType(_ expression: String, within package: String) -> SchemaType? {
        let inner = { String(expression.dropFirst().dropLast()) }
        switch expression.utf8.first {
        case UInt8(ascii: "["): return type(inner(), within: package).map { SchemaType(.list($0, .atomic)) }
        case UInt8(ascii: "{"): return type(inner(), within: package).map { SchemaType(.map($0, isAtomic: false)) }
        default:
            if let scalar = scalars[expression] { return scalar }
            if expression == "any" || SchemaType.Scalar(rawValue: expression) != nil {
                let type = SchemaType(SchemaType.Scalar(rawValue: expression).map { .scalar($0) } ?? .untyped)
                scalars[expression] = type
                return type
            }
            return fullName(expression, within: package).map { SchemaType(.reference($0)) }
        }
    }

    /// `core.v1.Pod`, or `Pod` within `core.v1`, with the package's full name.
    private func fullName(_ name: String, within package: String?) -> String? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return package.map { $0 + name } }
        return packages[String(name[..<dot])].map { $0 + name[name.utf8.index(after: dot)...] }
    }
}
