internal import Resources

/// The schemas that a CustomResourceDefinition has for its versions.
enum CustomResourceSchemas {
    static let kind = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")

    static func nodes(of definition: KubernetesObject) -> [GroupVersionKind: SchemaNode] {
        guard let spec = definition.value["spec"], let group = spec["group"]?.string,
            let kind = spec[path: "names", "kind"]?.string
        else { return [:] }
        let isBeta = definition.groupVersionKind.version == "v1beta1"
        let parser = SchemaParser(
            isStructural: true,
            preservesUnknownFields: isBeta && spec["preserveUnknownFields"] != false
                || spec["preserveUnknownFields"] == true
        )
        var versions = spec["versions"]?.array ?? []
        if versions.isEmpty, let name = spec["version"] { versions = [["name": name]] }
        var nodes: [GroupVersionKind: SchemaNode] = [:]
        for version in versions {
            guard let name = version["name"]?.string else { continue }
            let schema = version[path: "schema", "openAPIV3Schema"] ?? spec[path: "validation", "openAPIV3Schema"]
            nodes[GroupVersionKind(group: group, version: name, kind: kind)] = resource(schema, parser: parser)
        }
        return nodes
    }

    /// The schema of a whole resource; anything is allowed where the definition has none.
    private static func resource(_ schema: Value?, parser: SchemaParser) -> SchemaNode {
        guard var schema, schema.object != nil else {
            return SchemaNode(shape: .object, properties: SchemaParser.resourceFields)
        }
        schema["x-kubernetes-embedded-resource"] = true
        return parser.node(schema)
    }
}
