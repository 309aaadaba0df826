import KubeClient
import Placement
import Resources

/// A generated cluster, and what the server made of it.
struct ReplayCluster: Sendable {
    let name: String
    let nodes: [KubernetesObject]
    /// Those that are bound from the start.
    let bound: [KubernetesObject]
    /// Those that come one after the other.
    let sequence: [KubernetesObject]

    init(number: Int, pods: Int) {
        name = "c\(number)"
        var generator = ClusterGenerator(seed: UInt64(number), cluster: name)
        nodes = generator.nodeObjects()
        bound = generator.boundPodObjects()
        var sequence: [KubernetesObject] = []
        for index in 0..<pods { sequence.append(generator.podObject("\(name)-p\(index)")) }
        self.sequence = sequence
    }

    /// Nothing but the node that proves, by getting a pod, that the scheduler knows of all that was made before it.
    init(canary name: String) {
        self.name = name
        nodes = [nodeObject(name, "{labels: {cluster: \(name)}}")]
        bound = []
        sequence = [podObject(name, "{namespace: \(ClusterGenerator.namespaces[0]), nodeSelector: {cluster: \(name)}}")]
    }

    /// Makes the nodes and the pods on them.
    func create(_ client: KubeClient) async throws {
        for node in nodes { try await create(node: node, client) }
        for pod in bound { try await create(bound: pod, client) }
    }

    private func create(node: KubernetesObject, _ client: KubeClient) async throws {
        _ = try await client.create(node, as: .nodes)
        // Admission taints every new node as not ready.
        let taints = node.value[path: "spec", "taints"] ?? []
        _ = try await client.patch(.nodes, name: node.name, .merge(["spec": ["taints": taints]]))
    }

    private func create(bound pod: KubernetesObject, _ client: KubeClient) async throws {
        _ = try await client.create(pod.asNew, as: .pods)
        let phase = pod.value[path: "status", "phase"] ?? "Running"
        if pod.isBeingDeleted {
            // Nobody confirms the end, and until the grace is over nobody else may.
            _ = try await client.delete(
                .pods, namespace: pod.namespace, name: pod.name, gracePeriodSeconds: 3600)
        } else if phase != "Running" {
            _ = try await client.patch(
                .pods, namespace: pod.namespace, name: pod.name, subresource: "status",
                .merge(["status": ["phase": phase]]))
        }
    }

    func removeNodes(_ client: KubeClient) async throws {
        for node in nodes { _ = try await client.delete(.nodes, name: node.name) }
    }

    /// All that is needed to see a disagreement again: a YAML document a line.
    func story(_ live: [String: SchedulingPod], _ pod: KubernetesObject) -> String {
        let others = (bound + sequence).filter { $0.name != pod.name }.compactMap { other -> KubernetesObject? in
            guard let node = live[other.name]?.nodeName else { return nil }
            var placed = other
            placed.value["spec"]?["nodeName"] = .string(node)
            return placed
        }
        return (nodes + others + [pod]).map(\.value.json).joined(separator: "\n---\n")
    }
}

extension KubernetesObject {
    /// Without what the server alone may say.
    var asNew: KubernetesObject {
        var object = self
        object.value["metadata"]?["deletionTimestamp"] = nil
        object.value["status"] = nil
        return object
    }
}
