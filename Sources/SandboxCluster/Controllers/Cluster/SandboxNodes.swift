package import Resources

/// The nodes of a sandbox that nobody describes otherwise.
package enum SandboxNodes {
    /// Nodes that are ready for pods: `node-1` and so on, in as many zones as there are, up to three.
    package static func objects(
        count: Int, name: String = "node", cpu: String = "16", memory: String = "64Gi", pods: Int = 110
    ) -> [KubernetesObject] {
        (1...max(1, count)).map { number in
            let name = "\(name)-\(number)"
            let zone = "zone-\(UnicodeScalar(UInt8(97 + (number - 1) % 3)))"
            return KubernetesObject([
                "apiVersion": "v1", "kind": "Node",
                "metadata": [
                    "name": .string(name),
                    "labels": [
                        "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux",
                        "kubernetes.io/arch": "amd64", "topology.kubernetes.io/zone": .string(zone),
                        "topology.kubernetes.io/region": "sandbox",
                    ],
                ],
                "spec": ["podCIDR": .string("10.244.\(number % 256).0/24")],
                "status": status(number, room(cpu: cpu, memory: memory, pods: pods)),
            ])
        }
    }

    static func room(cpu: String = "16", memory: String = "64Gi", pods: Int = 110) -> Value {
        [
            "cpu": .string(cpu), "memory": .string(memory), "ephemeral-storage": "100Gi",
            "pods": .string(String(pods)),
        ]
    }

    private static func status(_ number: Int, _ room: Value) -> Value {
        ["capacity": room, "allocatable": room, "addresses": addresses(number)]
    }

    /// Addresses of those that RFC 5737 keeps for documentation.
    private static func addresses(_ number: Int) -> Value {
        [["type": "InternalIP", "address": .string("192.0.2.\(number % 254 + 1)")]]
    }
}
