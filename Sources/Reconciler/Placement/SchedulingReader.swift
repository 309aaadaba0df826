internal import KubeClient
internal import Placement
internal import Planning
internal import Resources

/// Reads what the scheduler looks at, and of each object only that.
struct SchedulingReader {
    let client: KubeClient

    /// - Parameters:
    ///   - changes: Those of a plan; what their pods don't need is not read.
    ///   - movesPods: Whether any pod of the cluster may have to find another node.
    /// - Returns: Nil where none of them brings pods, and none is to move.
    func observations(for changes: [ObjectChange], movesPods: Bool) async throws -> PlacementObservations? {
        let templates = changes.filter(\.bringsPods).compactMap(\.planned)
        if templates.isEmpty, !movesPods { return nil }
        async let nodes = client.list(.nodes) { SchedulingNode($0) }
        async let pods = client.list(.pods) { SchedulingPod($0) }
        async let namespaces = client.list(.namespaces) { ($0.name, $0.labels) }
        var result = PlacementObservations(nodes: try await nodes, pods: try await pods)
        result.namespaces = Dictionary(try await namespaces, uniquingKeysWith: { first, _ in first })
        try await readAdmission(templates, &result)
        if movesPods {
            try await readVolumes(of: [nil], &result)
            result.budgets = try await budgets()
        } else if templates.contains(where: Self.mountsClaims) {
            try await readVolumes(of: Set(templates.map(\.namespace)).sorted(), &result)
        }
        return result
    }

    /// - Throws: `APIError` where they may not be read: then nothing could be said of a drain.
    private func budgets() async throws -> [KubernetesObject] {
        do {
            return try await client.list(.podDisruptionBudgets("policy/v1")).items
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            // Before Kubernetes 1.21.
            return try await client.list(.podDisruptionBudgets("policy/v1beta1")).items
        }
    }

    private func readAdmission(_ templates: [KubernetesObject], _ result: inout PlacementObservations) async throws {
        for namespace in Set(templates.map(\.namespace)).sorted() {
            if try await !learnAdmission(.limitRanges, in: namespace, &result) {
                result.admission.unreadNamespaces.insert(namespace)
            }
            result.scalers += try await client.readableObjects(.horizontalPodAutoscalers, in: namespace) ?? []
        }
        _ = try await learnAdmission(.priorityClasses, &result)
        let namesRuntime = templates.contains { $0.podSpec?["runtimeClassName"] != nil }
        if namesRuntime { _ = try await learnAdmission(.runtimeClasses, &result) }
    }

    /// Whether the objects may be read.
    private func learnAdmission(
        _ resource: APIResource, in namespace: String? = nil, _ result: inout PlacementObservations
    ) async throws -> Bool {
        guard let objects = try await client.readableObjects(resource, in: namespace) else { return false }
        for object in objects { result.admission.learn(object) }
        return true
    }

    /// - Parameter namespaces: Those of the claims; nil for all.
    private func readVolumes(of namespaces: [String?], _ result: inout PlacementObservations) async throws {
        do {
            for namespace in namespaces {
                for claim in try await client.list(.persistentVolumeClaims, namespace: namespace).items {
                    result.volumes.learn(claim: claim, isNew: claim.isPending)
                }
            }
            for volume in try await client.list(.persistentVolumes).items { result.volumes.learn(volume: volume) }
            for object in try await client.list(.storageClasses).items { result.volumes.learn(storageClass: object) }
        } catch let error as APIError where error.isForbidden {
            // What may not be read is not absent.
            result.volumes.isComplete = false
        }
    }

    private static func mountsClaims(_ object: KubernetesObject) -> Bool {
        object.value[path: "spec", "volumeClaimTemplates"] != nil
            || (object.podSpec?["volumes"]?.array ?? []).contains { $0["persistentVolumeClaim"] != nil }
    }
}

extension KubernetesObject {
    fileprivate var podSpec: Value? { kind == "Pod" ? value["spec"] : value[path: "spec", "template", "spec"] }
}

extension APIResource {
    fileprivate static let limitRanges = APIResource(
        .init(apiVersion: "v1", kind: "LimitRange"), plural: "limitranges", isNamespaced: true)
    fileprivate static let persistentVolumeClaims = APIResource(
        .init(apiVersion: "v1", kind: "PersistentVolumeClaim"), plural: "persistentvolumeclaims", isNamespaced: true)
    fileprivate static let persistentVolumes = APIResource(
        .init(apiVersion: "v1", kind: "PersistentVolume"), plural: "persistentvolumes", isNamespaced: false)
    fileprivate static func podDisruptionBudgets(_ apiVersion: String) -> APIResource {
        APIResource(
            .init(apiVersion: apiVersion, kind: "PodDisruptionBudget"), plural: "poddisruptionbudgets",
            isNamespaced: true)
    }

    fileprivate static let priorityClasses = APIResource(
        .init(apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass"), plural: "priorityclasses", isNamespaced: false
    )
    fileprivate static let runtimeClasses = APIResource(
        .init(apiVersion: "node.k8s.io/v1", kind: "RuntimeClass"), plural: "runtimeclasses", isNamespaced: false)
    fileprivate static let storageClasses = APIResource(
        .init(apiVersion: "storage.k8s.io/v1", kind: "StorageClass"), plural: "storageclasses", isNamespaced: false)
}
