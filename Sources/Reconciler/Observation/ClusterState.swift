package import KubeClient
package import Planning
package import Resources

/// What a run knows of the cluster before it plans: read once, never guessed.
package struct ClusterState: Sendable {
    /// The UID of the namespace kube-system; nil where the account may not read it.
    package let fingerprint: String?
    package let discovery: Discovery
    /// What the ApplySet's parent recorded; nil where the application is new.
    package let recorded: ApplySet?
    /// The live members, by identity.
    package let members: [ObjectIdentity: KubernetesObject]
    /// The resources of the members' kinds.
    package let resources: [GroupKind: APIResource]
    /// Recorded kinds of which nothing certain is known, because their API group did not answer: why, by kind.
    package let unreadKinds: [GroupKind: String]

    package func resource(of identity: ObjectIdentity) -> APIResource? { resources[identity.groupKind] }
}

/// Reads what there is of an application in the cluster.
struct ClusterReader {
    let client: KubeClient
    let application: ApplicationIdentity

    /// - Parameters:
    ///   - kinds: Those that the source declares.
    ///   - namespaces: Those that the source declares objects in.
    func read(kinds: Set<GroupVersionKind>, namespaces: Set<String>) async throws -> ClusterState {
        async let fingerprint = fingerprint()
        let recorded = try await recordedSet()
        let groups = Set(kinds.map(\.group)).union(recorded?.groupKinds.map(\.group) ?? []).union(["", "apps"])
        let discovery = try await client.discover(groups: groups)
        var (resources, unread) = recordedResources(recorded, discovery)
        for kind in kinds.sorted(by: { $0.description < $1.description }) {
            if case .found(let resource) = discovery.resource(for: kind) { resources[kind.groupKind] = resource }
        }
        let lister = MemberLister(
            client: client,
            label: (ApplySet.memberLabel, application.applySetID),
            namespaces: namespaces.union(recorded?.namespaces ?? []).union([application.namespace])
        )
        return ClusterState(
            fingerprint: try await fingerprint,
            discovery: discovery,
            recorded: recorded,
            members: try await lister.members(of: Set(resources.values)),
            resources: resources,
            unreadKinds: unread
        )
    }

    private func fingerprint() async throws -> String? {
        do {
            return try await client.get(.namespaces, name: "kube-system")?.uid
        } catch let error as APIError where error.isForbidden {
            return nil
        }
    }

    /// What the ApplySet's parent says; nil where there is none.
    func recordedSet() async throws -> ApplySet? {
        let parent = application.parent
        guard let live = try await client.get(.secrets, namespace: parent.namespace, name: parent.name) else {
            return nil
        }
        return try ApplySet(application, parent: live)
    }

    /// The resources of recorded kinds. A kind that is certainly no longer served has no members; of one whose group did
    /// not answer nothing is known, which is not the same.
    private func recordedResources(
        _ recorded: ApplySet?, _ discovery: Discovery
    ) -> ([GroupKind: APIResource], [GroupKind: String]) {
        var resources: [GroupKind: APIResource] = [:]
        var unread: [GroupKind: String] = [:]
        for kind in recorded?.groupKinds ?? [] {
            switch discovery.preferred(kind) {
            case .found(let resource): resources[kind] = resource
            case .unavailable(_, let reason): unread[kind] = reason
            case .unknownKind: break
            }
        }
        return (resources, unread)
    }
}
