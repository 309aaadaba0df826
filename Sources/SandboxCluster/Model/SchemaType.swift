package import Resources

/// The type of a value in the API: what server-side apply, strategic patches, validation and the OpenAPI documents go by.
///
/// Types may contain themselves, which is why those of Kubernetes' own name each other (`Shape.reference`).
package final class SchemaType: Sendable {
    package enum Shape: Sendable {
        /// A type of `SchemaRegistry.types`, by its name.
        case reference(String)
        case scalar(Scalar)
        case list(SchemaType, ListRelationship)
        case map(SchemaType, isAtomic: Bool)
        case structure(Structure)
        /// Anything: its parts are taken as they come (`x-kubernetes-preserve-unknown-fields`, `RawExtension`).
        case untyped
    }

    package enum Scalar: String, Hashable, Sendable {
        case string
        case boolean
        case int32
        case int64
        case double
        /// Base64 text.
        case bytes
        /// RFC 3339, whole seconds.
        case time
        /// RFC 3339 with microseconds.
        case microTime
        case quantity
        case intOrString
    }

    /// How the elements of a list belong together (`x-kubernetes-list-type`).
    package enum ListRelationship: Hashable, Sendable {
        case atomic
        case set
        /// An element is known by these fields; a key with a default may be left out.
        case map(keys: [String])
    }

    /// An object with named fields.
    package struct Structure: Sendable {
        package var fields: [String: Field]
        /// Whether it has one owner as a whole (`x-kubernetes-map-type: atomic`).
        package var isAtomic = false
        package var required: Set<String> = []
        /// Whether fields that are not named are kept (custom resources only).
        package var keepsUnknownFields = false

        package init(fields: [String: Field]) {
            self.fields = fields
        }
    }

    package struct Field: Sendable {
        package var type: SchemaType
        /// What a server fills in, where a custom resource's schema says so, or where the field is a list's key.
        package var defaultValue: Value?
        /// `merge`, `replace`, `retainKeys` (`x-kubernetes-patch-strategy`).
        package var patchStrategies: [String] = []
        /// `x-kubernetes-patch-merge-key`.
        package var patchMergeKey: String?
        package var isNullable = false

        package init(type: SchemaType) {
            self.type = type
        }
    }

    package let shape: Shape
    /// The keywords of a custom resource's schema that restrict values (`enum`, `pattern`, `maximum`, …), as they stand there.
    package let constraints: Value?

    package init(_ shape: Shape, constraints: Value? = nil) {
        self.shape = shape
        self.constraints = constraints
    }
}
