internal import Resources

/// A port of the node that a pod takes.
package struct HostPort: Hashable, Sendable {
    /// Empty for every address of the node.
    let address: String
    let protocolName: String
    let port: Int

    init(address: String = "", protocolName: String = "TCP", port: Int) {
        self.address = address == "0.0.0.0" ? "" : address
        self.protocolName = protocolName
        self.port = port
    }

    /// Whether both can't be on one node (`HostPortInfo.CheckConflict` in pkg/scheduler/framework/types.go).
    func conflicts(with other: HostPort) -> Bool {
        port == other.port && protocolName == other.protocolName
            && (address.isEmpty || other.address.isEmpty || address == other.address)
    }

    /// The ports of a pod's containers and sidecars; on the host's network a container's port is one of the host.
    static func all(of spec: Value) -> [HostPort] {
        let usesHost = spec["hostNetwork"]?.bool ?? false
        let sidecars = (spec["initContainers"]?.array ?? []).filter { $0["restartPolicy"]?.string == "Always" }
        return ((spec["containers"]?.array ?? []) + sidecars).flatMap { container in
            (container["ports"]?.array ?? []).compactMap { port in
                let own = usesHost ? port["containerPort"]?.integer : nil
                guard let number = port["hostPort"]?.integer ?? own, number > 0 else { return nil }
                return HostPort(
                    address: port["hostIP"]?.string ?? "", protocolName: port["protocol"]?.string ?? "TCP", port: number
                )
            }
        }
    }
}
