import Resources
import Testing

@testable import SandboxCluster

struct PodAdmissionTests {
    private static let priorityClass = AdmissionFixture.object(
        "scheduling.k8s.io/v1", "PriorityClass", "high", ["value": 100, "preemptionPolicy": "Never"])
    private static let runtimeClass = AdmissionFixture.object(
        "node.k8s.io/v1", "RuntimeClass", "sandboxed",
        [
            "handler": "a", "overhead": ["podFixed": ["cpu": "10m"]],
            "scheduling": ["nodeSelector": ["a": "b"], "tolerations": [["key": "k", "operator": "Exists"]]],
        ])
    private static let view = RulesView.shop.with(priorityClass, runtimeClass)

    private static func admitted(_ spec: Value) throws -> Value {
        try AdmissionFixture.create(AdmissionFixture.pod(spec: spec), in: view).get()["spec"] ?? [:]
    }

    @Test(arguments: [
        (
            #"{"serviceAccountName":"nope"}"#,
            #"error looking up service account shop/nope: serviceaccount "nope" not found"#
        ),
        (#"{"priorityClassName":"nope"}"#, "no PriorityClass with name nope was found"),
        (
            #"{"priority":7}"#,
            "the integer value of priority (7) must not be provided in pod spec; "
                + "priority admission controller computed 0 from the given PriorityClass name"
        ),
        (
            #"{"priorityClassName":"system-cluster-critical","priority":1}"#,
            "the integer value of priority (1) must not be provided in pod spec; "
                + "priority admission controller computed 2000000000 from the given PriorityClass name"
        ),
        (
            #"{"preemptionPolicy":"Never"}"#,
            "the string value of PreemptionPolicy (Never) must not be provided in pod spec; "
                + "priority admission controller computed PreemptLowerPriority from the given PriorityClass name"
        ),
        (#"{"runtimeClassName":"nope"}"#, #"pod rejected: RuntimeClass "nope" not found"#),
        (
            #"{"runtimeClassName":"sandboxed","nodeSelector":{"a":"c"}}"#,
            "conflict: runtimeClass.scheduling.nodeSelector[a] = b; pod.spec.nodeSelector[a] = c"
        ),
        (
            #"{"runtimeClassName":"sandboxed","overhead":{"cpu":"1"}}"#,
            "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"
        ),
        (
            #"{"overhead":{"cpu":"1"}}"#,
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
        ),
    ])
    func `a pod that asks for what there is not is refused`(spec: String, why: String) throws {
        let pod = AdmissionFixture.pod(spec: try Value(json: spec))
        #expect(AdmissionFixture.refusal(of: pod, in: Self.view) == #"pods "p" is forbidden: "# + why)
    }

    @Test(arguments: [
        ("{}", 0, "PreemptLowerPriority"),
        (#"{"priorityClassName":"high"}"#, 100, "Never"),
        (#"{"priorityClassName":"system-node-critical"}"#, 2_000_001_000, "PreemptLowerPriority"),
    ])
    func `a pod's priority is that of its class`(spec: String, priority: Int, policy: String) throws {
        let spec = try Self.admitted(Value(json: spec))
        #expect(spec["priority"]?.integer == priority)
        #expect(spec["preemptionPolicy"]?.string == policy)
    }

    @Test func `a pod without a class is of the default one`() throws {
        var fallback = Self.priorityClass
        fallback["globalDefault"] = true
        let view = RulesView.shop.with(fallback)
        let spec = try AdmissionFixture.create(AdmissionFixture.pod(), in: view).get()["spec"]
        #expect(spec?["priorityClassName"] == "high")
        #expect(spec?["priority"] == 100)
        var second = AdmissionFixture.object("scheduling.k8s.io/v1", "PriorityClass", "low", ["value": 1])
        second["globalDefault"] = true
        #expect(
            AdmissionFixture.refusal(of: second, in: view)
                == #"priorityclasses.scheduling.k8s.io "low" is forbidden: "#
                + "PriorityClass high is already marked as default. Only one default can exist")
    }

    @Test(arguments: [
        ("[]", ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]),
        (#"[{"operator":"Exists"}]"#, []),
        (#"[{"key":"node.kubernetes.io/not-ready","effect":"NoExecute"}]"#, ["node.kubernetes.io/unreachable"]),
        (
            #"[{"key":"node.kubernetes.io/not-ready","effect":"NoSchedule"}]"#,
            ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]
        ),
    ])
    func `a pod stays five minutes on a lost node`(given: String, added: [String]) throws {
        let tolerations = try Value(json: given)
        let spec = try Self.admitted(["tolerations": tolerations])
        let expected =
            (tolerations.array ?? [])
            + added.map { key in
                ["key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300]
            }
        #expect(spec["tolerations"]?.array ?? [] == expected)
    }

    @Test func `a runtime class adds its overhead, selector and tolerations`() throws {
        let spec = try Self.admitted(["runtimeClassName": "sandboxed", "nodeSelector": ["c": "d"]])
        #expect(spec["overhead"] == ["cpu": "10m"])
        #expect(spec["nodeSelector"] == ["a": "b", "c": "d"])
        #expect(spec["tolerations"]?.array?.last == ["key": "k", "operator": "Exists"])
    }

    @Test func `an update keeps the priority`() throws {
        var old = AdmissionFixture.pod()
        old["spec"]?["priority"] = 100
        old["spec"]?["preemptionPolicy"] = "Never"
        let new = try AdmissionFixture.update(AdmissionFixture.pod(), old: old, in: Self.view)
        #expect(new[path: "spec", "priority"] == 100)
        #expect(new[path: "spec", "preemptionPolicy"] == "Never")
    }

    @Test func `a service account's token is a volume of every container that has none there`() throws {
        let path: Value = "/var/run/secrets/kubernetes.io/serviceaccount"
        let pod = AdmissionFixture.pod(
            containers: [
                ["name": "c", "image": "x"],
                ["name": "d", "image": "x", "volumeMounts": [["name": "own", "mountPath": path]]],
            ], spec: ["automountServiceAccountToken": true])
        for (version, name) in [(KubernetesVersion.v1_20, "default-token-25m7s"), (.newest, "kube-api-access-")] {
            let spec = try AdmissionFixture.create(pod, in: Self.view, version: version).get()["spec"]
            let volume = spec?["volumes"]?.array?.last
            #expect(volume?["name"]?.string?.hasPrefix(name) == true)
            let mount: Value = ["name": volume?["name"] ?? "", "readOnly": true, "mountPath": path]
            #expect(spec?["containers"]?[0]?["volumeMounts"] == [mount])
            #expect(spec?["containers"]?[1]?["volumeMounts"]?.array?.count == 1)
        }
    }

    @Test func `without a token there is no volume, and the account's pull secrets are the pod's`() throws {
        var view = RulesView.shop
        view.all.removeLast()
        view.all[1].value["imagePullSecrets"] = [["name": "registry"]]
        let pod = AdmissionFixture.pod(spec: ["automountServiceAccountToken": true])
        let spec = try AdmissionFixture.create(pod, in: view).get()["spec"]
        #expect(spec?["volumes"] == nil)
        #expect(spec?["imagePullSecrets"] == [["name": "registry"]])
    }
}
