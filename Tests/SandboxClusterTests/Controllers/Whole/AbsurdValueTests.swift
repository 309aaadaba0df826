import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// Numbers that the API takes, and that no calculation may trap on: the next start would fail on them again.
@Suite struct `Absurd values` {
    private let clock = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))
    private let cluster: SandboxCluster

    init() { cluster = SandboxCluster(clock: clock) }

    private func wait(_ seconds: TimeInterval) {
        cluster.settle(clock, until: clock.now.addingTimeInterval(seconds))
    }

    private func send(_ method: String, _ path: String, _ body: Value? = nil, as type: String = "application/json")
        async -> (status: Int, value: Value)
    {
        let request = SandboxRequest(
            method: method, path: path, headers: [("Content-Type", type)], body: body?.jsonBytes ?? [])
        let response = await cluster.respond(to: request)
        guard case .bytes(let bytes) = response.body else { return (response.status, .null) }
        return (response.status, (try? Value(json: bytes)) ?? .null)
    }

    private static let apps = "/apis/apps/v1/namespaces/default"
    private static let batch = "/apis/batch/v1/namespaces/default"
    private static let core = "/api/v1/namespaces/default"
    private static let most = Value.integer(.max)
    /// The largest number of 32 bits.
    private static let large: Value = 2_147_483_647
    /// A quantity whose double nobody can count.
    private static let huge: Value = "1e29"

    private static func container(_ name: String, requests: Value) -> Value {
        ["name": .string(name), "image": "nginx:1", "resources": ["requests": requests]]
    }

    private static let workloads: [(String, Value)] = [
        (
            "\(apps)/deployments",
            Samples.workload(
                "Deployment", "a", replicas: 2,
                spec: [
                    "minReadySeconds": 2_147_483_646, "progressDeadlineSeconds": large, "revisionHistoryLimit": large,
                    "strategy": ["rollingUpdate": ["maxSurge": "9223372036854775807%"]],
                ])
        ),
        (
            "\(apps)/daemonsets",
            Samples.workload(
                "DaemonSet", "a",
                spec: ["updateStrategy": ["rollingUpdate": ["maxSurge": "9223372036854775807%", "maxUnavailable": 0]]])
        ),
        (
            "\(apps)/statefulsets",
            Samples.workload(
                "StatefulSet", "a", replicas: 2,
                spec: [
                    "serviceName": "a", "podManagementPolicy": "Parallel", "minReadySeconds": large,
                    "ordinals": ["start": large], "updateStrategy": ["rollingUpdate": ["partition": large]],
                ])
        ),
    ]

    private static let template: Value = ["spec": Samples.job("x")["spec"] ?? [:]]

    private static let others: [(String, Value)] = [
        (
            "\(batch)/jobs",
            Samples.job(
                "a",
                spec: [
                    "completions": large, "parallelism": 2, "completionMode": "Indexed", "backoffLimit": large,
                    "activeDeadlineSeconds": most, "ttlSecondsAfterFinished": large,
                ])
        ),
        (
            "\(batch)/cronjobs",
            [
                "apiVersion": "batch/v1", "kind": "CronJob", "metadata": ["name": "a"],
                "spec": [
                    "schedule": "*/9223372036854775807 * 1-31/9223372036854775807 * *",
                    "startingDeadlineSeconds": most, "successfulJobsHistoryLimit": large,
                    "jobTemplate": template,
                ],
            ]
        ),
        (
            "\(core)/pods",
            Samples.pod(
                "a",
                spec: [
                    "nodeName": "node-1", "terminationGracePeriodSeconds": most,
                    "tolerations": [["operator": "Exists", "effect": "NoExecute", "tolerationSeconds": most]],
                    "containers": [
                        container("web", requests: ["cpu": "9223372036854775807", "memory": huge]),
                        container("other", requests: ["cpu": "9223372036854775807", "memory": huge]),
                    ],
                ])
        ),
        (
            "\(core)/configmaps",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a", "generation": most]]
        ),
    ]

    @Test(arguments: workloads + others)
    func `what no cluster can do brings none down`(path: String, value: Value) async {
        #expect(await send("POST", path, value).status == 201)
        wait(10)
        #expect(await send("DELETE", "\(path)/a").status == 200)
        wait(10)
        #expect(await send("GET", Self.core).status == 200)
    }

    @Test func `nodes whose pods ask for all that there is still get others when they are gone`() async {
        func pod(_ name: String, _ memory: String, _ spec: [String: Value]) -> Value {
            let containers: Value = [Self.container("web", requests: ["memory": .string(memory)])]
            return Samples.pod(name, spec: spec.merging(["containers": containers]) { $1 })
        }
        for name in ["a", "b"] {
            #expect(await send("POST", "\(Self.core)/pods", pod(name, "8Ei", ["nodeName": "node-1"])).status == 201)
        }
        wait(5)
        #expect(await send("POST", "\(Self.core)/pods", pod("c", "1Gi", [:])).status == 201)
        wait(5)
        for name in ["a", "b"] { #expect(await send("DELETE", "\(Self.core)/pods/\(name)").status == 200) }
        wait(60)
        let selector: [String: Value] = ["nodeSelector": ["kubernetes.io/hostname": "node-1"]]
        #expect(await send("POST", "\(Self.core)/pods", pod("d", "1Gi", selector)).status == 201)
        wait(20)
        for name in ["c", "d"] {
            #expect(await send("GET", "\(Self.core)/pods/\(name)").value[path: "status", "phase"] == "Running")
        }
    }

    @Test func `amounts that nobody can count are refused where there are limits`() async {
        let range: Value = [
            "metadata": ["name": "small"],
            "spec": ["limits": [["type": "Container", "maxLimitRequestRatio": ["memory": "2"]]]],
        ]
        #expect(await send("POST", "\(Self.core)/limitranges", range).status == 201)
        var container: Value = ["name": "web", "image": "nginx:1"]
        container["resources"] = ["requests": ["memory": "1m"], "limits": ["memory": "8Ei"]]
        let refused = await send("POST", "\(Self.core)/pods", Samples.pod("a", spec: ["containers": [container]]))
        #expect(refused.status == 403)
        #expect(await send("DELETE", "\(Self.core)/limitranges/small").status == 200)
        let quota: Value = ["metadata": ["name": "small"], "spec": ["hard": ["requests.memory": "1Gi"]]]
        #expect(await send("POST", "\(Self.core)/resourcequotas", quota).status == 201)
        let containers: Value = [
            Self.container("web", requests: ["memory": Self.huge]),
            Self.container("b", requests: ["memory": Self.huge]),
        ]
        let exceeding = await send("POST", "\(Self.core)/pods", Samples.pod("a", spec: ["containers": containers]))
        #expect(exceeding.status == 403)
    }

    /// The annotation that counts a workload's templates.
    @Test(arguments: [
        ("daemonsets", "DaemonSet", "deprecated.daemonset.template.generation"),
        ("deployments", "Deployment", "deployment.kubernetes.io/revision"),
    ])
    func `counters at their end let a new template come`(plural: String, kind: String, annotation: String) async {
        let last = Value.string("9223372036854775807")
        var workload = Samples.workload(kind, "a")
        workload.change(at: ["metadata", "annotations", annotation]) { $0 = last }
        // What a Deployment adopts counts as one of its earlier revisions.
        var earlier = Samples.workload(
            "ReplicaSet", "a-earlier", replicas: 0, template: Samples.template("a", image: "i:0"))
        earlier.change(at: ["metadata", "annotations", annotation]) { $0 = last }
        earlier.change(at: ["metadata", "labels", "app"]) { $0 = "a" }
        earlier["spec"]?["selector"] = ["matchLabels": ["app": "a"]]
        #expect(await send("POST", "\(Self.apps)/replicasets", earlier).status == 201)
        #expect(await send("POST", "\(Self.apps)/\(plural)", workload).status == 201)
        wait(5)
        let patch: Value = ["spec": ["template": Samples.template("a", image: "nginx:2")]]
        let patched = await send(
            "PATCH", "\(Self.apps)/\(plural)/a", patch, as: "application/strategic-merge-patch+json")
        #expect(patched.status == 200)
        wait(20)
        let pods = await send("GET", "\(Self.core)/pods?labelSelector=app%3Da").value["items"]?.array ?? []
        #expect(!pods.isEmpty)
        for pod in pods { #expect(pod[path: "spec", "containers"]?[0]?["image"] == "nginx:2") }
    }
}
