import Resources
import Testing

@testable import Placement

@Suite("Workloads, read from their objects")
struct WorkloadTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let kind: String
        let spec: String
        let replicas: Int
        let strategy: Workload.Strategy
        var testDescription: String { name }
    }

    private static func read(
        _ kind: String, _ spec: String, live: KubernetesObject? = nil, admission: PodAdmission = PodAdmission()
    ) -> Workload? {
        var object: Value = ["kind": .string(kind), "metadata": ["name": "web", "namespace": "shop"]]
        object["spec"] = value(spec)
        if kind != "Pod", object["spec"]?["template"] == nil {
            object["spec"]?["template"] = ["spec": ["containers": [["name": "main"]]]]
        }
        return Workload(
            KubernetesObject(object), live: live, pods: [], replacesTemplate: false, admission: admission)
    }

    @Test("have the number of pods and the order of replacing them that their controllers follow", arguments: cases)
    func reads(_ row: Case) throws {
        let workload = try #require(Self.read(row.kind, row.spec))
        #expect(workload.replicas == row.replicas)
        #expect(workload.strategy == row.strategy)
    }

    private static func deployment(_ name: String, _ spec: String, _ replicas: Int, _ surge: Int, _ unavailable: Int)
        -> Case
    {
        Case(
            name: name, kind: "Deployment", spec: spec, replicas: replicas,
            strategy: .rolling(surge: surge, unavailable: unavailable))
    }

    private static let cases = [
        deployment("one pod, and a quarter of it more or less", "{}", 1, 1, 0),
        deployment("surge rounds up, unavailable down", "{replicas: 5}", 5, 2, 1),
        deployment(
            "percentages", "{replicas: 10, strategy: {rollingUpdate: {maxSurge: 11%, maxUnavailable: 19%}}}", 10, 2, 1),
        deployment("numbers", "{replicas: 3, strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}}", 3, 3, 2),
        deployment(
            "more than 32 bits hold",
            "{replicas: 9223372036854775807, strategy: {rollingUpdate: {maxSurge: 99999999999%}}}",
            Int(Int32.max), Int(Int32.max), Int(Int32.max) / 4),
        deployment("fewer than none", "{replicas: -1}", 0, 0, 0),
        deployment(
            "both zero", "{replicas: 3, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}}", 3, 0, 1),
        deployment(
            "both rounded to zero", "{replicas: 3, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 10%}}}", 3,
            0,
            1),
        Case(
            name: "all at once", kind: "Deployment", spec: "{replicas: 2, strategy: {type: Recreate}}", replicas: 2,
            strategy: .recreate),
        Case(
            name: "a StatefulSet", kind: "StatefulSet",
            spec: "{replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}}", replicas: 3,
            strategy: .ordered(partition: 1)),
        Case(
            name: "a StatefulSet whose pods somebody deletes", kind: "StatefulSet",
            spec: "{replicas: 3, updateStrategy: {type: OnDelete}}", replicas: 3, strategy: .never),
        Case(
            name: "a DaemonSet", kind: "DaemonSet", spec: "{}", replicas: 1, strategy: .perNode(surges: false)),
        Case(
            name: "a DaemonSet that surges", kind: "DaemonSet",
            spec: "{updateStrategy: {rollingUpdate: {maxSurge: 10%}}}", replicas: 1, strategy: .perNode(surges: true)),
        Case(name: "a Job", kind: "Job", spec: "{}", replicas: 1, strategy: .run),
        Case(
            name: "a Job that never needs all its places", kind: "Job", spec: "{parallelism: 5, completions: 2}",
            replicas: 2, strategy: .run),
        Case(name: "a Job that is suspended", kind: "Job", spec: "{suspend: true}", replicas: 0, strategy: .run),
        Case(name: "a Pod", kind: "Pod", spec: "{containers: [{}]}", replicas: 1, strategy: .never),
        Case(name: "a ReplicaSet", kind: "ReplicaSet", spec: "{replicas: 2}", replicas: 2, strategy: .never),
    ]

    @Test("keep the number that the cluster has where the manifest has none")
    func keepsReplicas() {
        let live = KubernetesObject(["kind": "Deployment", "spec": ["replicas": 7]])
        #expect(Self.read("Deployment", "{}", live: live)?.replicas == 7)
        #expect(Self.read("Deployment", "{replicas: 2}", live: live)?.replicas == 2)
    }

    @Test("are none where no pods come of an object", arguments: ["ConfigMap", "CronJob", "Service"])
    func reads(kind: String) {
        #expect(Self.read(kind, "{}") == nil)
    }

    @Test("are told apart from their earlier pods by the labels of their revision")
    func marksRevision() throws {
        let pod = try #require(Self.read("Deployment", "{template: {metadata: {labels: {app: web}}, spec: {}}}")?.pod)
        #expect(pod.labels == ["app": "web", "pod-template-hash": "new"])
        #expect(pod.namespace == "shop")
    }

    @Test("are judged at once, however many pods they ask for", arguments: ["Deployment", "StatefulSet", "Job"])
    func judgesHuge(kind: String) throws {
        let huge = "replicas: 9223372036854775807, parallelism: 9223372036854775807"
        let spec =
            "{\(huge), ordinals: {start: 9223372036854775807}, template: {spec: {containers: [{resources: {requests: "
            + "{cpu: 1, memory: 9223372036854775807, example.com/x: '9e30', ephemeral-storage: -1}}}], "
            + "topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 9223372036854775807, "
            + "minDomains: 9223372036854775807, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]}}}"
        let large = node("a", "{allocatable: {memory: '9e30', pods: '9e30', example.com/x: '-9e30'}}")
        let workload = try #require(Self.read(kind, spec))
        let question = PlacementQuestion(
            nodes: [large, node("b")],
            pods: [pod("p", "{memory: '9e30', node: a}"), pod("q", "{memory: '9e30', node: a}")],
            workloads: [workload, workload])
        #expect(PlacementReport(question).verdicts.first?.certainty == .impossible)
    }

    @Test("claim a volume for each ordinal of a StatefulSet")
    func claims() throws {
        let set = try #require(
            Self.read("StatefulSet", "{replicas: 2, volumeClaimTemplates: [{metadata: {name: data}}]}"))
        #expect(set.pod(ordinal: 1).claims == ["data-web-1"])
    }
}

@Suite("What admission adds to pods")
struct PodAdmissionTests {
    private static func pod(_ spec: String, _ objects: String...) -> SchedulingPod {
        var admission = PodAdmission()
        for object in objects { admission.learn(KubernetesObject(value(object))) }
        return admission.pod(of: ["spec": value(spec)], namespace: "shop", name: "p")
    }

    private static let limits =
        "{kind: LimitRange, metadata: {namespace: shop}, spec: {limits: [{type: Container, default: {cpu: 2, memory: 1Gi}, "
        + "defaultRequest: {cpu: 1}}, {type: Pod, max: {cpu: 9}}]}}"

    @Test("is a LimitRange's request, then its limit, for each container that asks for nothing")
    func limitRange() {
        let pod = Self.pod("{containers: [{}, {resources: {requests: {cpu: 3}}}]}", Self.limits)
        #expect(pod.requests.milliCPU == 4000)
        #expect(pod.requests.memory == 2 << 30)
    }

    @Test("is nothing from a LimitRange of another namespace")
    func foreignLimitRange() {
        let other = Self.limits.replacing("namespace: shop", with: "namespace: other")
        #expect(Self.pod("{containers: [{}]}", other).requests == ResourceAmounts())
    }

    @Test("is the priority of its class, or the default one")
    func priority() {
        let high = "{kind: PriorityClass, metadata: {name: high}, value: 10, preemptionPolicy: Never}"
        let usual = "{kind: PriorityClass, metadata: {name: usual}, value: 5, globalDefault: true}"
        let pod = Self.pod("{priorityClassName: high, containers: [{}]}", high, usual)
        #expect(pod.priority == 10)
        #expect(!pod.preempts)
        #expect(Self.pod("{containers: [{}]}", high, usual).priority == 5)
        #expect(Self.pod("{priorityClassName: unread, containers: [{}]}", high, usual).priority == .max)
        #expect(Self.pod("{priorityClassName: system-node-critical, containers: [{}]}").priority == 2_000_001_000)
    }

    @Test("is the overhead and the nodes of its runtime")
    func runtime() {
        let sandbox =
            "{kind: RuntimeClass, metadata: {name: sandbox}, overhead: {podFixed: {cpu: 250m}}, "
            + "scheduling: {nodeSelector: {sandbox: 'yes'}, tolerations: [{key: sandbox, operator: Exists}]}}"
        let pod = Self.pod(
            "{runtimeClassName: sandbox, nodeSelector: {disk: ssd}, containers: [{resources: {requests: {cpu: 1}}}]}",
            sandbox)
        #expect(pod.requests.milliCPU == 1250)
        #expect(pod.nodes.selector == ["disk": "ssd", "sandbox": "yes"])
        #expect(pod.tolerations == [Toleration(key: "sandbox")])
    }

    @Test("makes the claim of an ephemeral volume when the pod is there")
    func ephemeralVolumes() {
        let pod = Self.pod(
            "{containers: [{}], volumes: [{name: a, ephemeral: {}}, {name: b, persistentVolumeClaim: {claimName: c}}]}")
        #expect(pod.claims == ["c"])
    }
}
