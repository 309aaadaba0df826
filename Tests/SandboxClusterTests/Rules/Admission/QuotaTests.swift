import Resources
import Testing

@testable import SandboxCluster

/// Messages are those of API servers of version 1.20.2.
struct QuotaTests {
    private static func quota(_ hard: Value, _ spec: Value = [:]) -> Value {
        var spec = spec
        spec["hard"] = hard
        return AdmissionFixture.object("v1", "ResourceQuota", "q", ["spec": spec])
    }

    private static let pods = quota(["pods": "2", "requests.cpu": "1", "limits.memory": "1Gi"])

    private static func pod(_ name: String, cpu: String, memory: String) throws -> Value {
        let amounts = #"{"cpu":"\#(cpu)","memory":"\#(memory)"}"#
        return try AdmissionFixture.pod(resources: #"{"limits":\#(amounts),"requests":\#(amounts)}"#, name)
    }

    @Test(arguments: [
        (
            "500m", "500Mi",
            "exceeded quota: q, requested: limits.memory=500Mi,requests.cpu=500m, "
                + "used: limits.memory=600Mi,requests.cpu=600m, limited: limits.memory=1Gi,requests.cpu=1"
        ),
        (
            "500m", "300Mi",
            "exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1"
        ),
        ("100m", "100Mi", nil),
    ])
    func `a pod must fit in what its namespace may use`(cpu: String, memory: String, why: String?) throws {
        let view = RulesView.shop.withInShop([Self.pods, try Self.pod("p1", cpu: "600m", memory: "600Mi")])
        let refusal = AdmissionFixture.refusal(of: try Self.pod("p2", cpu: cpu, memory: memory), in: view)
        #expect(refusal == why.map { #"pods "p2" is forbidden: "# + $0 })
    }

    @Test func `a quota on compute resources makes every container name them`() {
        let view = RulesView.shop.withInShop([Self.pods])
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.pod(), in: view)
                == #"pods "p" is forbidden: failed quota: q: must specify limits.memory,requests.cpu"#)
    }

    @Test func `pods that came to their end make room`() throws {
        var done = try Self.pod("done", cpu: "900m", memory: "900Mi")
        done["status"] = ["phase": "Succeeded"]
        var overdue = try Self.pod("overdue", cpu: "900m", memory: "900Mi")
        overdue["metadata"]?["deletionTimestamp"] = "2023-11-14T22:00:00Z"
        overdue["metadata"]?["deletionGracePeriodSeconds"] = 30
        let view = RulesView.shop.withInShop([Self.pods, done, overdue])
        #expect(AdmissionFixture.refusal(of: try Self.pod("p", cpu: "900m", memory: "900Mi"), in: view) == nil)
    }

    @Test func `any kind of object can be counted`() {
        let quota = Self.quota(["count/configmaps": "1", "count/deployments.apps": "0", "configmaps": "5"])
        let view = RulesView.shop.withInShop([quota, AdmissionFixture.object("v1", "ConfigMap", "there")])
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.object("v1", "ConfigMap", "c1"), in: view)
                == #"configmaps "c1" is forbidden: exceeded quota: q, requested: count/configmaps=1, "#
                + "used: count/configmaps=1, limited: count/configmaps=1")
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.object("apps/v1", "Deployment", "b"), in: view)
                == #"deployments.apps "b" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, "#
                + "used: count/deployments.apps=0, limited: count/deployments.apps=0")
    }

    @Test func `services and claims count by what they use`() {
        let view = RulesView.shop.withInShop([Self.quota(["services.nodeports": "1", "requests.storage": "5Gi"])])
        let service = AdmissionFixture.object(
            "v1", "Service", "a",
            ["spec": ["type": "NodePort", "ports": [["port": 80, "name": "a"], ["port": 81, "name": "b"]]]])
        #expect(
            AdmissionFixture.refusal(of: service, in: view)
                == #"services "a" is forbidden: exceeded quota: q, requested: services.nodeports=2, "#
                + "used: services.nodeports=0, limited: services.nodeports=1")
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.claim("6Gi"), in: view)
                == #"persistentvolumeclaims "x" is forbidden: exceeded quota: q, requested: requests.storage=6Gi, "#
                + "used: requests.storage=0, limited: requests.storage=5Gi")
    }

    @Test func `a service that changes is charged for the difference`() throws {
        var old = AdmissionFixture.object(
            "v1", "Service", "a", ["spec": ["type": "NodePort", "ports": [["port": 80]]]])
        old["metadata"]?["namespace"] = "shop"
        let view = RulesView.shop.withInShop([Self.quota(["services": "1", "services.nodeports": "1"]), old])
        var more = old
        more["spec"]?["ports"] = [["port": 80], ["port": 81]]
        var same = old
        same["spec"]?["selector"] = ["a": "b"]
        #expect(try AdmissionFixture.update(same, old: old, in: view) == same)
        let status = #expect(throws: APIStatus.self) { try AdmissionFixture.update(more, old: old, in: view) }
        #expect(status?.message.contains("requested: services.nodeports=1, used: services.nodeports=1") == true)
    }

    @Test(arguments: [
        (#"{"scopes":["BestEffort"]}"#, "{}", true),
        (#"{"scopes":["NotBestEffort"]}"#, "{}", false),
        (#"{"scopes":["Terminating"]}"#, #"{"activeDeadlineSeconds":5}"#, true),
        (#"{"scopes":["Terminating"]}"#, "{}", false),
        (#"{"scopes":["NotTerminating"]}"#, "{}", true),
        (
            #"{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["system-node-critical"]}]}}"#,
            #"{"priorityClassName":"system-node-critical"}"#, true
        ),
        (
            #"{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["system-node-critical"]}]}}"#,
            "{}", false
        ),
        (
            #"{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"DoesNotExist"}]}}"#, "{}",
            true
        ),
    ])
    func `a quota with scopes is about the pods in all of them`(scopes: String, spec: String, isAbout: Bool) throws {
        let view = RulesView.shop.withInShop([Self.quota(["pods": "0"], try Value(json: scopes))])
        let refusal = AdmissionFixture.refusal(of: AdmissionFixture.pod(spec: try Value(json: spec)), in: view)
        #expect((refusal != nil) == isAbout)
    }

    @Test func `a quota's status tells what is used`() throws {
        let quota = Self.quota(["pods": "2", "requests.cpu": "1", "limits.memory": "1Gi", "count/configmaps": "3"])
        let objects = [
            try Self.pod("a", cpu: "600m", memory: "600Mi"), try Self.pod("b", cpu: "100m", memory: "100Mi"),
            AdmissionFixture.object("v1", "ConfigMap", "c"),
        ]
        let view = RulesView.shop.withInShop(objects + [quota])
        let stored = try #require(view.objects(GroupKind(group: "", kind: "ResourceQuota"), namespace: nil).first)
        let resources = ["Pod", "ConfigMap", "Secret"].map {
            ResourceDefinition.of(GroupVersionKind(apiVersion: "v1", kind: $0))
        }
        #expect(
            QuotaAdmission.used(by: stored, resources: resources, in: view) == [
                "pods": "2", "requests.cpu": "700m", "limits.memory": "700Mi", "count/configmaps": "1",
            ])
    }
}
