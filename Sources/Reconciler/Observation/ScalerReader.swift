internal import Diffing
internal import KubeClient
internal import Resources

/// Finds the workloads whose number of replicas a HorizontalPodAutoscaler decides.
struct ScalerReader {
    let client: KubeClient

    /// Asks the cluster only where a declared workload says how many replicas it wants and the live one has another
    /// number: else it makes no difference who decides.
    func scaledWorkloads(
        _ desired: [DesiredObject], members: [ObjectIdentity: KubernetesObject]
    ) async throws -> Set<ObjectIdentity> {
        let differing = desired.filter { object in
            guard let wanted = object.object.value[path: "spec", "replicas"], let live = members[object.identity] else {
                return false
            }
            return live.value[path: "spec", "replicas"] != wanted
        }
        var scalers = desired.map(\.object).filter { $0.kind == "HorizontalPodAutoscaler" }
        for namespace in Set(differing.map(\.object.namespace)) {
            scalers += try await client.readableObjects(.horizontalPodAutoscalers, in: namespace) ?? []
        }
        return ScaledReplicas.targets(of: scalers)
    }
}

extension KubeClient {
    /// All objects of a kind, none where the server doesn't serve it; nil where they may not be read.
    func readableObjects(_ resource: APIResource, in namespace: String? = nil) async throws -> [KubernetesObject]? {
        do {
            return try await list(resource, namespace: namespace).items
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            return []
        } catch let error as APIError where error.isForbidden {
            return nil
        }
    }
}
