import Planning
import Reconciler
import Rehearsal
import Resources
import SandboxCluster
import Testing

/// What a run on a twin shows of an application that is there already.
@Suite struct RehearsalTests {
    private static func files(image: String = "endstate.test/run:1", replicas: Int = 1) -> [String: String] {
        [
            "settings.yaml": Samples.configMap("settings"),
            "web.yaml": Samples.deployment(image: image, replicas: replicas),
        ]
    }

    @Test func `an application is updated on the twin as the plan says, and not on the cluster`() async throws {
        let live = try LiveCluster()
        try await live.apply(Self.files())
        let version = live.cluster.contents.version
        let report = try await live.rehearse(Self.files(replicas: 2))
        #expect(report.result.outcome == .succeeded, "\(report.result.failures)")
        #expect(report.plan.summary[.update] == 1)
        let web = Samples.identity("Deployment", "web", group: "apps")
        #expect(report.events.contains { $0.kind == .applied && $0.object == web && $0.message == "updated" })
        #expect(report.landings.map(\.pods).reduce(0, +) == 2)
        #expect(report.landings.map(\.new).reduce(0, +) == 1)
        #expect(report.doubts.isEmpty, "\(report.doubts)")
        #expect(live.cluster.contents.version == version)
    }

    @Test func `an update that fails goes back on the twin to what was there`() async throws {
        let live = try LiveCluster()
        try await live.apply(Self.files())
        let version = live.cluster.contents.version
        let report = try await live.rehearse(Self.files(image: "endstate.test/image-missing:1"))
        #expect(report.result.outcome == .rolledBack, "\(report.result.failures)")
        #expect(report.result.rollback?.restored == [Samples.identity("Deployment", "web", group: "apps")])
        #expect(live.cluster.contents.version == version)
    }

    @Test func `a rehearsal that is stopped has no verdict`() async throws {
        let live = try LiveCluster()
        let task = Task {
            try await live.rehearse(Self.files(), onTwin: { withUnsafeCurrentTask { $0?.cancel() } })
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a Service asks for what the cluster's own ranges have`() async throws {
        let service = """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              type: NodePort
              clusterIP: 172.20.0.10
              ports:
                - port: 80
                  nodePort: 20000
            """
        let report = try await LiveCluster().rehearse(["web.yaml": service])
        #expect(report.isSuccess, "\(report.result.failures)")
    }
}

/// What a plan refers to besides its own objects.
@Suite struct TwinReferenceTests {
    @Test func `what the plan waits for elsewhere is there`() async throws {
        let base = Samples.object("v1", "ConfigMap", "base", namespace: "other", ["data": ["a": "b"]])
        let live = try LiveCluster([Samples.namespace("other"), base])
        let annotations = "annotations: {config.kubernetes.io/depends-on: /namespaces/other/ConfigMap/base}"
        let report = try await live.rehearse(["a.yaml": Samples.configMap("a", metadata: annotations)])
        #expect(report.isSuccess, "\(report.result.failures)")
    }

    @Test func `pods run with the cluster's RuntimeClasses`() async throws {
        let live = try LiveCluster([Samples.object("node.k8s.io/v1", "RuntimeClass", "gvisor", ["handler": "runsc"])])
        let report = try await live.rehearse(["web.yaml": Samples.deployment(pod: "runtimeClassName: gvisor")])
        #expect(report.isSuccess, "\(report.result.failures)")
    }
}
