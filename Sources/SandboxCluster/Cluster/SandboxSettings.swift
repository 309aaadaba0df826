package import Resources

/// What a sandbox is like.
package struct SandboxSettings: Sendable {
    package var version = KubernetesVersion.newest
    package var controllers = ControllerSettings()
    /// Whether addresses and node ports that Services ask for must be in this cluster's own ranges; another cluster's
    /// Services are in others.
    package var checksServiceRanges = true
    /// The nodes of a new cluster.
    package var nodes: [KubernetesObject] = SandboxNodes.objects(count: 3)

    package init() {}

    /// The namespaces that every cluster has.
    private static let namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"]

    /// Fills a new cluster.
    func populate(_ api: inout APIServer) {
        let namespaces = Self.namespaces.map {
            KubernetesObject(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string($0)]])
        }
        for object in namespaces + nodes + [SandboxStorage.defaultClass] {
            // None of them is refused; a node that the caller describes wrongly is left out, as a kubelet's would be.
            let created = try? api.create(object, by: "endstate-sandbox")
            if var node = created, node.kind == "Node", let status = object.value["status"] {
                node.value["status"] = status
                _ = try? api.update(node, subresource: "status", by: "kubelet")
            }
        }
    }
}
