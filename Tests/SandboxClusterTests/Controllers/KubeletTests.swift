import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Kubelet` {
    private static func id(_ name: String) -> ObjectIdentity { Samples.identity(Kinds.pod, name) }

    private static func diagnosis(of name: String, _ sandbox: Sandbox) throws -> Diagnosis? {
        var context = HealthContext(now: sandbox.cluster.now)
        context.learn(storageClasses: sandbox.cluster.objects(Kinds.storageClass, namespace: nil))
        let evidence = HealthEvidence(objects: sandbox.pods, events: sandbox.events)
        return HealthDiagnosis.diagnose(try sandbox.get(id(name)), evidence: evidence, context: context)
    }

    private static func state(_ pod: KubernetesObject, _ index: Int = 0) -> Value {
        pod.status["containerStatuses"]?[index]?["state"] ?? .null
    }

    @Test func `a pod is pending, creates its containers, and is ready after a second`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web"))
        sandbox.settle()
        let early = try sandbox.get(Self.id("web"))
        #expect(early.phase == "Pending")
        #expect(Self.state(early) == ["waiting": ["reason": "ContainerCreating"]])
        #expect(early.condition("Ready")?["message"] == "containers with unready status: [web]")
        sandbox.wait(1)
        let pod = try sandbox.get(Self.id("web"))
        #expect(pod.phase == "Running" && pod.isReadyPod)
        #expect(pod.status["podIP"]?.string?.hasPrefix("10.244.") ?? false)
        #expect(pod.status["hostIP"] == "192.0.2.2")
        #expect(Health.assess(pod).status == .current)
        #expect(sandbox.messages("Started") == ["Started container web"])
        #expect(sandbox.manager.nextDeadline == nil)
    }

    /// The annotation, seconds, the phase then, whether it is ready, and the diagnosis where it isn't.
    private static let wishes: [(String, Double, String, Bool, String?)] = [
        ("slow=30s", 29.0, "Running", false, "Running"),
        ("slow=30s", 31, "Running", true, nil),
        ("image-missing", 1, "Pending", false, "ErrImagePull"),
        ("image-missing", 5, "Pending", false, "ImagePullBackOff"),
        ("crash", 1, "Running", false, "ContainerCrashed"),
        ("crash", 5, "Running", false, "CrashLoopBackOff"),
        ("oom", 20, "Running", false, "CrashLoopBackOff"),
        ("config-missing", 2, "Pending", false, "CreateContainerConfigError"),
        ("never-ready", 300, "Running", false, "Unhealthy"),
        ("stuck", 300, "Pending", false, "ContainerCreating"),
        ("ready", 2, "Running", true, nil),
    ]

    @Test(arguments: wishes)
    func `a pod behaves as its annotation says`(
        wish: String, seconds: Double, phase: String, isReady: Bool, reason: String?
    ) throws {
        for annotation in ["endstate.dev/sandbox", "endstate.dev/test-pod"] {
            var sandbox = try Sandbox(nodes: 1)
            try sandbox.create(Samples.pod("web", annotations: [annotation: .string(wish)]))
            sandbox.wait(seconds)
            let pod = try sandbox.get(Self.id("web"))
            #expect(pod.phase == phase)
            #expect(pod.isReadyPod == isReady)
            let diagnosis = try Self.diagnosis(of: "web", sandbox)
            #expect(diagnosis?.reason == (reason == "Running" ? "ContainersNotReady" : reason))
        }
    }

    @Test(arguments: [
        (
            "endstate.test/image-missing:1",
            "container web: image \"endstate.test/image-missing:1\" cannot be pulled: manifest unknown"
        ),
        ("endstate.test/crash:1", "container web exits with code 1, restarted 2 times"),
        (
            "endstate.test/oom:1",
            "container web is killed for using more memory than its limit (OOMKilled), restarted 2 times"
        ),
        ("endstate.test/config-missing:1", "container web cannot be created: secret \"missing\" not found"),
    ])
    func `an image's trouble is diagnosed as final`(image: String, headline: String) throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web", image: image))
        sandbox.wait(14)
        let diagnosis = try #require(try Self.diagnosis(of: "web", sandbox))
        #expect(diagnosis.headline == headline)
        #expect(diagnosis.severity == .failed)
    }

    @Test func `crashes are followed by longer and longer times, and counted in one event`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web", image: "endstate.test/crash:1"))
        var times: [Int: Double] = [:]
        for _ in 0..<60 {
            sandbox.wait(10)
            let restarts = try sandbox.get(Self.id("web")).restarts
            if times[restarts] == nil { times[restarts] = sandbox.time }
        }
        #expect([2, 3, 4, 5, 6].map { times[$0] } == [20, 40, 80, 160, 320])
        let pod = try sandbox.get(Self.id("web"))
        let waiting = Self.state(pod)["waiting"]
        #expect(waiting?["reason"] == "CrashLoopBackOff")
        let text = "restarting failed container=web pod=web_default(\(pod.uid ?? ""))"
        #expect(waiting?["message"]?.string == "back-off 5m0s \(text)")
        let event = sandbox.events.first { $0.value["reason"] == "BackOff" }
        #expect(event?.value["count"]?.integer == pod.restarts)
        #expect(event?.value["message"]?.string == "Back-off \(text)")
    }

    @Test func `what a test changes of a pod's behaviour takes effect`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web", annotations: ["endstate.dev/sandbox": "image-missing"]))
        sandbox.wait(100)
        for (wish, isReady) in [
            ("ready", true), ("never-ready", false), ("ready", true), ("crash", false), ("ready", true),
        ] {
            try sandbox.change(Self.id("web")) {
                $0["metadata"]?["annotations"] = ["endstate.dev/sandbox": .string(wish)]
            }
            sandbox.wait(2)
            #expect(try sandbox.get(Self.id("web")).isReadyPod == isReady)
        }
    }

    private static let references: [(Value, String)] = [
        (
            ["env": [["name": "A", "valueFrom": ["configMapKeyRef": ["name": "cfg", "key": "a"]]]]],
            "configmap \"cfg\" not found"
        ),
        (
            ["env": [["name": "A", "valueFrom": ["secretKeyRef": ["name": "cfg", "key": "a"]]]]],
            "secret \"cfg\" not found"
        ),
        (["envFrom": [["secretRef": ["name": "cfg"]]]], "secret \"cfg\" not found"),
        (
            ["env": [["name": "A", "valueFrom": ["configMapKeyRef": ["name": "half", "key": "a"]]]]],
            "couldn't find key a in ConfigMap default/half"
        ),
    ]

    @Test(arguments: references)
    func `a container waits for what its environment refers to, and starts when it is there`(
        field: Value, message: String
    ) throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.config("ConfigMap", "half", data: ["b": "1"]))
        var container: Value = ["name": "web", "image": "nginx:1"]
        for (name, value) in field.object ?? [:] { container[name] = value }
        try sandbox.create(Samples.pod("web", spec: ["containers": [container]]))
        sandbox.wait(60)
        let waiting = Self.state(try sandbox.get(Self.id("web")))["waiting"]
        #expect(waiting?["reason"] == "CreateContainerConfigError")
        #expect(waiting?["message"]?.string == message)
        #expect(sandbox.messages("Failed") == ["Error: \(message)"])
        for kind in ["ConfigMap", "Secret"] { try sandbox.create(Samples.config(kind, "cfg", data: ["a": "1"])) }
        try sandbox.change(Samples.identity(Kinds.configMap, "half")) { $0["data"] = ["a": "1"] }
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("web")).isReadyPod)
    }

    @Test func `what is optional is not waited for`() throws {
        var sandbox = try Sandbox(nodes: 1)
        let container: Value = [
            "name": "web", "image": "nginx:1", "envFrom": [["secretRef": ["name": "cfg", "optional": true]]],
        ]
        let volume: Value = ["name": "v", "configMap": ["name": "cfg", "optional": true]]
        try sandbox.create(Samples.pod("web", spec: ["containers": [container], "volumes": [volume]]))
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("web")).isReadyPod)
    }

    private static let sources: [(Value, String)] = [
        (["configMap": ["name": "cfg"]], "MountVolume.SetUp failed for volume \"v\" : configmap \"cfg\" not found"),
        (["secret": ["secretName": "cfg"]], "MountVolume.SetUp failed for volume \"v\" : secret \"cfg\" not found"),
        (
            ["projected": ["sources": [["secret": ["name": "cfg"]]]]],
            "MountVolume.SetUp failed for volume \"v\" : secret \"cfg\" not found"
        ),
        (
            ["configMap": ["name": "half", "items": [["key": "a", "path": "a"]]]],
            "MountVolume.SetUp failed for volume \"v\" : references non-existent config key: a"
        ),
    ]

    @Test(arguments: sources)
    func `a pod waits for what its volumes refer to`(source: Value, message: String) throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.config("ConfigMap", "half", data: ["b": "1"]))
        var volume = source
        volume["name"] = "v"
        try sandbox.create(Samples.pod("web", spec: ["volumes": [volume]]))
        sandbox.wait(60)
        let diagnosis = try #require(try Self.diagnosis(of: "web", sandbox))
        #expect(diagnosis.reason == "FailedMount")
        #expect(diagnosis.headline == "a volume cannot be mounted: \(message)")
        for kind in ["ConfigMap", "Secret"] { try sandbox.create(Samples.config(kind, "cfg", data: ["a": "1"])) }
        try sandbox.change(Samples.identity(Kinds.configMap, "half")) { $0["data"] = ["a": "1"] }
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("web")).isReadyPod)
    }

    @Test func `containers that initialize a pod run one after the other, sidecars go on`() throws {
        var sandbox = try Sandbox(nodes: 1)
        let initial: Value = [
            ["name": "proxy", "image": "proxy:1", "restartPolicy": "Always"], ["name": "migrate", "image": "tool:1"],
        ]
        try sandbox.create(Samples.pod("web", spec: ["initContainers": initial]))
        sandbox.wait(1)
        let early = try sandbox.get(Self.id("web"))
        #expect(early.condition("Initialized")?["message"] == "containers with incomplete status: [migrate]")
        #expect(Self.state(early) == ["waiting": ["reason": "PodInitializing"]])
        sandbox.wait(1)
        let pod = try sandbox.get(Self.id("web"))
        #expect(pod.isReadyPod)
        let states = (pod.status["initContainerStatuses"]?.array ?? []).map { $0["state"]?.object?.keys.first }
        #expect(states == ["running", "terminated"])
    }

    @Test func `a container that fails to initialize holds up the others`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(
            Samples.pod("web", spec: ["initContainers": [["name": "migrate", "image": "endstate.test/crash:1"]]]))
        sandbox.wait(60)
        let pod = try sandbox.get(Self.id("web"))
        #expect(pod.phase == "Pending")
        let diagnosis = try #require(try Self.diagnosis(of: "web", sandbox))
        #expect(diagnosis.headline == "init container migrate exits with code 1, restarted 3 times")
    }

    @Test(arguments: [
        ("Always", "nginx:1", "Running"), ("OnFailure", "nginx:1", "Succeeded"), ("Never", "nginx:1", "Succeeded"),
        ("Never", "endstate.test/crash:1", "Failed"), ("OnFailure", "endstate.test/crash:1", "Running"),
    ])
    func `what becomes of a pod is a matter of its restart policy`(policy: String, image: String, phase: String) throws
    {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web", image: image, spec: ["restartPolicy": .string(policy)]))
        sandbox.wait(5)
        #expect(try sandbox.get(Self.id("web")).phase == phase)
    }

    @Test func `probes are waited for as long as they say`() throws {
        var sandbox = try Sandbox(nodes: 1)
        let container: Value = [
            "name": "web", "image": "nginx:1", "readinessProbe": ["initialDelaySeconds": 10],
            "startupProbe": ["initialDelaySeconds": 5],
        ]
        try sandbox.create(Samples.pod("web", spec: ["containers": [container]]))
        sandbox.wait(15)
        #expect(try sandbox.get(Self.id("web")).isReadyPod == false)
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("web")).isReadyPod)
    }

    @Test func `a readiness gate is somebody else's to open`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web", spec: ["readinessGates": [["conditionType": "example.org/up"]]]))
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("web")).condition("Ready")?["reason"] == "ReadinessGatesNotReady")
        try sandbox.change(Self.id("web"), status: true) { pod in
            let others = pod[path: "status", "conditions"]?.array ?? []
            pod["status"]?["conditions"] = .array(others + [["type": "example.org/up", "status": "True"]])
        }
        sandbox.settle()
        #expect(try sandbox.get(Self.id("web")).isReadyPod)
    }

    @Test(arguments: [(30, 1.0), (0, 0.0), (nil, 1.0)] as [(Int?, Double)])
    func `a deleted pod has a second at most to end`(grace: Int?, seconds: Double) throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(
            Samples.pod("web", spec: grace.map { ["terminationGracePeriodSeconds": .number($0)] } ?? [:]))
        sandbox.wait(2)
        try sandbox.delete(Self.id("web"))
        sandbox.settle()
        #expect((sandbox.cluster.object(Self.id("web")) == nil) == (seconds == 0))
        sandbox.wait(seconds)
        #expect(sandbox.cluster.object(Self.id("web")) == nil)
        if seconds > 0 { #expect(sandbox.messages("Killing") == ["Stopping container web"]) }
    }

    @Test func `a pod that a finalizer holds has ended all the same`() throws {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web"))
        try sandbox.change(Self.id("web")) { $0["metadata"]?["finalizers"] = ["example.org/hold"] }
        sandbox.wait(2)
        try sandbox.delete(Self.id("web"))
        sandbox.wait(5)
        #expect(try sandbox.get(Self.id("web")).hasEnded)
        #expect(sandbox.manager.nextDeadline == nil)
        try sandbox.change(Self.id("web")) { $0["metadata"]?["finalizers"] = nil }
        sandbox.settle()
        #expect(sandbox.cluster.object(Self.id("web")) == nil)
    }

    @Test func `pods that were running go on when the controllers start anew, and trouble of unknown cause stays`()
        throws
    {
        var sandbox = try Sandbox(nodes: 1)
        try sandbox.create(Samples.pod("web"))
        try sandbox.create(Samples.pod("bad", image: "endstate.test/crash:1"))
        sandbox.wait(60)
        try sandbox.create(Samples.pod("foreign", spec: ["nodeName": "node-1"]))
        _ = sandbox.cluster.takeChanges()
        let waiting: Value = ["reason": "CrashLoopBackOff", "message": "back-off 5m0s"]
        try sandbox.change(Self.id("foreign"), status: true) { pod in
            pod["status"] = [
                "phase": "Running", "startTime": "2023-01-01T00:00:00Z", "podIP": "10.244.0.77",
                "containerStatuses": [
                    ["name": "web", "ready": false, "restartCount": 9, "state": ["waiting": waiting]]
                ],
            ]
        }
        let before = try sandbox.get(Self.id("web"))
        let restarts = try sandbox.get(Self.id("bad")).restarts
        sandbox.manager = ControllerManager()
        _ = sandbox.cluster.takeChanges()
        for object in sandbox.cluster.all.values { sandbox.manager.note(ObjectChange(.added, object)) }
        sandbox.wait(600)
        #expect(try sandbox.get(Self.id("web")) == before)
        #expect(try sandbox.get(Self.id("bad")).restarts > restarts)
        let foreign = try sandbox.get(Self.id("foreign"))
        #expect(Self.state(foreign)["waiting"] == waiting && foreign.restarts == 9)
        try sandbox.create(Samples.pod("next"))
        sandbox.wait(2)
        #expect(try sandbox.get(Self.id("next")).status["podIP"] == "10.244.0.78")
    }
}
