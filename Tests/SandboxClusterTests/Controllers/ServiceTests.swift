import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Service` {
    private static let web = Samples.identity(Kinds.service, "web")
    private static let endpoints = Samples.identity(Kinds.endpoints, "web")

    private static func service(_ spec: [String: Value] = [:]) -> Value {
        let basis: [String: Value] = [
            "selector": ["app": "web"], "clusterIP": "10.0.0.1",
            "ports": [["name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"]],
        ]
        return [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "web", "namespace": "default", "labels": ["team": "a"]],
            "spec": .object(basis.merging(spec) { $1 }),
        ]
    }

    private static func pod(_ name: String, _ wish: String = "ready", port: Int64 = 8080) -> Value {
        Samples.pod(
            name, labels: ["app": "web"], annotations: ["endstate.dev/sandbox": .string(wish)],
            spec: [
                "containers": [
                    ["name": "web", "image": "nginx:1", "ports": [["name": "http", "containerPort": .integer(port)]]]
                ]
            ])
    }

    private static func names(_ value: Value?) -> [String] {
        (value?.array ?? []).compactMap { $0[path: "targetRef", "name"]?.string }.sorted()
    }

    @Test func `Endpoints name the ready pods and those that are not`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service())
        try sandbox.create(Self.pod("a"))
        try sandbox.create(Self.pod("b", "never-ready"))
        try sandbox.create(Samples.pod("other", labels: ["app": "other"]))
        sandbox.wait(2)
        let endpoints = try sandbox.get(Self.endpoints)
        let subset = try #require(endpoints.value["subsets"]?[0])
        #expect(Self.names(subset["addresses"]) == ["a"])
        #expect(Self.names(subset["notReadyAddresses"]) == ["b"])
        #expect(subset["ports"] == [["name": "http", "port": 8080, "protocol": "TCP"]])
        #expect(endpoints.labels == ["team": "a"])
        try sandbox.change(Samples.identity(Kinds.pod, "b")) {
            $0["metadata"]?["annotations"] = ["endstate.dev/sandbox": "ready"]
        }
        try sandbox.delete(Samples.identity(Kinds.pod, "a"))
        sandbox.wait(3)
        #expect(Self.names(try sandbox.get(Self.endpoints).value["subsets"]?[0]?["addresses"]) == ["b"])
        try sandbox.delete(Self.web)
        sandbox.settle()
        #expect(sandbox.cluster.object(Self.endpoints) == nil)
    }

    @Test func `a headless Service that publishes all has pods by name`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service(["clusterIP": "None", "publishNotReadyAddresses": true]))
        var pod = Self.pod("a", "never-ready")
        pod["spec"]?["hostname"] = "a"
        pod["spec"]?["subdomain"] = "web"
        try sandbox.create(pod)
        sandbox.wait(2)
        let endpoints = try sandbox.get(Self.endpoints)
        #expect(endpoints.value["subsets"]?[0]?["addresses"]?[0]?["hostname"] == "a")
        #expect(endpoints.labels["service.kubernetes.io/headless"] == "")
    }

    @Test func `EndpointSlices hold a hundred pods each, and one is there without pods`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service())
        sandbox.settle()
        var slices = sandbox.cluster.objects(Kinds.slice, namespace: "default")
        #expect(slices.count == 1 && slices[0].value["endpoints"] == [])
        for number in 0..<120 { try sandbox.create(Self.pod("p\(number)", number == 0 ? "never-ready" : "ready")) }
        sandbox.wait(2)
        slices = sandbox.cluster.objects(Kinds.slice, namespace: "default").inOrderOfCreation
        #expect(slices.map { $0.value["endpoints"]?.array?.count } == [100, 20])
        let all = slices.flatMap { $0.value["endpoints"]?.array ?? [] }
        #expect(all.count { $0[path: "conditions", "ready"] == true } == 119)
        #expect(slices[0].labels["kubernetes.io/service-name"] == "web")
        #expect(slices[0].controllerReference?.name == "web")
    }

    private static let unselected: [[String: Value]] = [[:], ["type": "ExternalName"]]

    @Test(arguments: unselected)
    func `Services without selectors are left alone`(spec: [String: Value]) throws {
        var sandbox = try Sandbox()
        var service = Self.service(spec)
        if spec.isEmpty { service["spec"]?["selector"] = nil }
        try sandbox.create(service)
        sandbox.wait(2)
        #expect(sandbox.cluster.object(Self.endpoints) == nil)
    }

    @Test func `a load balancer gets an address, unless its Service shall have none`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.service(["type": "LoadBalancer"]))
        var other = Self.service(["type": "LoadBalancer"])
        other["metadata"]?["name"] = "none"
        other["metadata"]?["annotations"] = ["test.endstate.dev/address": "none"]
        try sandbox.create(other)
        sandbox.settle()
        let address = try sandbox.get(Self.web).status[path: "loadBalancer", "ingress"]?[0]?["ip"]?.string
        #expect(address?.hasPrefix("203.0.113.") ?? false)
        #expect(try sandbox.get(Samples.identity(Kinds.service, "none")).status.isNull)
        try sandbox.change(Self.web) { $0["spec"]?["type"] = "ClusterIP" }
        sandbox.settle()
        #expect(try sandbox.get(Self.web).status["loadBalancer"] == [:])
    }
}
