import Resources
import Testing

@testable import SandboxCluster

struct KindStrategyTests {
    private static func resource(_ apiVersion: String, _ kind: String) -> ResourceDefinition {
        .of(GroupVersionKind(apiVersion: apiVersion, kind: kind))
    }

    private static func jobSpec(_ labels: Value?) -> Value {
        var template: Value = ["spec": ["restartPolicy": "Never"]]
        if let labels { template["metadata"] = ["labels": labels] }
        return ["template": template]
    }

    @Test(
        arguments: [
            // The job's labels, its template's, and the job's in the end.
            (nil, nil, ["controller-uid": "uid-1", "job-name": "a"]),
            (nil, ["x": "y"], ["controller-uid": "uid-1", "job-name": "a", "x": "y"]),
            (["own": "1"], ["x": "y"], ["own": "1"]),
        ] as [(Value?, Value?, Value)])
    func `a job selects its pods by its UID`(own: Value?, template: Value?, expected: Value) {
        let resource = Self.resource("batch/v1", "Job")
        var job: Value = ["metadata": ["name": "a", "uid": "uid-1"], "spec": Self.jobSpec(template)]
        job["metadata"]?["labels"] = own
        Strategy.prepareForCreate(&job, of: resource, in: RulesView(), version: .v1_20)
        #expect(job[path: "metadata", "labels"] == expected)
        #expect(job[path: "spec", "selector", "matchLabels"] == ["controller-uid": "uid-1"])
        #expect(job[path: "spec", "template", "metadata", "labels", "job-name"] == "a")
    }

    @Test func `a job with a selector of its own keeps it`() {
        let resource = Self.resource("batch/v1", "Job")
        var job: Value = ["metadata": ["name": "a", "uid": "uid-1"], "spec": Self.jobSpec(["x": "y"])]
        job["spec"]?["manualSelector"] = true
        job["spec"]?["selector"] = ["matchLabels": ["x": "y"]]
        Strategy.prepareForCreate(&job, of: resource, in: RulesView(), version: .v1_20)
        #expect(job[path: "spec", "selector", "matchLabels"] == ["x": "y"])
        #expect(job[path: "spec", "template", "metadata", "labels"] == ["x": "y"])
    }

    @Test func `a job's labels have a prefix, too, from 1.27 on`() {
        let resource = Self.resource("batch/v1", "Job")
        var job: Value = ["metadata": ["name": "a", "uid": "uid-1"], "spec": Self.jobSpec(nil)]
        Strategy.prepareForCreate(&job, of: resource, in: RulesView(), version: KubernetesVersion(minor: 27))
        #expect(job[path: "spec", "selector", "matchLabels"] == ["batch.kubernetes.io/controller-uid": "uid-1"])
        let labels = job[path: "spec", "template", "metadata", "labels"]
        #expect(labels?["batch.kubernetes.io/job-name"] == "a")
        #expect(labels?["job-name"] == "a")
    }

    @Test(arguments: [
        ("spec.template.spec.hostNetwork true", "2"), (#"spec.updateStrategy {"type":"OnDelete"}"#, "1"),
        ("metadata.annotations -", "1"),
        (#"metadata.annotations {"deprecated.daemonset.template.generation":"9"}"#, "1"),
    ])
    func `a DaemonSet counts its templates in an annotation`(change: String, count: String) throws {
        let resource = Self.resource("apps/v1", "DaemonSet")
        var old: Value = ["metadata": ["name": "a"], "spec": ["template": ["spec": [:]]]]
        Defaults.apply(to: &old, as: resource.kind, version: .v1_20)
        Strategy.prepareForCreate(&old, of: resource, in: RulesView(), version: .v1_20)
        var new = try old.changed(by: change)
        Defaults.apply(to: &new, as: resource.kind, version: .v1_20)
        Strategy.prepareForUpdate(&new, old: old, of: resource, subresource: "", version: .v1_20)
        let annotation = "deprecated.daemonset.template.generation"
        #expect(new[path: "metadata", "annotations", annotation]?.string == count)
    }

    @Test(arguments: [
        (#"[{"name":"a"}]"#, "BestEffort"),
        (#"[{"name":"a","resources":{"requests":{"cpu":"0"}}}]"#, "BestEffort"),
        (#"[{"name":"a","resources":{"requests":{"cpu":"1"}}}]"#, "Burstable"),
        (#"[{"name":"a","resources":{"limits":{"cpu":"1"},"requests":{"cpu":"1"}}}]"#, "Burstable"),
        (
            #"[{"name":"a","resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1000m","memory":"1024Mi"}}}]"#,
            "Guaranteed"
        ),
        (
            #"""
            [{"name":"a","resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1","memory":"1Gi"}}},
             {"name":"b"}]
            """#, "Burstable"
        ),
    ])
    func `a pod's quality of service follows from its requests and limits`(containers: String, quality: String) throws {
        let spec: Value = ["containers": try Value(json: containers)]
        #expect(QualityOfService(podSpec: spec).rawValue == quality)
    }

    @Test func `a pod says its seccomp profile twice, until 1.26`() {
        let resource = Self.resource("v1", "Pod")
        let profile: Value = ["seccompProfile": ["type": "RuntimeDefault"]]
        let spec: Value = ["securityContext": profile, "containers": [["name": "c", "securityContext": profile]]]
        for (minor, isAnnotated) in [(20, true), (26, true), (27, false)] {
            var pod: Value = ["metadata": ["name": "a"], "spec": spec]
            Strategy.prepareForCreate(&pod, of: resource, in: RulesView(), version: KubernetesVersion(minor: minor))
            let annotations: Value? = [
                "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
                "container.seccomp.security.alpha.kubernetes.io/c": "runtime/default",
            ]
            #expect(pod[path: "metadata", "annotations"] == (isAnnotated ? annotations : .none))
        }
    }

    @Test func `a definition lists every version in which objects may be stored`() throws {
        let resource = Self.resource("apiextensions.k8s.io/v1", "CustomResourceDefinition")
        var old: Value = [
            "metadata": ["name": "things.shop.dev"],
            "spec": ["versions": [["name": "v1", "storage": true], ["name": "v2", "storage": false]]],
        ]
        Strategy.prepareForCreate(&old, of: resource, in: RulesView(), version: .v1_20)
        #expect(old[path: "status", "storedVersions"] == ["v1"])
        var new = try old.changed(by: "spec.versions[0].storage false\nspec.versions[1].storage true")
        Strategy.prepareForUpdate(&new, old: old, of: resource, subresource: "", version: .v1_20)
        #expect(new[path: "status", "storedVersions"] == ["v1", "v2"])
    }

    @Test func `a group that the server serves itself is available at once`() {
        let resource = Self.resource("apiregistration.k8s.io/v1", "APIService")
        var service: Value = ["metadata": ["name": "v1.shop.dev"], "spec": ["group": "shop.dev"]]
        Strategy.prepareForCreate(&service, of: resource, in: RulesView(), version: .v1_20)
        let condition = service[path: "status", "conditions"]?[0]
        #expect(condition?["type"] == "Available")
        #expect(condition?["lastTransitionTime"] == "2023-11-14T22:13:20Z")
    }
}
