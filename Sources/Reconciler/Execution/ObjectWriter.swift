internal import Diffing
internal import KubeClient
internal import Planning
internal import Resources

/// Writes single objects: the only place that changes members in a cluster.
struct ObjectWriter {
    let client: KubeClient
    let label: (key: String, value: String)
    let objectTimeout: Duration

    /// Applies the object and returns it as the server has it then.
    ///
    /// Of the object that it takes over, client-side applies give up their fields first.
    /// An object that is still being deleted is waited for, and then created anew. A kind that is not served yet,
    /// because its definition is only a moment old, is tried again for some seconds.
    func apply(
        _ object: KubernetesObject,
        takingOver live: KubernetesObject?,
        as resource: APIResource,
        force: Bool,
        report: (String) async -> Void
    ) async throws -> WriteResult {
        if let live { try await handOver(live, as: resource, apiVersion: object.apiVersion) }
        let options = ApplyOptions(force: force)
        let result = try await retryingNotFound {
            try await client.apply(object, as: resource, options: options)
        }
        guard result.object.isBeingDeleted, let uid = result.object.uid else { return result }
        await report("the old object is still being deleted")
        try await waitUntilGone(result.object.identity, uid: uid, as: resource)
        return try await client.apply(object, as: resource, options: options)
    }

    /// Gives our field manager what client-side applies own, so that fields which the manifest drops go away.
    private func handOver(_ live: KubernetesObject, as resource: APIResource, apiVersion: String) async throws {
        var live: KubernetesObject? = live
        for _ in 0..<5 {
            guard let current = live,
                let patch = ManagedFieldsMigration.patch(
                    for: current, manager: KubeClient.fieldManager, apiVersion: apiVersion)
            else { return }
            do {
                _ = try await client.patch(
                    resource, namespace: current.namespace, name: current.name, .json(.array(patch)))
                return
            } catch let error as APIError where error.isConflict {
                live = try await client.get(resource, namespace: current.namespace, name: current.name)
            }
        }
    }

    /// Deletes the live object, waits until it is gone, and creates the desired one.
    func replace(
        _ live: KubernetesObject, with object: KubernetesObject, as resource: APIResource
    ) async throws -> WriteResult {
        try await delete(live, as: resource)
        return try await client.apply(object, as: resource, options: ApplyOptions(force: true))
    }

    /// Deletes a member and waits until it is gone; one that is gone already is fine.
    ///
    /// Identity, UID and membership are checked against what the server has at that moment, and the deletion carries
    /// UID and resource version as preconditions: what somebody else created anew under the name is left alone.
    func delete(_ member: KubernetesObject, as resource: APIResource) async throws {
        guard let uid = member.uid else { return }
        var live: KubernetesObject? = member
        for _ in 0..<10 {
            guard let current = live, current.uid == uid else { return }
            guard current.labels[label.key] == label.value else {
                throw StepFailure(
                    phase: .deletion,
                    message: "it is no longer a member of the application: the label \(label.key) has changed",
                    details: [],
                    hint: "plan again"
                )
            }
            if current.isBeingDeleted { break }
            do {
                let outcome = try await client.delete(
                    resource,
                    namespace: current.namespace,
                    name: current.name,
                    preconditions: DeletePreconditions(uid: uid, resourceVersion: current.resourceVersion),
                    propagation: .foreground
                )
                if outcome == .gone { return }
                break
            } catch let error as APIError where error.isConflict {
                live = try await client.get(resource, namespace: current.namespace, name: current.name)
            } catch let error as APIError where error.isNotFound {
                return
            }
        }
        try await waitUntilGone(member.identity, uid: uid, as: resource)
    }

    /// Polls, because a deletion ends with whichever comes first: the object's absence or another UID.
    private func waitUntilGone(_ identity: ObjectIdentity, uid: String, as resource: APIResource) async throws {
        var waited = Duration.zero
        var delay = Duration.milliseconds(50)
        while let live = try await client.get(resource, namespace: identity.namespace, name: identity.name) {
            if live.uid != uid { return }
            guard waited < objectTimeout else { throw stuck(live) }
            try await client.clock.sleep(for: delay)
            waited += delay
            delay = min(delay * 2, .seconds(2))
        }
    }

    private func stuck(_ live: KubernetesObject) -> StepFailure {
        let finalizers = (live.metadata["finalizers"]?.array ?? []).compactMap(\.string)
        return StepFailure(
            phase: .deletion,
            message: "not gone after \(objectTimeout.brief)"
                + (finalizers.isEmpty ? "" : ": finalizers \(finalizers.joined(separator: ", ")) hold it"),
            details: [],
            hint: finalizers.isEmpty ? nil : "find out why the finalizers' controllers do not remove them"
        )
    }

    /// An apply creates what does not exist, so that "not found" can only mean the kind or the namespace.
    private func retryingNotFound(
        _ write: () async throws -> WriteResult
    ) async throws -> WriteResult {
        var delay = Duration.milliseconds(100)
        while true {
            do {
                return try await write()
            } catch let error as APIError where error.isNotFound && delay < .seconds(6) {
                try await client.clock.sleep(for: delay)
                delay *= 2
            }
        }
    }
}
