import Foundation
import Health
import KubeClient
import Resources
import TestSupport
import Testing

/// Against a control plane without kubelets: `scripts/control-plane run DIR -- swift test`.
@Suite(.enabled(if: Fixture.kubeconfig != nil, "needs a control plane without kubelets"), .timeLimit(.minutes(15)))
struct FakeKubeletTests {
    @Test func `workloads become healthy within seconds`() async throws {
        try await Fixture.with { cluster in
            try await cluster.apply(.deployments, "web", ["replicas": 2, "template": cluster.template(app: "web")])
            try await cluster.apply(
                .statefulSets, "db", ["replicas": 2, "serviceName": "db", "template": cluster.template(app: "db")]
            )
            try await cluster.apply(
                .jobs, "migrate",
                ["template": ["spec": ["restartPolicy": "Never", "containers": [["name": "main", "image": "any"]]]]]
            )
            try await cluster.apply(
                .services, "front",
                ["type": "LoadBalancer", "selector": ["app": "web"], "ports": [["port": 80, "protocol": "TCP"]]]
            )
            #expect(try await cluster.health(.deployments, "web", is: .current).message == "2 of 2 replicas available")
            #expect(try await cluster.health(.statefulSets, "db", is: .current).message == "2 of 2 replicas ready")
            #expect(try await cluster.health(.jobs, "migrate", is: .current).message == "1 of 1 completion")
            #expect(
                try await cluster.health(.services, "front", is: .current).message
                    == "the load balancer's address is 203.0.113.10"
            )
        }
    }

    @Test(arguments: [
        (
            "image-missing", "ImagePullBackOff",
            "container main: image \"any\" cannot be pulled: manifest unknown"
        ),
        (
            "config-missing", "CreateContainerConfigError",
            "container main cannot be created: secret \"missing\" not found"
        ),
        ("crash", "CrashLoopBackOff", "container main exits with code 1, restarted 3 times"),
        (
            "oom", "CrashLoopBackOff",
            "container main is killed for using more memory than its limit (OOMKilled), restarted 3 times"
        ),
    ])
    func `a workload that cannot become healthy is diagnosed at once`(
        behaviour: String, reason: String, headline: String
    ) async throws {
        try await Fixture.with { cluster in
            let template = cluster.template(app: "web", behaviour: behaviour)
            try await cluster.apply(.deployments, "web", ["replicas": 2, "template": template])
            let diagnosis = try await cluster.diagnosis(.deployments, "web") { $0.isTerminalFailure }
            #expect(diagnosis.reason == reason)
            #expect(diagnosis.headline == headline)
        }
    }

    @Test func `a pod that is never ready is waited for, and its probe is named`() async throws {
        try await Fixture.with { cluster in
            let template = cluster.template(app: "web", behaviour: "never-ready")
            try await cluster.apply(.deployments, "web", ["replicas": 1, "template": template])
            let diagnosis = try await cluster.diagnosis(.deployments, "web") { $0.reason == "Unhealthy" }
            #expect(diagnosis.severity == .waiting)
            #expect(
                diagnosis.headline
                    == "container main is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503"
            )
        }
    }

    @Test func `a claim is bound, early or when its first pod is scheduled, and its volume goes with it`() async throws
    {
        try await Fixture.with { cluster in
            let early = try await cluster.storageClass("early", bindingMode: "Immediate")
            let late = try await cluster.storageClass("late", bindingMode: "WaitForFirstConsumer")
            for (name, storageClass) in [("first", early), ("second", late)] {
                try await cluster.apply(
                    .persistentVolumeClaims, name,
                    [
                        "storageClassName": .string(storageClass), "accessModes": ["ReadWriteOnce"],
                        "resources": ["requests": ["storage": "1Gi"]],
                    ]
                )
            }
            _ = try await cluster.health(.persistentVolumeClaims, "first", is: .current)
            var context = HealthContext()
            context.lateBindingStorageClasses = [late]
            #expect(
                try await cluster.health(.persistentVolumeClaims, "second", is: .current, context).reason
                    == "WaitForFirstConsumer"
            )
            try await cluster.apply(
                .pods, "user",
                [
                    "containers": [["name": "main", "image": "any"]],
                    "volumes": [["name": "data", "persistentVolumeClaim": ["claimName": "second"]]],
                ]
            )
            #expect(try await cluster.health(.persistentVolumeClaims, "second", is: .current).reason == "Bound")
            #expect(try await cluster.health(.pods, "user", is: .current).reason == "Ready")
        }
    }

    @Test func `a pod that no node has room for is diagnosed with the scheduler's message`() async throws {
        try await Fixture.with { cluster in
            try await cluster.apply(
                .pods, "huge",
                ["containers": [["name": "main", "image": "any", "resources": ["requests": ["cpu": "1000"]]]]]
            )
            let diagnosis = try await cluster.diagnosis(.pods, "huge") { $0.reason == "Unschedulable" }
            #expect(diagnosis.headline.contains("Insufficient cpu"))
        }
    }

    @Test func `a quota that forbids pods is diagnosed with the server's message`() async throws {
        try await Fixture.with { cluster in
            try await cluster.apply(.resourceQuotas, "small", ["hard": ["pods": "1"]])
            try await cluster.quotaCounted("small")
            try await cluster.apply(.deployments, "web", ["replicas": 2, "template": cluster.template(app: "web")])
            let diagnosis = try await cluster.diagnosis(.deployments, "web") { $0.reason == "FailedCreate" }
            #expect(
                diagnosis.headline.contains("exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1"))
        }
    }
}
