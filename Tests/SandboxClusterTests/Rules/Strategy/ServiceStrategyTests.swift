import Resources
import Testing

@testable import SandboxCluster

struct ServiceStrategyTests {
    private static let resource = ResourceDefinition.of(GroupVersionKind(apiVersion: "v1", kind: "Service"))

    private static func service(_ name: String, _ spec: Value) -> Value {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": "shop"],
            "spec": spec,
        ]
    }

    private static func created(
        _ spec: Value, in view: RulesView = RulesView(), version: KubernetesVersion = .v1_20, dryRun: Bool = false
    ) -> Value {
        var object = service("web", spec)
        Defaults.apply(to: &object, as: resource.kind, version: version)
        Strategy.prepareForCreate(&object, of: resource, in: view, dryRun: dryRun, version: version)
        return object["spec"] ?? [:]
    }

    private static func updated(_ old: Value, _ change: String, version: KubernetesVersion = .v1_20) throws -> Value {
        let before = service("web", old)
        var object = service("web", try old.changed(by: change))
        Defaults.apply(to: &object, as: resource.kind, version: version)
        Strategy.prepareForUpdate(
            &object, old: before, of: resource, subresource: "", in: RulesView(before), version: version)
        return object["spec"] ?? [:]
    }

    @Test func `a service gets an address that no other one has`() throws {
        let first = Self.created(["ports": [["port": 80]]])
        let address = try #require(first["clusterIP"]?.string)
        #expect(address.hasPrefix("10.96."))
        #expect(first["clusterIPs"] == [.string(address)])
        let view = RulesView(Self.service("other", ["clusterIP": .string(address)]))
        let second = Self.created(["ports": [["port": 80]]], in: view)
        #expect(second["clusterIP"] != nil && second["clusterIP"] != .string(address))
    }

    @Test func `the same objects get the same addresses each time`() {
        #expect(Self.created(["ports": [["port": 80]]]) == Self.created(["ports": [["port": 80]]]))
    }

    @Test func `all protocols of a port share a node port that is free`() throws {
        let ports: Value = [["name": "a", "port": 53], ["name": "b", "port": 53, "protocol": "UDP"]]
        let spec = Self.created(["type": "NodePort", "ports": ports])
        let number = try #require(spec["ports"]?[0]?["nodePort"]?.integer)
        #expect((30_000...32_767).contains(number))
        #expect(spec["ports"]?[1]?["nodePort"]?.integer == number)
        let taken = Self.service("other", ["ports": [["nodePort": .integer(Int64(number))]]])
        let next = Self.created(["type": "NodePort", "ports": ports], in: RulesView(taken))
        #expect(next["ports"]?[0]?["nodePort"]?.integer != number)
    }

    @Test func `every port of the range is found before it is used up`() {
        var allocator = ServiceAllocator(services: [], seed: "shop/web")
        let ports = Set((0..<ServiceAllocator.nodePorts.count).compactMap { _ in allocator.nextPort() })
        #expect(ports == Set(ServiceAllocator.nodePorts))
        #expect(allocator.nextPort() == nil)
    }

    @Test func `only a balancer that asks the nodes gets a port for health checks`() {
        let local: Value = ["type": "LoadBalancer", "externalTrafficPolicy": "Local", "ports": [["port": 80]]]
        #expect(Self.created(local)["healthCheckNodePort"] != nil)
        #expect(Self.created(["type": "LoadBalancer", "ports": [["port": 80]]])["healthCheckNodePort"] == nil)
    }

    private static let balancer: Value = [
        "type": "LoadBalancer", "externalTrafficPolicy": "Local", "healthCheckNodePort": 30_577,
        "clusterIP": "10.96.1.1", "clusterIPs": ["10.96.1.1"], "sessionAffinity": "None",
        "ports": [["port": 80, "targetPort": 80, "protocol": "TCP", "nodePort": 32_457]],
    ]

    @Test(arguments: [
        (
            #"type "ClusterIP""#,
            """
            type "ClusterIP"
            ports[0].nodePort -
            healthCheckNodePort -
            externalTrafficPolicy -
            """
        ),
        (#"type "NodePort""#, "type \"NodePort\"\nhealthCheckNodePort -"),
        (
            "type \"ExternalName\"\nexternalName \"a.b\"",
            """
            type "ExternalName"
            externalName "a.b"
            ports[0].nodePort -
            healthCheckNodePort -
            externalTrafficPolicy -
            clusterIP -
            clusterIPs -
            """
        ),
        (#"externalTrafficPolicy "Cluster""#, "externalTrafficPolicy \"Cluster\"\nhealthCheckNodePort -"),
        ("clusterIPs -", ""),
        (#"clusterIP "10.96.1.2""#, "clusterIP \"10.96.1.2\"\nclusterIPs [\"10.96.1.2\"]"),
        ("clusterIP -\nclusterIPs -", "clusterIP -\nclusterIPs -"),
    ])
    func `a service that changes its type gives back what it has no use for`(change: String, becomes: String) throws {
        let spec = try Self.updated(Self.balancer, change)
        #expect(spec.differences(from: try Self.balancer.changed(by: becomes)) == [])
    }

    @Test func `a service that is no external name any more gets an address again`() throws {
        let old: Value = ["type": "ExternalName", "externalName": "a.b", "sessionAffinity": "None"]
        let spec = try Self.updated(old, "type \"ClusterIP\"\nexternalName -")
        #expect(spec["clusterIP"]?.string?.hasPrefix("10.96.") == true)
    }

    @Test func `an update that doesn't name what was handed out keeps it, from 1.21 on`() throws {
        let change = "clusterIP -\nclusterIPs -\nports[0].nodePort -\nhealthCheckNodePort -"
        let spec = try Self.updated(Self.balancer, change, version: KubernetesVersion(minor: 21))
        for key in ["clusterIP", "clusterIPs", "ports", "healthCheckNodePort"] {
            #expect(spec[key] == Self.balancer[key])
        }
    }

    @Test func `newer servers tell the families of addresses`() {
        let newer = KubernetesVersion(minor: 21)
        #expect(Self.created(["ports": [["port": 80]]], version: newer)["ipFamilies"] == ["IPv4"])
        let foreign = Self.created(["clusterIP": "None"], version: newer)
        #expect(foreign["ipFamilyPolicy"] == "RequireDualStack")
        #expect(Self.created(["ports": [["port": 80]]])["ipFamilies"] == nil)
    }

    @Test func `a dry run shows no address before 1.23`() {
        #expect(Self.created(["ports": [["port": 80]]], dryRun: true)["clusterIP"] == nil)
        let newer = Self.created(["ports": [["port": 80]]], version: KubernetesVersion(minor: 23), dryRun: true)
        #expect(newer["clusterIP"] != nil)
    }
}
