import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

/// The controllers behind the sandbox's own API, with its defaults, admission and validation.
@Suite struct `Whole cluster` {
    private let clock = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))
    private let cluster: SandboxCluster
    private var settings = SandboxSettings()

    init() {
        settings.version = KubernetesVersion(minor: 20)
        cluster = SandboxCluster(settings: settings, clock: clock)
    }

    private func wait(_ seconds: TimeInterval) {
        cluster.settle(clock, until: clock.now.addingTimeInterval(seconds))
    }

    private func send(_ method: String, _ path: String, _ body: Value? = nil) async -> Int {
        let response = await cluster.respond(
            to: SandboxRequest(
                method: method, path: path, headers: [("Content-Type", "application/json")],
                body: body?.jsonBytes ?? []))
        return response.status
    }

    private func objects(_ kind: GroupKind, namespace: String = "default") -> [KubernetesObject] {
        cluster.contents.objects.filter {
            $0.groupVersionKind.groupKind == kind && $0.namespace == namespace
        }
    }

    private static let samples: [(path: String, value: Value)] = [
        ("/apis/apps/v1/namespaces/default/deployments", Samples.workload("Deployment", "web", replicas: 3)),
        (
            "/apis/apps/v1/namespaces/default/statefulsets",
            Samples.workload("StatefulSet", "db", replicas: 2, spec: ["serviceName": "db"])
        ),
        ("/apis/apps/v1/namespaces/default/daemonsets", Samples.workload("DaemonSet", "agent")),
        ("/apis/batch/v1/namespaces/default/jobs", Samples.job("task", spec: ["completions": 2])),
        ("/api/v1/namespaces/default/persistentvolumeclaims", Samples.claim("data")),
        ("/api/v1/namespaces/default/pods", Samples.pod("alone")),
        (
            "/api/v1/namespaces/default/services",
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web", "namespace": "default"],
                "spec": ["type": "LoadBalancer", "selector": ["app": "web"], "ports": [["port": 80]]],
            ]
        ),
    ]

    @Test func `all kinds become healthy within seconds, and nothing is left to do`() async {
        for (path, value) in Self.samples { #expect(await send("POST", path, value) == 201) }
        wait(20)
        for object in cluster.contents.objects {
            let health = Health.assess(object)
            #expect(health.status == .current, "\(object.identity): \(health.message)")
        }
        #expect(objects(Kinds.pod).count == 11)
        let endpoints = objects(Kinds.endpoints).first { $0.name == "web" }
        #expect(endpoints?.value["subsets"]?[0]?["addresses"]?.array?.count == 3)
        #expect(cluster.nextDeadline == nil)
        let version = cluster.contents.version
        wait(3600)
        #expect(cluster.contents.version == version)
    }

    @Test func `what is kept goes on as it was`() async {
        for (path, value) in Self.samples { #expect(await send("POST", path, value) == 201) }
        wait(20)
        let contents = cluster.contents
        let next = SandboxCluster(settings: settings, clock: clock, contents: contents)
        next.settle(clock, until: clock.now.addingTimeInterval(600))
        #expect(next.contents.version == contents.version)
    }

    @Test func `a namespace with all kinds goes with all that is in it`() async {
        let namespace: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]]
        #expect(await send("POST", "/api/v1/namespaces", namespace) == 201)
        wait(1)
        for (path, value) in Self.samples {
            var value = value
            value["metadata"]?["namespace"] = "shop"
            #expect(await send("POST", path.replacing("/default/", with: "/shop/"), value) == 201)
        }
        wait(20)
        #expect(await send("DELETE", "/api/v1/namespaces/shop") == 200)
        wait(20)
        let rest = cluster.contents.objects.filter { $0.namespace == "shop" || $0.name == "shop" }
        #expect(rest.isEmpty)
    }

    @Test(arguments: ["Background", "Foreground"])
    func `deleted workloads take their pods along`(propagation: String) async {
        for (path, value) in Self.samples { #expect(await send("POST", path, value) == 201) }
        wait(20)
        for (path, value) in Self.samples {
            let name = value[path: "metadata", "name"]?.string ?? ""
            let status = await send(
                "DELETE", "\(path)/\(name)",
                ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": .string(propagation)])
            #expect((200...202).contains(status))
        }
        wait(20)
        for kind in [Kinds.pod, Kinds.replicaSet, Kinds.deployment, Kinds.claim, Kinds.endpoints, Kinds.slice] {
            let rest = objects(kind).map(\.name)
            #expect(rest.isEmpty)
        }
    }

    @Test func `a quota that is full keeps a Deployment from its pods, and says so`() async throws {
        let quota: Value = [
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "small", "namespace": "default"],
            "spec": ["hard": ["pods": "2"]],
        ]
        #expect(await send("POST", "/api/v1/namespaces/default/resourcequotas", quota) == 201)
        wait(1)
        #expect(await send("POST", Self.samples[0].path, Self.samples[0].value) == 201)
        wait(20)
        #expect(objects(Kinds.pod).count == 2)
        let deployment = try #require(objects(Kinds.deployment).first)
        let message = deployment.condition("ReplicaFailure")?["message"]?.string ?? ""
        let reason = "exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2"
        #expect(message.contains(reason))
        #expect(objects(Kinds.quota).first?.status[path: "used", "pods"] == "2")
    }
}
