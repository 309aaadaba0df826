/// What is wrong with one field (k8s.io/apimachinery/pkg/util/validation/field/errors.go).
package struct FieldError: Error, Hashable, Sendable {
    /// The `reason` of a cause in a status.
    package enum Kind: String, Hashable, Sendable {
        case notFound = "FieldValueNotFound"
        case required = "FieldValueRequired"
        case duplicate = "FieldValueDuplicate"
        case invalid = "FieldValueInvalid"
        case notSupported = "FieldValueNotSupported"
        case forbidden = "FieldValueForbidden"
        case tooLong = "FieldValueTooLong"
        case tooMany = "FieldValueTooMany"
        case internalError = "InternalError"
        case typeInvalid = "FieldValueTypeInvalid"
    }

    package var kind: Kind
    /// `spec.containers[0].image`.
    package var field: String
    /// What follows the field's name and a colon: `Invalid value: -1: must be greater than or equal to 0`.
    package var message: String

    package init(_ kind: Kind, _ field: String, _ message: String) {
        self.kind = kind
        self.field = field
        self.message = message
    }
}
