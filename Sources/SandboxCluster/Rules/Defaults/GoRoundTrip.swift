import Resources

/// Does to an object what decoding it into Go types, defaulting and encoding it again do: the fields of a struct first,
/// then its own defaults.
struct GoRoundTrip {
    let types: GoTypes
    let version: KubernetesVersion

    func apply(_ place: Int, to fields: inout [String: Value]) {
        let shape = types.shapes[place]
        fields.removeNulls()
        for field in shape.fields { apply(field, to: &fields, keepsEmpty: shape.keepsEmptyCollections) }
        shape.rule?.apply(to: &fields, version)
    }

    private func apply(_ field: GoTypes.Field, to fields: inout [String: Value], keepsEmpty: Bool) {
        guard let place = fields.index(forKey: field.name) else {
            if case .written(let zero) = field.absence { fields[field.name] = blank(zero, field.kind) }
            return
        }
        apply(field.kind, to: &fields.values[place])
        switch field.absence {
        case .leftOutWhenZero where fields.values[place].isGoZero: fields.remove(at: place)
        case .written(.null) where !keepsEmpty && isEmptyCollection(fields.values[place], field.kind):
            fields.values[place] = .null
        default: break
        }
    }

    private func apply(_ kind: GoTypes.Kind, to value: inout Value) {
        switch kind {
        case .plain: break
        case .time: value.editText(GoTime.wholeSeconds)
        case .microTime: value.editText(GoTime.microseconds)
        case .quantity: value = .canonicalQuantity(value) ?? value
        case .quantities: value.editFields { $0.canonicalizeResources() }
        case .strings: value.editFields { $0.replaceNulls(with: "") }
        case .structure(let place):
            if case .null = value { value = [:] }
            value.editFields { apply(place, to: &$0) }
        case .list(let element): value.editElements { apply(element, to: &$0) }
        case .map(let element):
            value.editFields { fields in
                for place in fields.indices { apply(element, to: &fields.values[place]) }
            }
        }
    }

    /// A struct that was not given is written with what its own fields write; a required pointer is null.
    private func blank(_ zero: Value, _ kind: GoTypes.Kind) -> Value {
        guard case .structure(let place) = kind, case .object(var fields) = zero else { return zero }
        apply(place, to: &fields)
        return .object(fields)
    }

    /// Protobuf knows no empty lists and maps: they come back as null where they are written at all.
    private func isEmptyCollection(_ value: Value, _ kind: GoTypes.Kind) -> Bool {
        switch (value, kind) {
        case (.array(let elements), _): elements.isEmpty
        case (.object(let fields), .map), (.object(let fields), .strings), (.object(let fields), .quantities):
            fields.isEmpty
        default: false
        }
    }
}

extension Value {
    /// Whether Go's `omitempty` leaves the value out: false, 0, and whatever is empty.
    var isGoZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .integer(let value): value == 0
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let fields): fields.isEmpty
        case .unsigned, .double: false
        }
    }

    /// The text that the server writes for a quantity; nil where the value is none.
    static func canonicalQuantity(_ value: Value) -> Value? {
        Quantity(value).map { .string($0.text) }
    }
}

extension [String: Value] {
    mutating func removeNulls() {
        let hasNull = values.contains { value in
            if case .null = value { true } else { false }
        }
        if hasNull { self = filter { !$0.value.isNull } }
    }

    fileprivate mutating func replaceNulls(with text: String) {
        for place in indices {
            if case .null = values[place] { values[place] = .string(text) }
        }
    }

    /// Canonical quantities, rounded to thousandths, away from zero (`SetDefaults_ResourceList`).
    fileprivate mutating func canonicalizeResources() {
        let milli: Int128 = 1_000_000
        for place in indices {
            guard let quantity = Quantity(values[place]) else { continue }
            let rest = quantity.nanos % milli
            let rounded = (quantity.nanos - rest).addingClamped(rest.signum() * milli)
            let text = rest == 0 ? quantity.text : ResourceTotal(nanos: rounded, format: quantity.format).text
            values[place] = .string(text)
        }
    }
}
