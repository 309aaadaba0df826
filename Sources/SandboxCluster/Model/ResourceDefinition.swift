package import Resources

/// A resource that the API serves in one version of its group.
package struct ResourceDefinition: Sendable {
    package let kind: GroupVersionKind
    package let plural: String
    package let singular: String
    package let shortNames: [String]
    package let categories: [String]
    package let isNamespaced: Bool
    /// `create`, `delete`, `deletecollection`, `get`, `list`, `patch`, `update`, `watch`.
    package let verbs: [String]
    package let hasStatus: Bool
    /// Where the scale subresource finds its fields; nil where there is none.
    package let scale: ScalePaths?
    package let type: SchemaType
    /// Whether a CustomResourceDefinition made it.
    package let isCustom: Bool
    /// `DeploymentList`.
    package let listKind: String
    /// The subresources other than `status` and `scale`.
    package let subresources: [Subresource]
    /// `additionalPrinterColumns` of a CustomResourceDefinition.
    package let printerColumns: [PrinterColumn]

    /// A part of a resource that has a path of its own, or something that is done to it.
    package struct Subresource: Hashable, Sendable {
        package let name: String
        /// What is sent and answered there, which need not be of the resource's group.
        package let kind: GroupVersionKind
        package let verbs: [String]

        package init(name: String, kind: GroupVersionKind, verbs: [String]) {
            self.name = name
            self.kind = kind
            self.verbs = verbs
        }
    }

    /// A column of a custom resource's table.
    package struct PrinterColumn: Hashable, Sendable {
        package let name: String
        /// `string`, `integer`, `number`, `boolean` or `date`.
        package let type: String
        package let format: String
        package let priority: Int
        package let jsonPath: String

        package init(name: String, type: String, format: String = "", priority: Int = 0, jsonPath: String) {
            self.name = name
            self.type = type
            self.format = format
            self.priority = priority
            self.jsonPath = jsonPath
        }
    }

    /// Paths in an object, by field names.
    package struct ScalePaths: Sendable {
        package let replicas: [String]
        package let statusReplicas: [String]
        /// Nil where the resource tells no selector.
        package let selector: [String]?

        package init(replicas: [String], statusReplicas: [String], selector: [String]?) {
            self.replicas = replicas
            self.statusReplicas = statusReplicas
            self.selector = selector
        }
    }

    package init(
        kind: GroupVersionKind, plural: String, singular: String, shortNames: [String] = [], categories: [String] = [],
        isNamespaced: Bool, verbs: [String], hasStatus: Bool, scale: ScalePaths? = nil, type: SchemaType,
        isCustom: Bool = false, listKind: String? = nil, subresources: [Subresource] = [],
        printerColumns: [PrinterColumn] = []
    ) {
        self.kind = kind
        self.plural = plural
        self.singular = singular
        self.shortNames = shortNames
        self.categories = categories
        self.isNamespaced = isNamespaced
        self.verbs = verbs
        self.hasStatus = hasStatus
        self.scale = scale
        self.type = type
        self.isCustom = isCustom
        self.listKind = listKind ?? kind.kind + "List"
        self.subresources = subresources
        self.printerColumns = printerColumns
    }

    /// `deployments.apps`, as error messages and `details` name it; the plural alone in the core group.
    package var qualifiedName: String { kind.group.isEmpty ? plural : "\(plural).\(kind.group)" }
}
