internal import KubeClient
internal import Resources

/// The nodes of a fake kubelet.
struct FakeNodes: Sendable {
    let client: KubeClient
    let names: [String]

    /// Creates the nodes, ready for pods; those that are left from an earlier run are taken over.
    func create() async throws {
        for name in names {
            do {
                _ = try await client.create(node(name), as: .nodes)
            } catch let error as APIError where error.isAlreadyExists {
                _ = try await client.patch(.nodes, name: name, subresource: "status", .merge(["status": status(name)]))
            }
            // Admission taints every new node as not ready until the node lifecycle controller, which there need not be,
            // has seen its Ready condition.
            _ = try await client.patch(.nodes, name: name, .merge(["spec": ["taints": nil, "unschedulable": nil]]))
        }
    }

    /// Removes the nodes, and the pods that are on them, so that others may run in their place.
    func remove() async {
        for name in names {
            _ = try? await client.patch(.nodes, name: name, .merge(["spec": ["unschedulable": true]]))
        }
        for name in names {
            let pods = (try? await client.list(.pods, fieldSelector: "spec.nodeName=\(name)").items) ?? []
            for pod in pods {
                _ = try? await client.delete(.pods, namespace: pod.namespace, name: pod.name, gracePeriodSeconds: 0)
            }
            _ = try? await client.delete(.nodes, name: name)
        }
    }

    private func node(_ name: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "Node",
            "metadata": [
                "name": .string(name),
                "labels": [
                    "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                ],
            ],
            "status": status(name),
        ])
    }

    private func status(_ name: String) -> Value {
        let room: Value = ["cpu": "16", "memory": "64Gi", "ephemeral-storage": "100Gi", "pods": "500"]
        return [
            "capacity": room, "allocatable": room,
            "addresses": [["type": "Hostname", "address": .string(name)]],
            "conditions": [
                [
                    "type": "Ready", "status": "True", "reason": "KubeletReady", "message": "a stand-in is ready",
                    "lastTransitionTime": PodReport.now, "lastHeartbeatTime": PodReport.now,
                ]
            ],
        ]
    }
}
