package import Resources

extension SchemaRegistry {
    /// One resource for each served version of a CustomResourceDefinition (`apiextensions.k8s.io/v1`), the preferred
    /// one first, with its structural schema as type; none where names are missing.
    ///
    /// What its constraints hold is said at `SchemaType.constraints`; an element that may be null has `nullable` there,
    /// an embedded resource `x-kubernetes-embedded-resource`.
    package static func resources(of definition: KubernetesObject) -> [ResourceDefinition] {
        guard let spec = definition.value["spec"], let group = spec["group"]?.string else { return [] }
        // Discovery shows the names that were accepted, once they are.
        let accepted = definition.value[path: "status", "acceptedNames"]
        let names = accepted?["kind"]?.string?.isEmpty == false ? accepted : spec["names"]
        guard let names, let kind = names["kind"]?.string, let plural = names["plural"]?.string else { return [] }
        let versions = (spec["versions"]?.array ?? []).filter { $0["served"] == true }
        return versions.compactMap { version in
            guard let name = version["name"]?.string else { return nil }
            return ResourceDefinition(
                kind: GroupVersionKind(group: group, version: name, kind: kind),
                plural: plural,
                singular: nonEmpty(names["singular"]) ?? kind.lowercased(),
                shortNames: strings(names["shortNames"]),
                categories: strings(names["categories"]),
                isNamespaced: spec["scope"] == "Namespaced",
                verbs: ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"],
                hasStatus: version[path: "subresources", "status"] != nil,
                scale: version[path: "subresources", "scale"].flatMap(scale),
                type: StructuralSchema.resource(version[path: "schema", "openAPIV3Schema"]),
                isCustom: true,
                listKind: nonEmpty(names["listKind"]),
                printerColumns: columns(version["additionalPrinterColumns"])
            )
        }.sorted { DiscoveryOrder.precedes($0.kind.version, $1.kind.version) }
    }

    private static func scale(_ scale: Value) -> ResourceDefinition.ScalePaths? {
        guard let replicas = path(scale["specReplicasPath"]), let status = path(scale["statusReplicasPath"]) else {
            return nil
        }
        return ResourceDefinition.ScalePaths(
            replicas: replicas, statusReplicas: status, selector: path(scale["labelSelectorPath"]))
    }

    /// The fields of a path such as `.spec.replicas`.
    private static func path(_ value: Value?) -> [String]? {
        let fields = value?.string?.split(separator: ".").map(String.init) ?? []
        return fields.isEmpty ? nil : fields
    }

    /// Without any, a table has the age.
    private static func columns(_ list: Value?) -> [ResourceDefinition.PrinterColumn] {
        guard let list = list?.array, !list.isEmpty else {
            return [.init(name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp")]
        }
        return list.map { column in
            ResourceDefinition.PrinterColumn(
                name: column["name"]?.string ?? "",
                type: column["type"]?.string ?? "",
                format: column["format"]?.string ?? "",
                priority: column["priority"]?.integer ?? 0,
                jsonPath: column["jsonPath"]?.string ?? ""
            )
        }
    }

    private static func strings(_ value: Value?) -> [String] { (value?.array ?? []).compactMap(\.string) }

    private static func nonEmpty(_ value: Value?) -> String? {
        value?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
