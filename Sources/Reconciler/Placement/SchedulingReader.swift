internal import KubeClient
internal import Placement
internal import Planning
internal import Resources

/// Reads what the scheduler looks at, and of each object only that.
struct SchedulingReader {
    let client: KubeClient

    /// - Parameter changes: Those of a plan; what their pods don't need is not read.
    /// - Returns: Nil where none of them brings pods.
    func observations(for changes: [ObjectChange]) async throws -> PlacementObservations? {
        let templates = changes.filter(\.bringsPods).compactMap(\.planned)
        if templates.isEmpty { return nil }
        async let nodes = client.list(.nodes) { SchedulingNode($0) }
        async let pods = client.list(.pods) { SchedulingPod($0) }
        async let namespaces = client.list(.namespaces) { ($0.name, $0.labels) }
        var result = PlacementObservations(nodes: try await nodes, pods: try await pods)
        result.namespaces = Dictionary(try await namespaces, uniquingKeysWith: { first, _ in first })
        try await readAdmission(templates, &result)
        if templates.contains(where: Self.mountsClaims) { try await readVolumes(templates, &result) }
        return result
    }

    private func readAdmission(_ templates: [KubernetesObject], _ result: inout PlacementObservations) async throws {
        for namespace in Set(templates.map(\.namespace)).sorted() {
            try await learnAdmission(.limitRanges, in: namespace, &result)
            result.scalers += try await client.readableObjects(.horizontalPodAutoscalers, in: namespace)
        }
        try await learnAdmission(.priorityClasses, &result)
        let namesRuntime = templates.contains { $0.podSpec?["runtimeClassName"] != nil }
        if namesRuntime { try await learnAdmission(.runtimeClasses, &result) }
    }

    private func learnAdmission(
        _ resource: APIResource, in namespace: String? = nil, _ result: inout PlacementObservations
    ) async throws {
        for object in try await client.readableObjects(resource, in: namespace) { result.admission.learn(object) }
    }

    private func readVolumes(_ templates: [KubernetesObject], _ result: inout PlacementObservations) async throws {
        do {
            for namespace in Set(templates.map(\.namespace)).sorted() {
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
    fileprivate static let priorityClasses = APIResource(
        .init(apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass"), plural: "priorityclasses", isNamespaced: false
    )
    fileprivate static let runtimeClasses = APIResource(
        .init(apiVersion: "node.k8s.io/v1", kind: "RuntimeClass"), plural: "runtimeclasses", isNamespaced: false)
    fileprivate static let storageClasses = APIResource(
        .init(apiVersion: "storage.k8s.io/v1", kind: "StorageClass"), plural: "storageclasses", isNamespaced: false)
}
