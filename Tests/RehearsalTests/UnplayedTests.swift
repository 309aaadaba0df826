import Planning
import Reconciler
import Rehearsal
import Resources
import Testing

/// What nobody plays on a twin is not waited for, and told.
@Suite struct UnplayedTests {
    @Test(arguments: [
        ("ebs.csi.aws.com", RunResult.Outcome.succeeded), ("kubernetes.io/aws-ebs", .succeeded),
        ("kubernetes.io/no-provisioner", .rolledBack),
    ])
    func `a new claim gets a volume where its class has a provisioner`(
        provisioner: String, outcome: RunResult.Outcome
    ) async throws {
        let live = try LiveCluster([Samples.storageClass("fast", provisioner)])
        let report = try await live.rehearse(["data.yaml": Samples.claim(className: "fast")])
        #expect(report.result.outcome == outcome, "\(report.result.failures)")
    }

    @Test func `so does one of a class that the plan makes`() async throws {
        let live = try LiveCluster()
        let storageClass = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata:
              name: fast
            provisioner: ebs.csi.aws.com
            """
        let report = try await live.rehearse([
            "class.yaml": storageClass, "data.yaml": Samples.claim(className: "fast"),
        ])
        #expect(report.isSuccess, "\(report.result.failures)")
    }

    @Test func `a custom resource that changes is taken for healthy, which is told`() async throws {
        let live = try LiveCluster([Samples.widgetDefinition])
        try await live.apply(["one.yaml": Samples.widget(size: 1)])
        try live.change(Samples.identity("Widget", "one", group: "example.org")) { widget in
            let ready: Value = ["type": "Ready", "status": "True", "observedGeneration": 1]
            widget["status"] = ["observedGeneration": 1, "conditions": [ready]]
        }
        let report = try await live.rehearse(["one.yaml": Samples.widget(size: 2)])
        #expect(report.isSuccess, "\(report.result.failures)")
        #expect(report.plan.summary[.update] == 1)
        #expect(
            report.doubts == [
                "nobody plays the controllers of custom resources: the health of Widget.example.org shop/one is taken "
                    + "for granted"
            ])
    }

    @Test func `a second Ingress waits for no address, which is told`() async throws {
        let live = try LiveCluster()
        try await live.apply(["first.yaml": Samples.ingress("first")])
        try live.change(Samples.identity("Ingress", "first", group: "networking.k8s.io")) { ingress in
            ingress["status"] = ["loadBalancer": ["ingress": [["ip": "203.0.113.9"]]]]
        }
        let report = try await live.rehearse([
            "first.yaml": Samples.ingress("first"), "second.yaml": Samples.ingress("second"),
        ])
        #expect(report.isSuccess, "\(report.result.failures)")
        #expect(
            report.doubts == [
                "nobody plays the controllers of Ingresses: that they get an address is taken for granted"
            ])
    }

    @Test func `what is deleted goes without the finalizers of others, which is told`() async throws {
        let live = try LiveCluster()
        try await live.apply(["a.yaml": Samples.configMap("a"), "b.yaml": Samples.configMap("b")])
        let leaving = Samples.identity("ConfigMap", "b")
        try live.change(leaving) { $0["metadata"]?["finalizers"] = ["example.org/keep"] }
        let report = try await live.rehearse(["a.yaml": Samples.configMap("a")])
        #expect(report.isSuccess, "\(report.result.failures)")
        #expect(report.result.deleted == [leaving])
        #expect(
            report.doubts == [
                "nobody plays who removes finalizers of ConfigMap shop/b: it goes without example.org/keep"
            ])
    }

    @Test func `what only such a finalizer still holds has gone`() async throws {
        let live = try LiveCluster()
        try await live.apply(["a.yaml": Samples.configMap("a"), "b.yaml": Samples.configMap("b")])
        try live.change(Samples.identity("ConfigMap", "b")) { object in
            object["metadata"]?["finalizers"] = ["example.org/keep"]
            object["metadata"]?["deletionTimestamp"] = "2026-01-01T00:00:00Z"
            object["metadata"]?["deletionGracePeriodSeconds"] = 0
        }
        let report = try await live.rehearse(["a.yaml": Samples.configMap("a"), "b.yaml": Samples.configMap("b")])
        #expect(report.isSuccess, "\(report.result.failures)")
    }
}
