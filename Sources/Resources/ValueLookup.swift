extension Value {
    /// The value at a path; nil where nothing is there.
    ///
    /// An element of an associative list is the one whose key fields equal the path's; an element that omits some of
    /// them, as manifests omit those that a server fills in, is found where no other one fits.
    package func value(at path: FieldPath) -> Value? {
        path.elements.reduce(Optional(self)) { current, element in current?.value(at: element) }
    }

    /// The value one step below this one; nil where nothing is there.
    package func value(at element: FieldPath.Element) -> Value? {
        switch element {
        case .field(let name): object?[name]
        case .index(let index): self[index]
        case .key(let key): array.flatMap { Self.element(of: $0, at: key) }
        case .value(let value): array?.first { $0 == value }
        }
    }

    private static func element(of list: [Value], at key: [String: Value]) -> Value? {
        let exact = list.first { candidate in key.allSatisfy { candidate[$0.key] == $0.value } }
        if let exact { return exact }
        let partial = list.filter { candidate in
            key.contains { candidate[$0.key] == $0.value }
                && key.allSatisfy { candidate[$0.key] == nil || candidate[$0.key] == $0.value }
        }
        return partial.count == 1 ? partial.first : nil
    }
}

extension Value {
    /// Changes the value at a chain of object fields; those that are missing are made, unless nothing comes of it.
    package mutating func change(at keys: some Collection<String>, _ body: (inout Value) -> Void) {
        guard let key = keys.first else { return body(&self) }
        var child = self[key] ?? .null
        child.change(at: keys.dropFirst(), body)
        if !child.isNull { self[key] = child }
    }
}
