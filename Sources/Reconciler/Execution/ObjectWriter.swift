internal import Diffing
internal import KubeClient
internal import Planning
internal import Resources

/// Writes single objects: the only place that changes members in a cluster. It waits for nothing.
struct ObjectWriter {
    let client: KubeClient
    let discovery: Discovery
    let application: ApplicationIdentity
    let log: RunLog

    /// Applies the object and returns it as the server has it then.
    ///
    /// Of the object that it takes over, client-side applies give up their fields first. A kind that is not served yet,
    /// because its definition is only a moment old, is tried again for some seconds.
    /// - Parameter live: The object as the plan knows it; another one under its name is left alone.
    func apply(
        _ object: KubernetesObject, to live: KubernetesObject?, as resource: APIResource, takesOver: Bool, force: Bool
    ) async throws -> WriteResult {
        var object = object
        var force = force
        if let live {
            try await handOver(live, as: resource, apiVersion: object.apiVersion, takesOver: takesOver)
            object.value["metadata"]?["uid"] = live.uid.map(Value.string)
            // What was written before servers knew field managers would conflict with a manager that they make up.
            if takesOver, live.metadata["managedFields"] == nil { force = true }
        }
        let options = ApplyOptions(force: force)
        return try await retryingNotFound { [object] in
            try await log.noting { try await client.apply(object, as: resource, options: options) }
        }
    }

    /// Puts field ownership right: gives our field manager what client-side applies own, so that fields which the
    /// manifest drops go away, and rewrites entries of versions that are no longer served.
    private func handOver(
        _ live: KubernetesObject, as resource: APIResource, apiVersion: String, takesOver: Bool
    ) async throws {
        var live: KubernetesObject? = live
        for _ in 0..<5 {
            guard let current = live, takesOver || discovery.hasObsoleteFields(current),
                let patch = ManagedFieldsMigration.patch(
                    for: current,
                    manager: KubeClient.fieldManager,
                    apiVersion: apiVersion,
                    servedVersions: discovery.servedVersions(of: resource.groupKind.group)
                )
            else { return }
            do {
                _ = try await log.noting {
                    try await client.patch(
                        resource, namespace: current.namespace, name: current.name, .json(.array(patch)))
                }
                return
            } catch let error as APIError where error.isConflict {
                live = try await client.get(resource, namespace: current.namespace, name: current.name)
            }
        }
    }

    /// Has a member deleted; one that is gone already is fine. Returns whether it is gone.
    ///
    /// Identity, UID, membership and protection are checked against what the server has at that moment, and the deletion
    /// carries UID and resource version as preconditions: what somebody else created anew under the name is left alone.
    func delete(_ member: KubernetesObject, as resource: APIResource) async throws -> Bool {
        guard let uid = member.uid else { return true }
        try await checkContents(of: member)
        var live: KubernetesObject? = member
        for _ in 0..<10 {
            guard let current = live, current.uid == uid else { return true }
            try check(current)
            if current.isBeingDeleted { return false }
            do {
                return try await log.noting {
                    try await client.delete(
                        resource,
                        namespace: current.namespace,
                        name: current.name,
                        preconditions: DeletePreconditions(uid: uid, resourceVersion: current.resourceVersion),
                        propagation: .foreground
                    ) == .gone
                }
            } catch let error as APIError where error.isConflict {
                live = try await client.get(resource, namespace: current.namespace, name: current.name)
            }
        }
        throw refusal("it changes faster than it can be deleted")
    }

    private func check(_ current: KubernetesObject) throws {
        if Membership(of: current, in: application) != .ours {
            throw refusal(
                "it is no longer a member of the application: the label \(ApplySet.memberLabel) has changed")
        }
        if let annotation = Protection.annotation(of: current) {
            throw refusal("its annotation \(annotation) protects it since the plan was made")
        }
    }

    /// What came into a Namespace since the plan was made would be lost with it.
    private func checkContents(of member: KubernetesObject) async throws {
        let reader = ContentsReader(client: client, application: application)
        guard let contents = try await reader.contents(of: member) else { return }
        if let first = contents.objects.first {
            throw refusal("\(first), which is not the application's, would be lost with it")
        }
        if let unknown = contents.unknown { throw refusal("it is not known what would be lost with it: \(unknown)") }
    }

    private func refusal(_ message: String) -> StepFailure {
        StepFailure(phase: .deletion, message: message, details: [], hint: "plan again")
    }

    /// An apply creates what does not exist, so that "not found" can only mean the kind or the namespace.
    private func retryingNotFound(
        _ write: () async throws -> WriteResult
    ) async throws -> WriteResult {
        var delay = Duration.milliseconds(100)
        while true {
            do {
                return try await write()
            } catch let error as APIError where (error.isNotFound || error.isUnserved) && delay < .seconds(6) {
                try await client.clock.sleep(for: delay)
                delay *= 2
            }
        }
    }
}

extension Discovery {
    /// The `apiVersion`s that the server has for a group; empty where that is not known.
    func servedVersions(of group: String) -> Set<String> {
        let names = versions[group] ?? []
        return Set(names.map { group.isEmpty ? $0 : "\(group)/\($0)" })
    }

    /// Whether fields of the object are owned in a version that its group no longer has: each apply fails then
    /// (kubernetes/kubernetes#111937).
    func hasObsoleteFields(_ object: KubernetesObject) -> Bool {
        let group = object.identity.groupKind.group
        let served = servedVersions(of: group)
        return !served.isEmpty
            && object.managedFields.map(\.apiVersion).contains {
                GroupVersionKind(apiVersion: $0, kind: object.kind).group == group && !served.contains($0)
            }
    }
}
