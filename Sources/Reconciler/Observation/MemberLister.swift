internal import KubeClient
internal import Planning
internal import Resources

/// Finds the live members of the application by their label: one list a kind.
struct MemberLister {
    let client: KubeClient
    let label: (key: String, value: String)
    /// Where members may live.
    let namespaces: Set<String>

    /// The live members of the kinds, with apiVersion and kind.
    /// - Throws: On the first list that fails: a partial answer must never look like absence.
    func members(of resources: Set<APIResource>) async throws -> [ObjectIdentity: KubernetesObject] {
        try await withThrowingTaskGroup(of: [KubernetesObject].self) { group in
            for resource in resources {
                group.addTask { try await list(resource) }
            }
            var found: [ObjectIdentity: KubernetesObject] = [:]
            for try await objects in group {
                for object in objects { found[object.identity] = object }
            }
            return found
        }
    }

    private func list(_ resource: APIResource) async throws -> [KubernetesObject] {
        if !resource.isNamespaced { return try await list(resource, in: nil) }
        if let only = namespaces.first, namespaces.count == 1 { return try await list(resource, in: only) }
        do {
            let all = try await list(resource, in: nil)
            return all.filter { namespaces.contains($0.namespace) }
        } catch let error as APIError where error.isForbidden {
            // An account with rights in the namespaces alone may not list all of them at once.
            return try await listEach(resource)
        }
    }

    private func listEach(_ resource: APIResource) async throws -> [KubernetesObject] {
        var objects: [KubernetesObject] = []
        for namespace in namespaces.sorted() {
            objects += try await list(resource, in: namespace)
        }
        return objects
    }

    private func list(_ resource: APIResource, in namespace: String?) async throws -> [KubernetesObject] {
        do {
            let selector = "\(label.key)=\(label.value)"
            let found = try await client.list(resource, namespace: namespace, labelSelector: selector).items
            // Controllers copy labels to what they make: that belongs to its owner.
            return found.filter { ApplySet.isWritten($0) || !$0.owners.contains(where: \.isController) }
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            // The kind's definition was removed after discovery: its objects went with it.
            return []
        }
    }
}
