import Resources
import Testing

@testable import SandboxCluster

/// Addresses and node ports of a server that stands for another one.
@Suite struct ServiceRangeTests {
    private static func service(_ name: String) -> Value {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": "ns"],
            "spec": ["type": "NodePort", "clusterIP": "172.20.0.10", "ports": [["port": 80, "nodePort": 20_000]]],
        ]
    }

    private static let path = "/api/v1/namespaces/ns/services"

    @Test func `where ranges are not checked, only what another Service has is refused`() {
        var requests = Requests(minor: 32)
        #expect(requests.send("POST", Self.path, Self.service("web")).status == 422)
        requests.server.checksServiceRanges = false
        #expect(requests.send("POST", Self.path, Self.service("web")).status == 201)
        let second = requests.send("POST", Self.path, Self.service("other"))
        #expect(second.status == 422)
        #expect(second.value["message"]?.string?.contains("provided IP is already allocated") == true)
    }

    @Test func `what has such an address can be changed`() {
        var requests = Requests(minor: 32)
        requests.server.checksServiceRanges = false
        #expect(requests.send("POST", Self.path, Self.service("web")).status == 201)
        let change: Value = ["spec": ["ports": [["port": 81, "nodePort": 20_001]]]]
        #expect(requests.send("PATCH", Self.path + "/web", change, as: Requests.merge).status == 200)
    }
}
