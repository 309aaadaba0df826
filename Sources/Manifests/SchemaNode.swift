internal import Resources

/// How server-side apply tells a list's elements apart.
package enum ListKind: Hashable, Sendable {
    /// The list is one value.
    case atomic
    /// Scalars, each at most once.
    case set
    /// Objects, each with other values of these fields.
    case map(keys: [String])
}

/// What a schema allows at one place; the parts of an OpenAPI document that validation needs, without its texts.
final class SchemaNode: Sendable {
    enum Shape: Hashable, Sendable {
        case any
        case boolean
        case integer
        case number
        case string
        case integerOrString
        case quantity
        case array
        case object
    }

    let shape: Shape
    /// The name of the definition that stands here instead.
    let reference: String?
    let properties: [String: SchemaNode]
    /// For the values of fields that are no properties.
    let additional: SchemaNode?
    /// Whether fields that are neither properties nor `additional` may be there.
    let isOpen: Bool
    let items: SchemaNode?
    let required: [String]
    let listKind: ListKind?
    let limits: SchemaLimits?

    init(
        shape: Shape,
        reference: String? = nil,
        properties: [String: SchemaNode] = [:],
        additional: SchemaNode? = nil,
        isOpen: Bool = true,
        items: SchemaNode? = nil,
        required: [String] = [],
        listKind: ListKind? = nil,
        limits: SchemaLimits? = nil
    ) {
        self.shape = shape
        self.reference = reference
        self.properties = properties
        self.additional = additional
        self.isOpen = isOpen
        self.items = items
        self.required = required
        self.listKind = listKind
        self.limits = limits
    }

    static let anything = SchemaNode(shape: .any)

    /// `metav1.ObjectMeta`, for kinds whose schema takes it for granted.
    static let objectMeta: SchemaNode = {
        let text: Value = ["type": "string"]
        let texts: Value = ["type": "object", "additionalProperties": ["type": "string"]]
        let open: Value = ["type": "array", "items": ["type": "object"]]
        return SchemaParser().node([
            "type": "object",
            "properties": [
                "name": text, "generateName": text, "namespace": text, "labels": texts, "annotations": texts,
                "finalizers": ["type": "array", "items": ["type": "string"], "x-kubernetes-list-type": "set"],
                "ownerReferences": open, "managedFields": open, "uid": text, "resourceVersion": text,
                "generation": ["type": "integer"], "creationTimestamp": text, "deletionTimestamp": text,
                "deletionGracePeriodSeconds": ["type": "integer"], "selfLink": text, "clusterName": text,
            ],
        ])
    }()
}

/// Limits on a value of the right type.
struct SchemaLimits: Hashable, Sendable {
    var choices: [Value] = []
    var pattern: String?
    var minimum: Double?
    var maximum: Double?
    var excludesMinimum = false
    var excludesMaximum = false
    var minimumLength: Int?
    var maximumLength: Int?
    var minimumCount: Int?
    var maximumCount: Int?
    var isBase64 = false

    var isEmpty: Bool { self == SchemaLimits() }
}
