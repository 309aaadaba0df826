internal import Resources

/// A value of an object, or its absence, together with the place by which errors name it.
struct Field: Sendable {
    /// Nil where the object does not have the field, or has null there.
    let value: Value?
    private let base: Place
    /// The last step of the place, where it is still apart: most fields are right, and nobody asks for their place.
    private let step: Step?

    private enum Step: Sendable {
        case child(String)
        case element(Int)
        case entry(String)
    }

    init(_ value: Value?, at place: Place) {
        self.init(value, place, nil)
    }

    private init(_ value: Value?, _ base: Place, _ step: Step?) {
        if case .null? = value { self.value = nil } else { self.value = value }
        self.base = base
        self.step = step
    }

    /// An object as a whole.
    init(_ object: Value) {
        self.init(object, at: .root)
    }

    var place: Place {
        switch step {
        case nil: base
        case .child(let name): base[name]
        case .element(let index): base[index]
        case .entry(let key): base.key(key)
        }
    }

    subscript(name: String) -> Field {
        let child = value?[name]
        // What has fields of its own needs its place for them.
        return switch child {
        case .object, .array: Field(child, place[name], nil)
        default: Field(child, place, .child(name))
        }
    }

    /// A field below others, by their names.
    subscript(path names: String...) -> Field { names.reduce(self) { $0[$1] } }

    var isPresent: Bool { value != nil }
    /// The text; empty where there is none, as in a Go struct.
    var string: String { value?.string ?? "" }
    var integer: Int? { value?.integer }
    /// The number; 0 where there is none, as in a Go struct.
    var number: Int { value?.integer ?? 0 }
    var isTrue: Bool { value?.bool ?? false }
    var isEmpty: Bool {
        switch value {
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let fields): fields.isEmpty
        case nil, .null: true
        default: false
        }
    }

    /// The elements of a list.
    var elements: [Field] {
        guard case .array(let list)? = value, !list.isEmpty else { return [] }
        let place = place
        return list.indices.map { index in
            if case .object = list[index] { return Field(list[index], place[index], nil) }
            return Field(list[index], place, .element(index))
        }
    }

    /// The texts of a list of texts.
    var strings: [String] { value?.array?.map { $0.string ?? "" } ?? [] }

    /// The entries of a map in the order of their keys; Go's own order is random.
    var entries: [(key: String, field: Field)] {
        guard case .object(let map)? = value, !map.isEmpty else { return [] }
        let place = place
        return map.sorted { $0.key < $1.key }.map { key, value in
            if case .object = value { return (key, Field(value, place.key(key), nil)) }
            return (key, Field(value, place, .entry(key)))
        }
    }

    /// The entries of a map of texts.
    var stringMap: [String: String] { value?.object?.mapValues { $0.string ?? "" } ?? [:] }

    /// The same value under another name.
    func named(_ place: Place) -> Field { Field(value, at: place) }
}
