package import Resources

/// What an API server tells of the resources that it serves.
///
/// `resources` are all that are served now. Groups are listed in the order in which they appear, those of custom
/// resources behind them; of a group's versions the preferred one comes first.
package enum DiscoveryDocuments {
    /// `/api`
    /// - Parameter serverAddress: Where clients reach the server (`127.0.0.1:6443`).
    package static func apiVersions(serverAddress: String = "127.0.0.1:6443") -> Value {
        [
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [
                ["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]
            ],
        ]
    }

    /// `/apis`
    package static func groups(_ resources: [ResourceDefinition]) -> Value {
        let names = DiscoveryOrder.groups(of: resources).filter { !$0.isEmpty }
        return [
            "kind": "APIGroupList", "apiVersion": "v1", "groups": .array(names.map { entry(ofGroup: $0, resources) }),
        ]
    }

    /// `/apis/GROUP`; nil where the group is not served.
    package static func group(_ name: String, _ resources: [ResourceDefinition]) -> Value? {
        guard !name.isEmpty, resources.contains(where: { $0.kind.group == name }) else { return nil }
        var group = entry(ofGroup: name, resources)
        group["kind"] = "APIGroup"
        group["apiVersion"] = "v1"
        return group
    }

    private static func entry(ofGroup name: String, _ resources: [ResourceDefinition]) -> Value {
        let versions = DiscoveryOrder.versions(of: name, resources).map { version -> Value in
            ["groupVersion": .string("\(name)/\(version)"), "version": .string(version)]
        }
        return ["name": .string(name), "versions": .array(versions), "preferredVersion": versions.first ?? .null]
    }

    /// `/api/v1`, `/apis/GROUP/VERSION`; nil where the version is not served.
    /// - Parameter serving: Servers before 1.27 tell no singular names of built-in resources.
    package static func resourceList(
        group: String, version: String, _ resources: [ResourceDefinition], serving: KubernetesVersion = .newest
    ) -> Value? {
        let served = inOrder(resources, group: group, version: version)
        guard let first = served.first else { return nil }
        var list: Value = ["kind": "APIResourceList", "groupVersion": .string(first.kind.apiVersion)]
        // The core group's list is older than the field.
        if !group.isEmpty { list["apiVersion"] = "v1" }
        list["resources"] = .array(
            served.flatMap { resource in
                let tellsSingular = resource.isCustom || serving.minor >= 27
                return [entry(of: resource, singular: tellsSingular ? resource.singular : "")]
                    + resource.allSubresources.map { entry(of: $0, resource) }
            })
        return list
    }

    private static func inOrder(
        _ resources: [ResourceDefinition], group: String, version: String
    ) -> [ResourceDefinition] {
        resources.filter { $0.kind.group == group && $0.kind.version == version }.sorted { $0.plural < $1.plural }
    }

    private static func entry(of resource: ResourceDefinition, singular: String) -> Value {
        var entry: Value = [
            "name": .string(resource.plural), "singularName": .string(singular),
            "namespaced": .bool(resource.isNamespaced), "kind": .string(resource.kind.kind),
            "verbs": strings(resource.verbs),
        ]
        if !resource.shortNames.isEmpty { entry["shortNames"] = strings(resource.shortNames) }
        if !resource.categories.isEmpty { entry["categories"] = strings(resource.categories) }
        return entry
    }

    private static func entry(of subresource: ResourceDefinition.Subresource, _ resource: ResourceDefinition) -> Value {
        var entry: Value = [
            "name": .string("\(resource.plural)/\(subresource.name)"), "singularName": "",
            "namespaced": .bool(resource.isNamespaced), "kind": .string(subresource.kind.kind),
            "verbs": strings(subresource.verbs),
        ]
        if subresource.kind.apiVersion != resource.kind.apiVersion {
            entry["group"] = .string(subresource.kind.group)
            entry["version"] = .string(subresource.kind.version)
        }
        return entry
    }

    static func strings(_ values: some Sequence<String>) -> Value { .array(values.map(Value.string)) }
}

// MARK: aggregated
extension DiscoveryDocuments {
    /// `/api` or `/apis` where a client asks for all at once.
    /// - Parameter version: That of `apidiscovery.k8s.io`: `v2` or `v2beta1`.
    package static func aggregated(core: Bool, _ resources: [ResourceDefinition], version: String = "v2") -> Value {
        let groups = DiscoveryOrder.groups(of: resources).filter { $0.isEmpty == core }
        return [
            "kind": "APIGroupDiscoveryList", "apiVersion": .string("apidiscovery.k8s.io/\(version)"), "metadata": [:],
            "items": .array(groups.map { aggregatedGroup($0, resources) }),
        ]
    }

    private static func aggregatedGroup(_ group: String, _ resources: [ResourceDefinition]) -> Value {
        var metadata: Value = ["creationTimestamp": nil]
        if !group.isEmpty { metadata["name"] = .string(group) }
        let versions = DiscoveryOrder.versions(of: group, resources).map { version -> Value in
            let entries = inOrder(resources, group: group, version: version).map(aggregatedEntry)
            return ["version": .string(version), "resources": .array(entries), "freshness": "Current"]
        }
        return ["metadata": metadata, "versions": .array(versions)]
    }

    private static func aggregatedEntry(_ resource: ResourceDefinition) -> Value {
        var entry: Value = [
            "resource": .string(resource.plural), "responseKind": responseKind(resource.kind, within: resource),
            "scope": resource.isNamespaced ? "Namespaced" : "Cluster",
            "singularResource": .string(resource.singular), "verbs": strings(resource.verbs),
        ]
        if !resource.shortNames.isEmpty { entry["shortNames"] = strings(resource.shortNames) }
        if !resource.categories.isEmpty { entry["categories"] = strings(resource.categories) }
        let subresources = resource.allSubresources.map { subresource -> Value in
            [
                "subresource": .string(subresource.name),
                "responseKind": responseKind(subresource.kind, within: resource),
                "verbs": strings(subresource.verbs),
            ]
        }
        if !subresources.isEmpty { entry["subresources"] = .array(subresources) }
        return entry
    }

    /// Group and version are empty where they are the resource's own.
    private static func responseKind(_ kind: GroupVersionKind, within resource: ResourceDefinition) -> Value {
        let isOwn = kind.apiVersion == resource.kind.apiVersion
        return [
            "group": .string(isOwn ? "" : kind.group), "version": .string(isOwn ? "" : kind.version),
            "kind": .string(kind.kind),
        ]
    }
}

extension ResourceDefinition {
    private static let statusVerbs = ["get", "patch", "update"]

    /// All subresources, `status` and `scale` included, by name; those of a custom resource as API servers list them.
    package var allSubresources: [Subresource] {
        var all = subresources
        if hasStatus { all.append(Subresource(name: "status", kind: kind, verbs: Self.statusVerbs)) }
        if scale != nil {
            let kind = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")
            all.append(Subresource(name: "scale", kind: kind, verbs: Self.statusVerbs))
        }
        return isCustom ? all : all.sorted { $0.name < $1.name }
    }
}
