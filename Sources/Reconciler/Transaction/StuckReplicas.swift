internal import Health
internal import KubeClient
internal import Resources

/// Removes the pods that keep a StatefulSet from going back.
///
/// Its controller replaces pods in order, and waits for each to become ready, even for one of a template that is no longer
/// declared and never will be (kubernetes/kubernetes#67250; the API's documentation calls it forced rollback).
struct StuckReplicas {
    let client: KubeClient
    let log: RunLog

    /// Deletes the pods that are not ready and not of the template that the set has again.
    /// - Parameter set: As it was just written.
    func remove(from set: KubernetesObject, as resource: APIResource, timeout: Duration) async throws {
        guard set.identity.groupKind == GroupKind(group: "apps", kind: "StatefulSet"),
            set.value[path: "spec", "updateStrategy", "type"] != "OnDelete",
            let current = try await observed(set, as: resource, timeout: timeout),
            let revision = current.value[path: "status", "updateRevision"]?.string,
            let selector = LabelSelector(current.value[path: "spec", "selector"])
        else { return }
        let pods = try await client.list(.pods, namespace: set.namespace, labelSelector: selector.queryText).items
        for pod in pods where isStuck(pod, of: current, revision) { try await delete(pod, of: set) }
    }

    /// The set once its controller has seen the write; nil where it is gone, or where that takes too long.
    private func observed(
        _ set: KubernetesObject, as resource: APIResource, timeout: Duration
    ) async throws -> KubernetesObject? {
        let stopwatch = Stopwatch(client.clock)
        while let live = try await client.get(resource, namespace: set.namespace, name: set.name), live.uid == set.uid {
            let seen = live.value[path: "status", "observedGeneration"]?.integer ?? 0
            if seen >= live.generation ?? 0 { return live }
            guard stopwatch.elapsed() < timeout else { return nil }
            try await client.clock.sleep(for: .milliseconds(100))
        }
        return nil
    }

    private func isStuck(_ pod: KubernetesObject, of set: KubernetesObject, _ revision: String) -> Bool {
        pod.owners.contains { $0.uid == set.uid } && !pod.isBeingDeleted
            && pod.labels["controller-revision-hash"] != revision && Health.assess(pod).status != .current
    }

    /// Nothing is done where the account may not: then the wait for the set tells what it waits for.
    private func delete(_ pod: KubernetesObject, of set: KubernetesObject) async throws {
        do {
            let outcome = try await client.delete(
                .pods, namespace: pod.namespace, name: pod.name,
                preconditions: DeletePreconditions(uid: pod.uid, resourceVersion: pod.resourceVersion))
            if outcome == .absent { return }
        } catch let error as APIError where error.isForbidden || error.isConflict {
            return
        }
        await log.tell(.deletionAccepted, pod.identity, digests: WriteDigests(before: pod, after: nil))
        await log.tell(.warning, pod.identity, "deleted, because it kept \(set.identity) from going back")
    }
}
