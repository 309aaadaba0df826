internal import KubeClient
internal import Resources

/// Gives Services of type LoadBalancer an address, as a cloud would.
struct FakeAddresses: Sendable {
    let client: KubeClient

    /// The address is one of those that RFC 5737 keeps for documentation.
    func serve(_ service: KubernetesObject) async throws {
        guard service.value[path: "spec", "type"] == "LoadBalancer", !service.isBeingDeleted,
            service.annotations[FakeKubelet.addressAnnotation] != "none",
            service.value[path: "status", "loadBalancer", "ingress"] == nil
        else { return }
        let status: Value = ["loadBalancer": ["ingress": [["ip": "203.0.113.10"]]]]
        _ = try await client.patch(
            .services, namespace: service.namespace, name: service.name, subresource: "status",
            .merge(["status": status])
        )
    }
}
