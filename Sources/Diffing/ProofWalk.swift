internal import Resources

/// Walks our `fieldsV1` together with the desired and the live object, and throws at the first doubt.
///
/// `fieldsV1` is read as the raw value that came from the server: building a `FieldSet` would cost more than the walk.
struct ProofWalk {
    private typealias Fields = [String: Value]

    /// Whether the type is one of Kubernetes' own, of which `BuiltInTypes` knows more than the entry's shape tells.
    let isBuiltIn: Bool
    let isLegacyServer: Bool
    /// The `fieldsV1` of all other entries; only doubtful places look into them.
    let others: [Value]
    /// The `fieldsV1` keys from the root to the present place.
    private var keys: [String] = []

    /// No API nests deeper; a manifest that does must not exhaust the stack.
    private static let maximumDepth = 200

    init(isBuiltIn: Bool, isLegacyServer: Bool, others: [Value]) {
        self.isBuiltIn = isBuiltIn
        self.isLegacyServer = isLegacyServer
        self.others = others
    }

    /// Compares whole objects.
    mutating func root(applied: Value, desired: Value, live: Value) throws(Doubt) {
        guard let wanted = desired.object, let found = live.object, let owned = applied.object else {
            throw doubt("it is no object")
        }
        try granularMap(owned: owned, wanted: wanted, found: found)
    }

    /// Whether a declared field identifies the object: those are never in `managedFields` (`stripmeta.go`).
    private func isIdentity(_ name: String, _ value: Value) -> Bool {
        switch (keys.count, name) {
        case (0, "apiVersion"), (0, "kind"): true
        case (0, "metadata"): value.object?.keys.allSatisfy { $0 == "name" || $0 == "namespace" } ?? false
        case (1, "name"), (1, "namespace"): keys.first == "f:metadata"
        default: false
        }
    }

    private mutating func node(owned: Value, wanted: Value, found: Value) throws(Doubt) {
        guard let fields = owned.object, keys.count < Self.maximumDepth else {
            throw doubt("it can't be compared here")
        }
        guard let child = fields.keys.first(where: { $0 != "." }) else {
            return try leaf(wanted: wanted, found: found)
        }
        switch child.utf8.first {
        case UInt8(ascii: "f"): try map(owned: fields, wanted: wanted, found: found)
        case UInt8(ascii: "k"): try associativeList(owned: fields, wanted: wanted, found: found)
        case UInt8(ascii: "v"): try set(owned: fields, wanted: wanted, found: found)
        default: throw doubt("its managed fields have an unknown form")
        }
    }

    private mutating func map(owned: Fields, wanted: Value, found: Value) throws(Doubt) {
        guard let wanted = wanted.object, let found = found.object, !wanted.isEmpty else { throw doubt(Self.differs) }
        // An apply claims a map itself (".") only where its key is in no schema: never in Kubernetes' own types, never
        // in metadata, never right below the root. Elsewhere the "." is left over from another way of writing.
        if owned["."] != nil, isBuiltIn || keys.count < 2 || keys.first == "f:metadata" {
            throw doubt("the map itself is owned, which applying would not do")
        }
        try granularMap(owned: owned, wanted: wanted, found: found)
    }

    private mutating func granularMap(owned: Fields, wanted: Fields, found: Fields) throws(Doubt) {
        var matched = 0
        for (key, child) in owned where key != "." {
            guard key.utf8.starts(with: "f:".utf8) else { throw doubt("its managed fields have an unknown form") }
            let name = String(Substring(key.utf8.dropFirst(2)))
            keys.append(key)
            guard let value = wanted.value(forIdenticalKey: name) else {
                throw doubt("it was applied last time and is no longer declared")
            }
            guard let present = found.value(forIdenticalKey: name) else { throw doubt("the cluster's object lacks it") }
            try node(owned: child, wanted: value, found: present)
            keys.removeLast()
            matched += 1
        }
        guard matched < wanted.count else { return }
        for (name, value) in wanted where owned["f:" + name] == nil && !isIdentity(name, value) {
            keys.append("f:" + name)
            try unrecorded(name: name, wanted: value, found: found[name])
            keys.removeLast()
        }
    }

    /// A declared field that our entry does not have.
    ///
    /// A legacy server records no empty map unless it is atomic, and merging one into an empty one changes nothing.
    private func unrecorded(name: String, wanted: Value, found: Value?) throws(Doubt) {
        let isEmptyMap = wanted.object?.isEmpty ?? false
        guard isEmptyMap, isLegacyServer, isBuiltIn, !BuiltInTypes.isAtomicMap(name), wanted == found else {
            throw doubt("it is declared, but was not applied last time")
        }
    }

    private static let differs = "the cluster has another value"
}

// Leaves: what the server replaces as a whole.
extension ProofWalk {
    private func leaf(wanted: Value, found: Value) throws(Doubt) {
        guard !wanted.isNull else { throw doubt("null may mean absent or empty") }
        guard wanted.isIdentical(to: found) else {
            return try quantity(wanted: wanted, found: found)
        }
        // A leaf of a map or list that is not empty is atomic, unless it was empty or null when it was applied, and
        // its content came from somebody else: then an apply would claim the content.
        switch wanted {
        case .object(let fields) where !fields.isEmpty:
            guard BuiltInTypes.isAtomicMap(fieldName) else { throw doubt("the map may be granular") }
            if !isBuiltIn { try requireNoFieldsOfOthersInside() }
        case .array(let elements) where !elements.isEmpty:
            if isBuiltIn, mayBeAssociative { throw doubt("the list may be associative") }
            if !isBuiltIn { try requireNoFieldsOfOthersInside() }
        default: return
        }
    }

    /// `1000m` is stored as `1`: applying it changes nothing, unless someone else owns the field too. The server looks
    /// for conflicts before it rewrites the quantity.
    private func quantity(wanted: Value, found: Value) throws(Doubt) {
        guard isBuiltIn, BuiltInTypes.isQuantity(path), wanted.string != nil || !isLegacyServer,
            let stored = Quantity(wanted)?.text, found.string == stored
        else { throw doubt(Self.differs) }
        guard !others.contains(where: { fieldsBelow($0) != nil }) else {
            throw doubt("the quantity is written in another way than it is stored, and another manager owns it too")
        }
    }

    private func requireNoFieldsOfOthersInside() throws(Doubt) {
        let isShared = others.contains { fields in
            fieldsBelow(fields)?.keys.contains { $0 != "." } ?? false
        }
        if isShared { throw doubt("other managers own parts of it") }
    }

    /// What another entry has at the present place; nil where it has nothing.
    private func fieldsBelow(_ fieldsV1: Value) -> Fields? {
        keys.reduce(Optional(fieldsV1)) { current, key in current?[key] }?.object
    }

    private var fieldName: String {
        guard let last = keys.last, last.hasPrefix("f:") else { return "" }
        return String(last.dropFirst(2))
    }

    /// Whether a list of this name is associative; `imagePullSecrets` is so in a pod, but not in a ServiceAccount.
    private var mayBeAssociative: Bool {
        BuiltInTypes.isAssociativeList(fieldName) && keys != ["f:imagePullSecrets"]
    }
}

// Associative lists and sets.
extension ProofWalk {
    private struct Element {
        let fieldsV1Key: String
        let key: Fields
        let owned: Fields
    }

    private mutating func associativeList(owned: Fields, wanted: Value, found: Value) throws(Doubt) {
        guard let wanted = wanted.array, let found = found.array else { throw doubt(Self.differs) }
        let elements = try parse(owned)
        guard let first = elements.first, wanted.count == elements.count else { throw doubt(Self.otherElements) }
        let names = first.key.keys.sorted()
        guard elements.allSatisfy({ $0.key.count == names.count && $0.key.keys.allSatisfy(names.contains) }) else {
            throw doubt("its managed fields have an unknown form")
        }
        try requireUniqueKeys(found, names: names)
        var unused = elements
        var position = 0
        for value in wanted {
            guard let value = value.object, let index = unused.firstIndex(where: { Self.element($0, is: value) }) else {
                throw doubt(Self.otherElements)
            }
            let element = unused.remove(at: index)
            keys.append(element.fieldsV1Key)
            // New servers order a merged list as the desired one is: no other order than the live one is sure to stay.
            guard let place = found[position...].firstIndex(where: { Self.has($0, key: element.key) }),
                let present = found[place].object
            else { throw doubt("the cluster's object lacks it, or has it in another order") }
            position = place + 1
            try granularMap(owned: element.owned, wanted: value, found: present)
            keys.removeLast()
        }
    }

    private func parse(_ owned: Fields) throws(Doubt) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(owned.count)
        for (fieldsV1Key, fields) in owned where fieldsV1Key != "." {
            guard case .key(let key)? = FieldPath.Element(fieldsV1Key: fieldsV1Key), let fields = fields.object,
                fields["."] != nil
            else { throw doubt("its managed fields have an unknown form") }
            elements.append(Element(fieldsV1Key: fieldsV1Key, key: key, owned: fields))
        }
        if owned["."] != nil { throw doubt("the list itself is owned, which applying would not do") }
        return elements
    }

    /// Whether a desired element is the one that we applied under this key.
    ///
    /// A key field that the desired element omits is filled in by the server with the schema's default, the same for
    /// every element. If we do not own the key's field, then the element that we applied omitted it as well (who changes
    /// a key field makes another element, which we would not own), so the value in our key is that default, and the
    /// desired element gets the same key.
    private static func element(_ element: Element, is value: Fields) -> Bool {
        element.key.allSatisfy { name, keyValue in
            if let given = value[name] { given.isIdentical(to: keyValue) } else { element.owned["f:" + name] == nil }
        }
    }

    private static func has(_ element: Value, key: Fields) -> Bool {
        key.allSatisfy { name, value in element[name]?.isIdentical(to: value) ?? false }
    }

    /// Of elements with the same key, servers merge none or refuse the apply.
    private func requireUniqueKeys(_ found: [Value], names: [String]) throws(Doubt) {
        let distinct = Set(found.map { element in names.map { element[$0] ?? .null } })
        if distinct.count != found.count { throw doubt("several elements of the cluster's list have the same key") }
    }

    private mutating func set(owned: Fields, wanted: Value, found: Value) throws(Doubt) {
        guard let wanted = wanted.array, let found = found.array else { throw doubt(Self.differs) }
        var members: [Value] = []
        for (key, child) in owned {
            guard case .value(let member)? = FieldPath.Element(fieldsV1Key: key), child == .object([:]) else {
                throw doubt("its managed fields have an unknown form")
            }
            members.append(member)
        }
        let areMembers = wanted.allSatisfy { value in members.contains { $0.isIdentical(to: value) } }
        guard wanted.count == members.count, areMembers, Set(found).count == found.count else {
            throw doubt(Self.otherElements)
        }
        var position = 0
        for value in wanted {
            guard let place = found[position...].firstIndex(where: { $0.isIdentical(to: value) }) else {
                throw doubt("the cluster's list lacks an element, or has it in another order")
            }
            position = place + 1
        }
    }

    private static let otherElements = "it has other elements than were applied last time"

    private var path: FieldPath { FieldPath(keys.compactMap(FieldPath.Element.init(fieldsV1Key:))) }

    private func doubt(_ why: String) -> Doubt {
        Doubt(path: path, why: why)
    }
}
