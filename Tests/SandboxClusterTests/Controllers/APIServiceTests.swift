import Resources
import Testing

@testable import SandboxCluster

@Suite struct `API services` {
    private static let identity = Samples.identity(Kinds.apiService, "v1.x.test", namespace: "")

    private static func service(_ spec: Value) -> Value {
        [
            "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": ["name": "v1.x.test"],
            "spec": spec,
        ]
    }

    private static func reason(_ sandbox: Sandbox) throws -> String? {
        Conditions(try sandbox.get(identity))["Available"]?["reason"]?.string
    }

    @Test func `a group of the server's own is available at once`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service(["group": "x.test", "version": "v1"]))
        sandbox.settle()
        #expect(try Self.reason(sandbox) == "Local")
    }

    @Test func `another server is available when its service has endpoints`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service(["service": ["name": "web", "namespace": "default"]]))
        sandbox.settle()
        #expect(try Self.reason(sandbox) == "ServiceNotFound")
        try sandbox.create([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web", "namespace": "default"],
            "spec": ["selector": ["app": "web"], "ports": [["port": 80, "protocol": "TCP", "targetPort": 80]]],
        ])
        sandbox.settle()
        #expect(try Self.reason(sandbox) == "MissingEndpoints")
        try sandbox.create(Samples.workload("ReplicaSet", "web", replicas: 1))
        sandbox.wait(5)
        #expect(try Self.reason(sandbox) == "Passed")
        #expect(Conditions(try sandbox.get(Self.identity)).isTrue("Available"))
    }
}
