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
            for object in try await objects("v1", "LimitRange", "limitranges", in: namespace) {
                result.admission.learn(object)
            }
            result.scalers += try await objects(
                "autoscaling/v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", in: namespace)
        }
        for object in try await objects("scheduling.k8s.io/v1", "PriorityClass", "priorityclasses") {
            result.admission.learn(object)
        }
        let named = templates.contains { $0.podSpec?["runtimeClassName"] != nil }
        guard named else { return }
        for object in try await objects("node.k8s.io/v1", "RuntimeClass", "runtimeclasses") {
            result.admission.learn(object)
        }
    }

    private func readVolumes(_ templates: [KubernetesObject], _ result: inout PlacementObservations) async throws {
        do {
            for namespace in Set(templates.map(\.namespace)).sorted() {
                for claim in try await list("v1", "PersistentVolumeClaim", "persistentvolumeclaims", in: namespace) {
                    result.volumes.learn(claim: claim, isNew: claim.isPending)
                }
            }
            for volume in try await list("v1", "PersistentVolume", "persistentvolumes") {
                result.volumes.learn(volume: volume)
            }
            for object in try await list("storage.k8s.io/v1", "StorageClass", "storageclasses") {
                result.volumes.learn(storageClass: object)
            }
        } catch let error as APIError where error.isForbidden {
            // What may not be read is not absent.
            result.volumes.isComplete = false
        }
    }

    private static func mountsClaims(_ object: KubernetesObject) -> Bool {
        object.value[path: "spec", "volumeClaimTemplates"] != nil
            || (object.podSpec?["volumes"]?.array ?? []).contains { $0["persistentVolumeClaim"] != nil }
    }

    /// Kinds that the server doesn't have, or whose objects may not be read, have none here.
    private func objects(
        _ apiVersion: String, _ kind: String, _ plural: String, in namespace: String? = nil
    ) async throws -> [KubernetesObject] {
        do {
            return try await list(apiVersion, kind, plural, in: namespace)
        } catch let error as APIError where error.isNotFound || error.isUnserved || error.isForbidden {
            return []
        }
    }

    private func list(
        _ apiVersion: String, _ kind: String, _ plural: String, in namespace: String? = nil
    ) async throws -> [KubernetesObject] {
        let resource = APIResource(
            GroupVersionKind(apiVersion: apiVersion, kind: kind), plural: plural, isNamespaced: namespace != nil)
        return try await client.list(resource, namespace: namespace).items
    }
}

extension KubernetesObject {
    fileprivate var podSpec: Value? { kind == "Pod" ? value["spec"] : value[path: "spec", "template", "spec"] }
}
