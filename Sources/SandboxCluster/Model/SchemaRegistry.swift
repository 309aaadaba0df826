/// The types and resources that an API serves: Kubernetes' own, and those of CustomResourceDefinitions.
package struct SchemaRegistry: Sendable {
    /// By the name that references use, which is that of the OpenAPI document: `io.k8s.api.apps.v1.Deployment`.
    package var types: [String: SchemaType]
    package var resources: [ResourceDefinition]

    package init(types: [String: SchemaType], resources: [ResourceDefinition]) {
        self.types = types
        self.resources = resources
    }

    /// The type itself, where it is one that only names another; an unknown name is taken as anything.
    package func resolved(_ type: SchemaType) -> SchemaType {
        var current = type
        while case .reference(let name) = current.shape {
            guard let next = types[name] else { return SchemaType(.untyped) }
            current = next
        }
        return current
    }
}
