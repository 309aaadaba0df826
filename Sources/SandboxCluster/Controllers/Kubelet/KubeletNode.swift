internal import FoundationEssentials
internal import Resources

/// What kubelets say of their nodes.
enum KubeletNode {
    /// The node's address; nil where somebody says that the node is not well: nothing happens there then.
    static func host(of node: KubernetesObject) -> String? {
        if let ready = node.condition("Ready"), ready["status"] != "True" { return nil }
        let addresses = node.status["addresses"]?.array ?? []
        let own = addresses.first { $0["type"] == "InternalIP" }?["address"]?.string
        return own ?? "192.0.2.1"
    }

    /// Reports a node that nobody has reported on as ready, with the room of a sandbox's nodes where it doesn't say.
    static func setUp(_ node: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) {
        guard node.condition("Ready") == nil, !node.isBeingDeleted else { return }
        var status = node.status.isNull ? [:] : node.status
        let room = status["allocatable"] ?? status["capacity"] ?? SandboxNodes.room()
        status["capacity"] = status["capacity"] ?? room
        status["allocatable"] = room
        status["addresses"] =
            status["addresses"]
            ?? [["type": "InternalIP", "address": "192.0.2.1"], ["type": "Hostname", "address": .string(node.name)]]
        var conditions = Conditions(node)
        func set(_ type: String, _ status: String, _ reason: String, _ message: String) {
            conditions.set(
                type, status, reason, message, now: api.now, fields: ["lastHeartbeatTime": api.now.apiTime])
        }
        set("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available")
        set("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure")
        set("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available")
        set("Ready", "True", "KubeletReady", "the sandbox's kubelet is ready")
        status["conditions"] = conditions.value
        try node.updatingStatus(status, &api, by: Manager.kubelet)
    }
}
