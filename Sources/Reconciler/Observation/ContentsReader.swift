internal import KubeClient
internal import Planning
internal import Resources

/// Finds what would be lost with a Namespace or a CustomResourceDefinition besides the application's members.
struct ContentsReader {
    let client: KubeClient
    let application: ApplicationIdentity

    /// For a Namespace what lives in it, for a definition all objects of its kind; nil for other kinds.
    func contents(of object: KubernetesObject) async throws -> ForeignContents? {
        switch object.identity.groupKind {
        case GroupKind(group: "", kind: "Namespace"): try await contents(ofNamespace: object.name)
        case GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"):
            try await contents(ofDefinition: object)
        default: nil
        }
    }

    private func contents(ofNamespace namespace: String) async throws -> ForeignContents {
        let discovery = try await client.discover()
        let unavailable = discovery.unavailableGroups.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let lists = try await concurrentMap(Self.listable(discovery), limit: 16) { resource in
            try await objects(of: resource, in: namespace)
        }
        let unknown = unavailable.isEmpty ? nil : unavailable.joined(separator: "; ")
        return ForeignContents(contents: lists.flatMap(\.self), application: application, unknown: unknown)
    }

    private func contents(ofDefinition definition: KubernetesObject) async throws -> ForeignContents {
        let spec = definition.value["spec"]
        let kind = GroupKind(group: spec?["group"]?.string ?? "", kind: spec?["names"]?["kind"]?.string ?? "")
        let discovery = try await client.discover(groups: [kind.group])
        switch discovery.preferred(kind) {
        case .found(let resource):
            return ForeignContents(contents: try await objects(of: resource, in: nil), application: application)
        case .unavailable(let group, let reason):
            return ForeignContents(objects: [], unknown: "\(group): \(reason)")
        case .unknownKind: return ForeignContents(objects: [])
        }
    }

    /// One resource a kind: objects that several versions serve are read once.
    private static func listable(_ discovery: Discovery) -> [APIResource] {
        Set(discovery.resources.keys.map(\.groupKind)).compactMap { kind in
            guard case .found(let resource) = discovery.preferred(kind), resource.isNamespaced,
                resource.verbs.contains("list")
            else { return nil }
            return resource
        }
    }

    private func objects(of resource: APIResource, in namespace: String?) async throws -> [KubernetesObject] {
        do {
            return try await client.listMetadata(resource, namespace: namespace).items
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            return []
        }
    }
}
