package import Resources

extension OpenAPIDocuments {
    /// The document of version 2 as clients before 1.27 ask for it
    /// (`application/com.github.proto-openapi.spec.v2@v1.0+protobuf`).
    /// - Parameter document: What `v2` returns.
    package static func protobuf(_ document: Value) -> [UInt8] {
        OpenAPIProtobuf.document(document).bytes
    }
}

/// Writes a document of OpenAPI v2 in the messages of gnostic's `OpenAPIv2.proto`, as far as a document of ours goes.
private enum OpenAPIProtobuf {
    static func document(_ document: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, document["swagger"])
        message.add(2, info(document["info"] ?? .null))
        var paths = ProtobufMessage()
        paths.addNamed(2, document["paths"], path)
        message.add(8, paths)
        var definitions = ProtobufMessage()
        definitions.addNamed(1, document["definitions"], schema)
        message.add(9, definitions)
        return message
    }

    private static func info(_ info: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, info["title"])
        message.add(2, info["version"])
        return message
    }

    private static func path(_ path: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        for (method, field) in [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)] {
            if let operation = path[method] { message.add(field, self.operation(operation)) }
        }
        for parameter in path["parameters"]?.array ?? [] { message.add(9, self.parameter(parameter)) }
        return message
    }

    private static func operation(_ operation: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        for type in operation["produces"]?.array ?? [] { message.add(6, type) }
        for type in operation["consumes"]?.array ?? [] { message.add(7, type) }
        for parameter in operation["parameters"]?.array ?? [] { message.add(8, self.parameter(parameter)) }
        var responses = ProtobufMessage()
        responses.addNamed(1, operation["responses"]) { response in
            var content = ProtobufMessage()
            content.add(1, response["description"])
            if let schema = response["schema"] { content.add(2, Self.schema(schema).wrapped(in: 1)) }
            return content.wrapped(in: 1)
        }
        message.add(9, responses)
        message.addExtensions(13, of: operation)
        return message
    }

    private static func parameter(_ parameter: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        let place = parameter["in"]?.string ?? ""
        if place == "body" {
            message.add(2, parameter["name"])
            message.add(3, parameter["in"])
            message.add(4, parameter["required"])
            if let schema = parameter["schema"] { message.add(5, Self.schema(schema)) }
            return message.wrapped(in: 1).wrapped(in: 1)
        }
        let isPath = place == "path"
        message.add(1, parameter["required"])
        message.add(2, parameter["in"])
        message.add(4, parameter["name"])
        message.add(isPath ? 5 : 6, parameter["type"])
        message.add(isPath ? 19 : 20, parameter["uniqueItems"])
        return message.wrapped(in: isPath ? 4 : 3).wrapped(in: 2).wrapped(in: 1)
    }

    private static func schema(_ schema: Value) -> ProtobufMessage {
        var message = ProtobufMessage()
        message.add(1, schema["$ref"])
        message.add(2, schema["format"])
        for name in schema["required"]?.array ?? [] { message.add(19, name) }
        if let values = schema["additionalProperties"] { message.add(21, Self.schema(values).wrapped(in: 1)) }
        if let type = schema["type"] {
            var item = ProtobufMessage()
            item.add(1, type)
            message.add(22, item)
        }
        if let items = schema["items"] { message.add(23, Self.schema(items).wrapped(in: 1)) }
        if let properties = schema["properties"] {
            var item = ProtobufMessage()
            item.addNamed(1, properties, Self.schema)
            message.add(25, item)
        }
        message.addExtensions(31, of: schema)
        return message
    }
}

/// A message of Protocol Buffers.
private struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    /// Adds a string or a boolean; nothing for other values, and for none.
    mutating func add(_ field: Int, _ value: Value?) {
        switch value {
        case .string(let text): add(field, bytes: Array(text.utf8))
        case .bool(true):
            add(variable: field << 3)
            bytes.append(1)
        default: break
        }
    }

    mutating func add(_ field: Int, _ message: ProtobufMessage) {
        add(field, bytes: message.bytes)
    }

    /// Adds each field of an object as a message of name and value, by name.
    mutating func addNamed(_ field: Int, _ object: Value?, _ content: (Value) -> ProtobufMessage) {
        for (name, value) in (object?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            var entry = ProtobufMessage()
            entry.add(1, .string(name))
            entry.add(2, content(value))
            add(field, entry)
        }
    }

    /// Adds the fields that begin with `x-`, whose values are YAML there, of which JSON is a part.
    mutating func addExtensions(_ field: Int, of object: Value) {
        let extensions = (object.object ?? [:]).filter { $0.key.hasPrefix("x-") }
        addNamed(field, .object(extensions)) { value in
            var text = ProtobufMessage()
            text.add(2, .string(value.json + "\n"))
            return text
        }
    }

    /// A message that has this one as its one field.
    func wrapped(in field: Int) -> ProtobufMessage {
        var message = ProtobufMessage()
        message.add(field, self)
        return message
    }

    private mutating func add(_ field: Int, bytes content: [UInt8]) {
        add(variable: field << 3 | 2)
        add(variable: content.count)
        bytes += content
    }

    private mutating func add(variable number: Int) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
