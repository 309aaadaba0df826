import Resources

// Changes deep inside of an object, in place: nothing is copied on the way.

extension Value {
    /// Changes the fields of an object; leaves anything else alone.
    mutating func editFields(_ body: (inout [String: Value]) -> Void) {
        guard case .object(var fields) = self else { return }
        self = .null
        body(&fields)
        self = .object(fields)
    }

    /// Changes each element of a list; leaves anything else alone.
    mutating func editElements(_ body: (inout Value) -> Void) {
        guard case .array(var elements) = self else { return }
        self = .null
        for index in elements.indices { body(&elements[index]) }
        self = .array(elements)
    }

    /// Replaces a text by what is made of it, unless that is nil.
    mutating func editText(_ body: (String) -> String?) {
        if case .string(let text) = self, let changed = body(text) { self = .string(changed) }
    }
}

extension [String: Value] {
    mutating func setDefault(_ key: String, _ value: Value) {
        if self[key] == nil { self[key] = value }
    }

    /// Changes the object in a field, if there is one.
    mutating func edit(_ key: String, _ body: (inout [String: Value]) -> Void) {
        guard let place = index(forKey: key) else { return }
        values[place].editFields(body)
    }

    /// Changes the object in a field, which is made if it is missing.
    mutating func editOrMake(_ key: String, _ body: (inout [String: Value]) -> Void) {
        setDefault(key, [:])
        edit(key, body)
    }

    /// Changes each object of the list in a field, if there is one.
    mutating func editEach(_ key: String, _ body: (inout [String: Value]) -> Void) {
        guard let place = index(forKey: key) else { return }
        values[place].editElements { $0.editFields(body) }
    }

    /// Adds an element at the end of the list in a field, which is made if it is missing.
    mutating func append(_ element: Value, to key: String) {
        self[key] = .array((self[key]?.array ?? []) + [element])
    }

    func hasNothing(at key: String) -> Bool {
        self[key]?.isGoZero ?? true
    }
}
