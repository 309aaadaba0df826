internal import Diffing
internal import KubeClient
internal import Planning
internal import Resources

/// Writes single objects: the only place that changes members in a cluster. It waits for nothing but kinds to be served.
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
            try await log.noting(object.identity) { try await client.apply(object, as: resource, options: options) }
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
                _ = try await log.noting(current.identity) {
                    try await client.patch(
                        resource, namespace: current.namespace, name: current.name, .json(.array(patch)))
                }
                return
            } catch let error as APIError where error.isConflict {
                live = try await client.get(resource, namespace: current.namespace, name: current.name)
            }
        }
    }

    /// Gives an object back the fields and the owners that it had.
    /// - Returns: It as it was found, and as the server has it then.
    /// - Throws: `StepFailure` where the object is gone, or another one has its name.
    func restore(
        _ before: KubernetesObject, as resource: APIResource
    ) async throws -> (found: KubernetesObject, restored: KubernetesObject) {
        let earlier = EarlierState(before, manager: KubeClient.fieldManager)
        // A workload that goes back is written by its controller again and again.
        for attempt in 0..<9 {
            guard let live = try await client.get(resource, namespace: before.namespace, name: before.name),
                live.uid == before.uid
            else { throw refusal("it was deleted since the run began, and what it was then can't be brought back") }
            do {
                var current = live
                let values = Self.edits(from: live, to: earlier.values(in: live))
                if !values.isEmpty { current = try await edit(live, values, as: resource) }
                let owners = earlier.managedFields(in: current)
                if owners == current.metadata["managedFields"] { return (live, current) }
                let edits: [Value] = [["op": "replace", "path": "/metadata/managedFields", "value": owners]]
                return (live, try await edit(current, edits, as: resource))
            } catch let error as APIError where error.isConflict {
                try await client.clock.sleep(for: .milliseconds(25 << attempt))
            }
        }
        throw refusal("it changes faster than it can be restored")
    }

    /// Changes an object that is still as it was read.
    private func edit(
        _ live: KubernetesObject, _ edits: [Value], as resource: APIResource
    ) async throws -> KubernetesObject {
        let version: Value = [
            "op": "replace", "path": "/metadata/resourceVersion", "value": live.metadata["resourceVersion"] ?? .null,
        ]
        return try await log.noting(live.identity) {
            try await client.patch(
                resource, namespace: live.namespace, name: live.name, .json(.array(edits + [version])))
        }.object
    }

    /// What turns one object into the other, as a JSON patch (RFC 6902) of whole fields of the object and its metadata;
    /// a patch needs no right that applying does not need.
    private static func edits(from live: KubernetesObject, to wanted: KubernetesObject) -> [Value] {
        func edits(_ live: Value, _ wanted: Value, at path: String) -> [Value] {
            let names = Set((live.object ?? [:]).keys).union((wanted.object ?? [:]).keys).sorted()
            return names.compactMap { name in
                guard live[name] != wanted[name], path + name != "/metadata" else { return nil }
                let pointer = name.replacing("~", with: "~0").replacing("/", with: "~1")
                guard let value = wanted[name] else { return ["op": "remove", "path": .string(path + pointer)] }
                return ["op": "add", "path": .string(path + pointer), "value": value]
            }
        }
        return edits(live.value, wanted.value, at: "/") + edits(live.metadata, wanted.metadata, at: "/metadata/")
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
                let outcome = try await log.noting(current.identity) {
                    try await client.delete(
                        resource,
                        namespace: current.namespace,
                        name: current.name,
                        preconditions: DeletePreconditions(uid: uid, resourceVersion: current.resourceVersion),
                        propagation: .foreground
                    )
                }
                if outcome != .absent {
                    let digests = WriteDigests(before: current, after: nil)
                    await log.tell(.deletionAccepted, current.identity, digests: digests)
                }
                return outcome != .terminating
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

    /// What came into a Namespace since the plan was made would be lost with it. A group of the API that does not answer,
    /// as one does for a moment while a definition comes or goes, is asked again for some seconds.
    private func checkContents(of member: KubernetesObject) async throws {
        let reader = ContentsReader(client: client, application: application)
        var delay = Duration.milliseconds(200)
        while let contents = try await reader.contents(of: member) {
            if let first = contents.objects.first {
                throw refusal("\(first), which is not the application's, would be lost with it")
            }
            guard let unknown = contents.unknown else { return }
            guard delay < .seconds(6) else { throw refusal("it is not known what would be lost with it: \(unknown)") }
            try await client.clock.sleep(for: delay)
            delay *= 2
        }
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
