import Health
import Resources
import Testing

/// What a Deployment's diagnosis says of one pod of its newest ReplicaSet.
@Suite struct PodDiagnosisTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var spec: Value = [:]
        let status: Value
        var events: [KubernetesObject] = []
        var logs: [LogRequest: [String]] = [:]
        let severity: Diagnosis.Severity
        let reason: String
        let headline: String
        var details: [String] = []

        var testDescription: String { name }
    }

    private static let log = LogRequest(namespace: "shop", pod: "web-2-a", container: "web", previous: true)

    @Test(arguments: [
        Case(
            name: "an image that the registry does not have, in the registry's words",
            status: Fixture.pullFailure,
            events: [
                Fixture.event(
                    about: "web-2-a", "Failed",
                    "Failed to pull image \"registry.example/web:9\": rpc error: code = NotFound desc = manifest unknown",
                    container: "web", at: 1
                ),
                Fixture.event(about: "web-2-a", "Failed", "Error: ErrImagePull", container: "web", at: 2),
                Fixture.event(about: "web-2-a", "Failed", "Error: ImagePullBackOff", container: "web", at: 3),
            ],
            severity: .failed, reason: "ImagePullBackOff",
            headline: "container web: image \"registry.example/web:9\" cannot be pulled: "
                + "rpc error: code = NotFound desc = manifest unknown"
        ),
        Case(
            name: "an image that cannot be pulled, without events",
            status: Fixture.status(state: Fixture.waiting("ErrImagePull", "manifest unknown")),
            severity: .failed, reason: "ErrImagePull",
            headline: "container web: image \"registry.example/web:9\" cannot be pulled: manifest unknown"
        ),
        Case(
            name: "a Secret that does not exist",
            status: Fixture.status(state: Fixture.waiting("CreateContainerConfigError", "secret \"db\" not found")),
            severity: .failed, reason: "CreateContainerConfigError",
            headline: "container web cannot be created: secret \"db\" not found"
        ),
        Case(
            name: "a crash loop with its last words",
            status: Fixture.crashLoop(restarts: 3),
            logs: [log: ["connecting to db", "panic: no route to host"]],
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web exits with code 1, restarted 3 times",
            details: ["web | connecting to db", "web | panic: no route to host"]
        ),
        Case(
            name: "a first crash, which may be due to something that is just starting",
            status: Fixture.crashLoop(restarts: 1),
            severity: .waiting, reason: "CrashLoopBackOff",
            headline: "container web exits with code 1, restarted 1 time"
        ),
        Case(
            name: "a container that runs between two crashes",
            status: Fixture.status(
                phase: "Running", restarts: 2, state: ["running": [:]], lastState: Fixture.terminated(2)
            ),
            severity: .waiting, reason: "ContainerCrashed",
            headline: "container web exits with code 2, restarted 2 times"
        ),
        Case(
            name: "a container that ends though it should keep running",
            status: Fixture.crashLoop(restarts: 5, exitCode: 0),
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web exits with code 0, restarted 5 times"
        ),
        Case(
            name: "a memory limit that is too small",
            spec: ["containers": [["name": "web", "resources": ["limits": ["memory": "64Mi"]]]]],
            status: Fixture.status(
                phase: "Running", restarts: 2, state: Fixture.waiting("CrashLoopBackOff"),
                lastState: Fixture.terminated(137, "OOMKilled")
            ),
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web is killed for using more memory than its limit of 64Mi (OOMKilled), "
                + "restarted 2 times"
        ),
        Case(
            name: "a command that does not exist",
            status: Fixture.status(
                phase: "Running", restarts: 2, state: Fixture.waiting("CrashLoopBackOff"),
                lastState: Fixture.terminated(128, "StartError", message: "exec: \"serve\": not found")
            ),
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web cannot be started: exec: \"serve\": not found, restarted 2 times"
        ),
        Case(
            name: "a crash with a termination message",
            status: Fixture.status(
                phase: "Running", restarts: 2, state: Fixture.waiting("CrashLoopBackOff"),
                lastState: Fixture.terminated(1, message: "no licence")
            ),
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web exits with code 1, restarted 2 times", details: ["web said: no licence"]
        ),
        Case(
            name: "a liveness probe that ends the container",
            status: Fixture.crashLoop(restarts: 4, exitCode: 143),
            events: [
                Fixture.event(about: "web-2-a", "Unhealthy", "Liveness probe failed: timeout", container: "web")
            ],
            severity: .failed, reason: "CrashLoopBackOff",
            headline: "container web is ended by SIGTERM (exit code 143), restarted 4 times",
            details: ["Liveness probe failed: timeout"]
        ),
        Case(
            name: "a readiness probe that fails",
            status: Fixture.status(phase: "Running", state: ["running": [:]]),
            events: [
                Fixture.event(
                    about: "web-2-a", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503",
                    container: "web"
                )
            ],
            severity: .waiting, reason: "Unhealthy",
            headline: "container web is not ready: Readiness probe failed: HTTP probe failed with statuscode: 503"
        ),
        Case(
            name: "a container that is not ready and nobody says why",
            status: Fixture.status(phase: "Running", state: ["running": [:]]),
            severity: .waiting, reason: "ContainersNotReady",
            headline: "0 of 1 container ready: web is running but not ready"
        ),
        Case(
            name: "a volume that cannot be mounted",
            status: Fixture.status(state: Fixture.waiting("ContainerCreating")),
            events: [
                Fixture.event(
                    about: "web-2-a", "FailedMount",
                    "MountVolume.SetUp failed for volume \"config\" : configmap \"web\" not found"
                )
            ],
            severity: .waiting, reason: "FailedMount",
            headline: "a volume cannot be mounted: "
                + "MountVolume.SetUp failed for volume \"config\" : configmap \"web\" not found"
        ),
        Case(
            name: "a network that cannot be set up",
            status: Fixture.status(state: Fixture.waiting("ContainerCreating")),
            events: [
                Fixture.event(about: "web-2-a", "FailedCreatePodSandBox", "Failed to create pod sandbox: no IP left")
            ],
            severity: .waiting, reason: "FailedCreatePodSandBox",
            headline: "Failed to create pod sandbox: no IP left"
        ),
        Case(
            name: "a pod that was evicted, which its ReplicaSet makes anew",
            status: ["phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory."],
            severity: .waiting, reason: "Evicted", headline: "The node was low on resource: memory."
        ),
        Case(
            name: "a pod without a node",
            status: [
                "phase": "Pending",
                "conditions": [condition("PodScheduled", "False", "Unschedulable", "0/3 nodes are available")],
            ],
            severity: .failed, reason: "Unschedulable",
            headline: "the pod cannot be scheduled: 0/3 nodes are available"
        ),
    ])
    func `a pod's trouble is told as a person needs it`(_ testCase: Case) {
        let pod = Fixture.pod("web-2-a", spec: testCase.spec, status: testCase.status)
        let evidence = HealthEvidence(
            objects: [Fixture.replicaSet(2), pod], events: testCase.events, logs: testCase.logs
        )
        let diagnosis = HealthDiagnosis.diagnose(Fixture.deployment(), evidence: evidence)
        #expect(
            diagnosis
                == Diagnosis(
                    severity: testCase.severity, reason: testCase.reason, headline: testCase.headline,
                    details: ["in Pod shop/web-2-a"] + testCase.details, subject: Fixture.podIdentity("web-2-a")
                )
        )
        #expect(diagnosis?.isTerminalFailure == (testCase.severity == .failed))
    }

    @Test func `a pod without a node may wait for one to be added, and says which claim it waits for`() {
        let pod = Fixture.pod(
            "web-2-a",
            spec: ["volumes": [["persistentVolumeClaim": ["claimName": "data"]]]],
            status: [
                "phase": "Pending",
                "conditions": [
                    [
                        "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
                        "message": "pod has unbound immediate PersistentVolumeClaims",
                        "lastTransitionTime": timestamp(0),
                    ]
                ],
            ]
        )
        let claim = KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": ["name": "data", "namespace": "shop", "uid": "data"], "status": ["phase": "Pending"],
        ])
        let events = [
            Fixture.event(about: "data", "ProvisioningFailed", "storageclass.storage.k8s.io \"fast\" not found")
        ]
        let diagnosis = HealthDiagnosis.diagnose(
            pod, evidence: HealthEvidence(objects: [claim], events: events), context: HealthContext(now: time(5))
        )
        #expect(
            diagnosis
                == Diagnosis(
                    severity: .waiting, reason: "Unschedulable",
                    headline: "the pod cannot be scheduled: pod has unbound immediate PersistentVolumeClaims",
                    details: [
                        "PersistentVolumeClaim shop/data is not bound: storageclass.storage.k8s.io \"fast\" not found"
                    ],
                    subject: pod.identity
                )
        )
    }
}
