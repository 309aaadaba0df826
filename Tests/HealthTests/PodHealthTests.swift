import Health
import Resources
import Testing

@Suite struct PodHealthTests {
    private static func container(
        _ name: String = "web", ready: Bool = false, restarts: Int64 = 0, state: Value, lastState: Value = [:]
    ) -> Value {
        [
            "name": .string(name), "image": "shop:9", "ready": .bool(ready), "restartCount": .integer(restarts),
            "state": state, "lastState": lastState,
        ]
    }

    private static func waiting(_ reason: String, _ message: String? = nil) -> Value {
        var waiting: Value = ["reason": .string(reason)]
        waiting["message"] = message.map(Value.string)
        return ["waiting": waiting]
    }

    private static let running: Value = ["running": ["startedAt": timestamp(0)]]
    private static let unscheduled: Value = [
        "phase": "Pending",
        "conditions": [
            [
                "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
                "message": "0/3 nodes are available: 3 Insufficient cpu.", "lastTransitionTime": timestamp(0),
            ]
        ],
    ]

    @Test(arguments: [
        HealthCase(
            "it is ready", status: ["phase": "Running", "conditions": [condition("Ready", "True")]],
            .current, "Ready", "the pod is ready"
        ),
        HealthCase(
            "it has succeeded", status: ["phase": "Succeeded"], .current, "Succeeded", "the pod has run to its end"),
        HealthCase(
            "it has failed",
            status: [
                "phase": "Failed",
                "containerStatuses": [container(state: ["terminated": ["exitCode": 3, "reason": "Error"]])],
            ],
            .failed, "Failed", "container web exits with code 3"
        ),
        HealthCase(
            "it was evicted",
            status: ["phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory."],
            .failed, "Evicted", "The node was low on resource: memory."
        ),
        HealthCase(
            "it has just been created", status: ["phase": "Pending"],
            .inProgress, "NotScheduled", "the pod is not yet scheduled"
        ),
        HealthCase(
            "no node has room, for longer than is tolerated", status: unscheduled,
            context: HealthContext(now: time(15)),
            .failed, "Unschedulable", "0/3 nodes are available: 3 Insufficient cpu."
        ),
        HealthCase(
            "no node has room, but a node may still be added", status: unscheduled,
            context: HealthContext(now: time(14)),
            .inProgress, "NotScheduled", "0/3 nodes are available: 3 Insufficient cpu."
        ),
        HealthCase(
            "a gate keeps the scheduler from it",
            status: [
                "phase": "Pending",
                "conditions": [
                    condition(
                        "PodScheduled", "False", "SchedulingGated", "Scheduling is blocked due to non-empty gates")
                ],
            ],
            .inProgress, "SchedulingGated", "Scheduling is blocked due to non-empty gates"
        ),
        HealthCase(
            "its containers are being created",
            status: [
                "phase": "Pending", "conditions": [condition("PodScheduled", "True")],
                "containerStatuses": [container(state: waiting("ContainerCreating"))],
            ],
            .inProgress, "ContainerCreating", "the pod's containers are being created"
        ),
        HealthCase(
            "an init container is at work",
            status: [
                "phase": "Pending", "initContainerStatuses": [container("migrate", state: running)],
                "containerStatuses": [container(state: waiting("PodInitializing"))],
            ],
            .inProgress, "Initializing", "init container migrate has not yet finished"
        ),
        HealthCase(
            "one of two containers is ready",
            status: [
                "phase": "Running",
                "containerStatuses": [container(state: running), container("proxy", ready: true, state: running)],
            ],
            .inProgress, "ContainersNotReady", "1 of 2 containers ready"
        ),
        HealthCase(
            "a readiness gate is closed",
            status: [
                "phase": "Running", "containerStatuses": [container(ready: true, state: running)],
                "conditions": [condition("Ready", "False", "ReadinessGatesNotReady", "gate \"lb\" is not ready")],
            ],
            .inProgress, "NotReady", "gate \"lb\" is not ready"
        ),
        HealthCase(
            "a container crashes again and again",
            status: [
                "phase": "Running",
                "containerStatuses": [
                    container(
                        restarts: 4, state: waiting("CrashLoopBackOff", "back-off 40s restarting failed container"),
                        lastState: ["terminated": ["exitCode": 1, "reason": "Error"]]
                    )
                ],
            ],
            .failed, "CrashLoopBackOff", "container web exits with code 1, restarted 4 times"
        ),
        HealthCase(
            "a container exceeds its memory limit",
            spec: ["containers": [["name": "web", "resources": ["limits": ["memory": "64Mi"]]]]],
            status: [
                "phase": "Running",
                "containerStatuses": [
                    container(
                        restarts: 1, state: waiting("CrashLoopBackOff"),
                        lastState: ["terminated": ["exitCode": 137, "reason": "OOMKilled"]]
                    )
                ],
            ],
            .failed, "CrashLoopBackOff",
            "container web is killed for using more memory than its limit of 64Mi (OOMKilled), restarted 1 time"
        ),
        HealthCase(
            "an init container crashes again and again",
            status: [
                "phase": "Pending",
                "initContainerStatuses": [
                    container(
                        "migrate", restarts: 2, state: waiting("CrashLoopBackOff"),
                        lastState: ["terminated": ["exitCode": 139, "reason": "Error"]]
                    )
                ],
                "containerStatuses": [container(state: waiting("PodInitializing"))],
            ],
            .failed, "CrashLoopBackOff",
            "init container migrate is ended by SIGSEGV (exit code 139), restarted 2 times"
        ),
    ])
    func `a Pod is judged by its phase, conditions and containers`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "Pod") == testCase.expected)
    }

    @Test(arguments: [
        ("ErrImagePull", "container web: image \"shop:9\" cannot be pulled: why"),
        ("ImagePullBackOff", "container web: image \"shop:9\" cannot be pulled: why"),
        ("InvalidImageName", "container web: image \"shop:9\" cannot be pulled: why"),
        ("ErrImageNeverPull", "container web: image \"shop:9\" cannot be pulled: why"),
        ("CreateContainerConfigError", "container web cannot be created: why"),
        ("CreateContainerError", "container web cannot be created: why"),
    ])
    func `what a kubelet cannot do is failed early`(reason: String, message: String) {
        let pod = HealthCase(
            reason,
            status: ["phase": "Pending", "containerStatuses": [Self.container(state: Self.waiting(reason, "why"))]],
            .failed, reason, message
        )
        #expect(pod.health(as: "v1", "Pod") == pod.expected)
    }
}
