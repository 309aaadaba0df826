internal import KubeClient
internal import Resources

/// What a twin is made from: objects of the live cluster, and what could not be had of it.
struct TwinContents: Sendable {
    var objects: [KubernetesObject] = []
    /// What the twin doesn't know, one sentence each.
    var doubts: [String] = []
}

/// Reads from a cluster what a plan's rehearsal depends on. Nothing is written.
struct TwinReader: Sendable {
    let client: KubeClient
    let discovery: Discovery
    /// The kinds of the plan's objects and of the application's members.
    let kinds: Set<GroupKind>
    /// The namespaces in which the plan or the application has objects.
    let namespaces: Set<String>

    /// What schedulers, quotas, controllers and kubelets look at, wherever it is.
    private static let everywhere = [
        kind("", "Namespace"), kind("", "Node"), kind("", "Pod"), kind("", "PersistentVolume"),
        kind("", "PersistentVolumeClaim"), kind("", "ReplicationController"), kind("", "ResourceQuota"),
        kind("", "LimitRange"), kind("", "Service"), kind("apps", "Deployment"), kind("apps", "ReplicaSet"),
        kind("apps", "StatefulSet"), kind("apps", "DaemonSet"), kind("batch", "Job"), kind("batch", "CronJob"),
        kind("autoscaling", "HorizontalPodAutoscaler"), kind("policy", "PodDisruptionBudget"),
        kind("storage.k8s.io", "StorageClass"), kind("scheduling.k8s.io", "PriorityClass"),
        kind("apiextensions.k8s.io", "CustomResourceDefinition"),
    ]

    /// What pods of a namespace refer to, and what records are in.
    private static let nearby = [
        kind("", "ConfigMap"), kind("", "Secret"), kind("", "ServiceAccount"), kind("apps", "ControllerRevision"),
    ]

    private static func kind(_ group: String, _ kind: String) -> GroupKind { GroupKind(group: group, kind: kind) }

    func read() async throws -> TwinContents {
        var contents = TwinContents()
        let local = kinds.subtracting(Self.everywhere).union(Self.nearby)
        for kind in Self.everywhere { try await read(kind, in: nil, into: &contents) }
        for kind in local.sorted() {
            guard let resource = resource(kind) else { continue }
            if resource.isNamespaced {
                for namespace in namespaces.sorted() { try await read(kind, in: namespace, into: &contents) }
            } else {
                try await read(kind, in: nil, into: &contents)
            }
        }
        forgetUnknownOwners(&contents)
        return contents
    }

    private func resource(_ kind: GroupKind) -> APIResource? {
        if case .found(let resource) = discovery.preferred(kind) { resource } else { nil }
    }

    private func read(_ kind: GroupKind, in namespace: String?, into contents: inout TwinContents) async throws {
        guard let resource = resource(kind), resource.verbs.isEmpty || resource.verbs.contains("list") else { return }
        do {
            contents.objects += try await client.list(resource, namespace: namespace).items
        } catch let error as APIError where error.isForbidden {
            let place = namespace.map { " in \($0)" } ?? ""
            contents.doubts.append("\(resource.plural)\(place) may not be read: the twin has none of them")
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            return
        }
    }

    /// An owner that was not read is not gone: its dependents must not be collected as garbage.
    private func forgetUnknownOwners(_ contents: inout TwinContents) {
        let known = Set(contents.objects.compactMap(\.uid))
        for index in contents.objects.indices {
            guard let references = contents.objects[index].metadata["ownerReferences"]?.array else { continue }
            let kept = references.filter { known.contains($0["uid"]?.string ?? "") }
            if kept.count == references.count { continue }
            contents.objects[index].value["metadata"]?["ownerReferences"] = kept.isEmpty ? nil : .array(kept)
        }
    }
}
