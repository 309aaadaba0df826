package import Resources

/// The OpenAPI documents of an API server, without descriptions.
///
/// `resources` are all that are served now.
package enum OpenAPIDocuments {
    static let patchType = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch"
    static let deleteOptionsType = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"
    static let statusType = "io.k8s.apimachinery.pkg.apis.meta.v1.Status"
    private static let listMetaType = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta"

    /// `/openapi/v3`: where the document of each group version is.
    ///
    /// Clients keep documents by the hash in their address, so it changes whenever the document does.
    package static func index(
        _ resources: [ResourceDefinition], registry: SchemaRegistry, serving: KubernetesVersion = .newest
    ) -> Value {
        var paths: [String: Value] = [:]
        for group in DiscoveryOrder.groups(of: resources) {
            for version in DiscoveryOrder.versions(of: group, resources) {
                let path = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
                let isCustom = resources.contains {
                    $0.isCustom && $0.kind.group == group && $0.kind.version == version
                }
                var hash = TextHash()
                hash.add("\(serving.minor) \(path)".utf8)
                if isCustom {
                    let document = v3(
                        group: group, version: version, resources, registry: registry, serving: serving)
                    hash.add(document?.jsonBytes ?? [])
                } else {
                    hash.add(builtInHash)
                }
                paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash.text)")]
            }
        }
        return ["paths": .object(paths)]
    }

    /// `/openapi/v3/apis/GROUP/VERSION`, `/openapi/v3/api/v1`; nil where the version is not served.
    package static func v3(
        group: String, version: String, _ resources: [ResourceDefinition], registry: SchemaRegistry,
        serving: KubernetesVersion = .newest
    ) -> Value? {
        let served = resources.filter { $0.kind.group == group && $0.kind.version == version }
        if served.isEmpty { return nil }
        let (paths, components) = content(served, registry: registry, form: .v3, serving: serving)
        return [
            "openapi": "3.0.0", "info": info(serving), "paths": paths, "components": ["schemas": components],
        ]
    }

    /// `/openapi/v2`
    package static func v2(
        _ resources: [ResourceDefinition], registry: SchemaRegistry, serving: KubernetesVersion = .newest
    ) -> Value {
        let (paths, definitions) = content(resources, registry: registry, form: .v2, serving: serving)
        return ["swagger": "2.0", "info": info(serving), "paths": paths, "definitions": definitions]
    }

    private static func info(_ version: KubernetesVersion) -> Value {
        ["title": "Kubernetes", "version": .string(version.gitVersion)]
    }

    private static func content(
        _ resources: [ResourceDefinition], registry: SchemaRegistry, form: OpenAPIForm, serving: KubernetesVersion
    ) -> (paths: Value, components: Value) {
        var schemas = OpenAPISchemas(registry: registry, form: form)
        var kinds: [String: GroupVersionKind] = [:]
        var paths: [String: Value] = [:]
        for resource in resources {
            add(resource, to: &schemas, &kinds)
            for (path, operations) in resource.operations(registry) {
                for operation in operations where operation.response == operation.body {
                    if let type = operation.response { kinds[type] = operation.kind }
                }
                paths[path] = OpenAPIPath(path: path, operations: operations).value(&schemas, serving: serving)
            }
        }
        schemas.finish()
        var components = schemas.components
        for (name, kind) in kinds where components[name] != nil {
            components[name]?["x-kubernetes-group-version-kind"] = [gvk(kind)]
        }
        return (.object(paths), .object(components))
    }

    private static func add(
        _ resource: ResourceDefinition, to schemas: inout OpenAPISchemas, _ kinds: inout [String: GroupVersionKind]
    ) {
        let name = resource.openAPIName
        kinds[name] = resource.kind
        let type = resource.isCustom ? schemas.schema(resource.type, isCustom: true) : schemas.reference(name)
        if resource.isCustom { schemas.add(type, as: name) }
        guard resource.verbs.contains("list") else { return }
        let list = GroupVersionKind(
            group: resource.kind.group, version: resource.kind.version, kind: resource.listKind)
        kinds[name + "List"] = list
        let schema: Value = [
            "type": "object", "required": ["items"],
            "properties": [
                "apiVersion": ["type": "string"], "kind": ["type": "string"],
                "items": ["type": "array", "items": schemas.reference(name)],
                "metadata": schemas.reference(listMetaType),
            ],
        ]
        schemas.add(schema, as: name + "List")
    }

    static func gvk(_ kind: GroupVersionKind) -> Value {
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    }

    private static let builtInHash: [UInt8] = {
        var hash = TextHash()
        SchemaRegistry.withBuiltInText { hash.add($0) }
        return Array(hash.text.utf8)
    }()
}

/// One path of a document with its operations.
private struct OpenAPIPath {
    let path: String
    let operations: [OpenAPIOperation]

    func value(_ schemas: inout OpenAPISchemas, serving: KubernetesVersion) -> Value {
        var item: Value = [:]
        for operation in operations {
            item[operation.method] = value(operation, &schemas, serving: serving)
        }
        let names = ["name", "namespace"].filter { path.contains("{\($0)}") }
        item["parameters"] = .array(
            names.map { parameter($0, "path", schemas.form) } + [parameter("pretty", "query", schemas.form)])
        return item
    }

    private func value(
        _ operation: OpenAPIOperation, _ schemas: inout OpenAPISchemas, serving: KubernetesVersion
    ) -> Value {
        var parameters = operation.parameters(serving).map { parameter($0, "query", schemas.form) }
        var response: Value = ["description": "OK"]
        var value: Value = [
            "x-kubernetes-action": .string(operation.action),
            "x-kubernetes-group-version-kind": OpenAPIDocuments.gvk(operation.kind),
        ]
        let body = operation.body.map { schemas.reference($0) }
        let answer = operation.response.map { schemas.reference($0) }
        if schemas.form == .v2 {
            if let body {
                let isRequired = !operation.action.hasPrefix("delete")
                var sent: Value = ["name": "body", "in": "body", "schema": body]
                if isRequired { sent["required"] = true }
                parameters.insert(sent, at: 0)
            }
            if let answer { response["schema"] = answer }
            value["consumes"] = DiscoveryDocuments.strings(operation.mediaTypes)
            value["produces"] = ["application/json", "application/yaml"]
        } else {
            if let body {
                let content = operation.mediaTypes.map { ($0, ["schema": body] as Value) }
                value["requestBody"] = ["content": .object(Dictionary(uniqueKeysWithValues: content))]
            }
            if let answer { response["content"] = ["application/json": ["schema": answer]] }
        }
        value["responses"] = ["200": response]
        if !parameters.isEmpty { value["parameters"] = .array(parameters) }
        return value
    }

    private func parameter(_ name: String, _ place: String, _ form: OpenAPIForm) -> Value {
        let type = OpenAPIOperation.type(ofParameter: name)
        var parameter: Value = ["name": .string(name), "in": .string(place)]
        if place == "path" { parameter["required"] = true }
        if form == .v2 {
            parameter["type"] = type
            parameter["uniqueItems"] = true
        } else {
            parameter["schema"] = ["type": type, "uniqueItems": true]
        }
        return parameter
    }
}

/// FNV-1a: tells whether a text has changed, and nothing that anybody's safety rests on.
private struct TextHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    var text: String { String(state, radix: 16) }
}
