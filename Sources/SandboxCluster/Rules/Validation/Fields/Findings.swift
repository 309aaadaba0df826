internal import Resources

/// What validation has found wrong, in the order of the real server, worded as
/// k8s.io/apimachinery/pkg/util/validation/field/errors.go does.
struct Findings {
    private(set) var errors: [FieldError] = []

    var isEmpty: Bool { errors.isEmpty }

    private mutating func add(_ kind: FieldError.Kind, _ place: Place, _ words: String, _ detail: String) {
        errors.append(FieldError(kind, place.text, detail.isEmpty ? words : "\(words): \(detail)"))
    }

    mutating func add(_ others: [FieldError]) {
        errors += others
    }

    /// - Parameter shown: the value as the message shows it, where that is not the field's own.
    mutating func invalid(_ field: Field, shown: @autoclosure () -> String? = nil, _ detail: String) {
        add(.invalid, field.place, "Invalid value: \(shown() ?? GoSyntax.value(field.value))", detail)
    }

    /// One error for each of the messages.
    mutating func invalid(_ field: Field, shown: @autoclosure () -> String? = nil, all messages: [String]) {
        for message in messages { invalid(field, shown: shown(), message) }
    }

    mutating func required(_ field: Field, _ detail: String = "") {
        add(.required, field.place, "Required value", detail)
    }

    mutating func forbidden(_ field: Field, _ detail: String) {
        add(.forbidden, field.place, "Forbidden", detail)
    }

    mutating func duplicate(_ field: Field, shown: String? = nil, _ detail: String = "") {
        add(.duplicate, field.place, "Duplicate value: \(shown ?? GoSyntax.value(field.value))", detail)
    }

    mutating func notFound(_ field: Field) {
        add(.notFound, field.place, "Not found: \(GoSyntax.value(field.value))", "")
    }

    mutating func unsupported(_ field: Field, shown: String? = nil, supported: [String]) {
        let values = supported.map(GoSyntax.quoted).joined(separator: ", ")
        add(
            .notSupported, field.place, "Unsupported value: \(shown ?? GoSyntax.value(field.value))",
            supported.isEmpty ? "" : "supported values: \(values)")
    }

    /// - Parameter most: in bytes.
    mutating func tooLong(_ field: Field, most: Int) {
        add(.tooLong, field.place, "Too long", "must have at most \(most) bytes")
    }

    mutating func tooMany(_ field: Field, count: Int, most: Int) {
        add(.tooMany, field.place, "Too many: \(count)", "must have at most \(most) items")
    }
}

// MARK: - Rules that many fields have

extension Findings {
    static let isNegative = "must be greater than or equal to 0"
    static let isImmutable = "field is immutable"

    mutating func checkNotNegative(_ field: Field) {
        if field.number < 0 { invalid(field, Self.isNegative) }
    }

    mutating func checkRange(_ field: Field, _ range: ClosedRange<Int>) {
        if !range.contains(field.number) {
            invalid(field, shown: String(field.number), Names.rangeMessage(range))
        }
    }

    /// A missing text is left to the server's defaults.
    mutating func checkSupported(_ field: Field, _ supported: [String]) {
        if field.isPresent, !supported.contains(field.string) { unsupported(field, supported: supported) }
    }

    /// A name that must be there and have the format of a DNS label.
    mutating func checkRequiredLabel(_ field: Field) {
        if field.string.isEmpty { required(field) } else { invalid(field, all: Names.dnsLabel(field.string)) }
    }

    /// - Parameter shown: how the message shows the new value, where that is more than a text or a number.
    mutating func checkUnchanged(_ new: Field, from old: Field, shown: @autoclosure () -> String? = nil) {
        if !Sameness.holds(new.value, old.value) { invalid(new, shown: shown(), Self.isImmutable) }
    }
}

/// Whether a field has changed in the eyes of the server (`equality.Semantic.DeepEqual`).
enum Sameness {
    /// A list that is empty is the same as none, and quantities are the same that amount to the same.
    static func holds(_ left: Value?, _ right: Value?) -> Bool {
        switch (left ?? .null, right ?? .null) {
        case (.null, .array(let list)), (.array(let list), .null): list.isEmpty
        case (.null, .object(let map)), (.object(let map), .null): map.isEmpty
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { holds($0, $1) }
        case (.object(let left), .object(let right)):
            left.allSatisfy { holds($0.value, right[$0.key]) }
                && right.allSatisfy { left[$0.key] != nil || holds(nil, $0.value) }
        case (let left, let right): left == right
        }
    }
}
