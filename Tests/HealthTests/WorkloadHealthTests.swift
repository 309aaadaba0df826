import Health
import Resources
import Testing

@Suite struct DeploymentHealthTests {
    private static func counts(
        total: Int, updated: Int, ready: Int, available: Int, conditions: [Value] = complete
    ) -> Value {
        [
            "replicas": .integer(Int64(total)), "updatedReplicas": .integer(Int64(updated)),
            "readyReplicas": .integer(Int64(ready)), "availableReplicas": .integer(Int64(available)),
            "conditions": .array(conditions),
        ]
    }

    private static let complete = [
        condition("Progressing", "True", "NewReplicaSetAvailable"), condition("Available", "True"),
    ]
    private static let spec: Value = ["replicas": 3, "progressDeadlineSeconds": 600]

    @Test(arguments: [
        HealthCase(
            "all replicas are updated, ready and available", spec: spec,
            status: counts(total: 3, updated: 3, ready: 3, available: 3),
            .current, "Available", "3 of 3 replicas available"
        ),
        HealthCase(
            "none are asked for", spec: ["replicas": 0, "progressDeadlineSeconds": 600],
            status: ["conditions": .array(complete)],
            .current, "Available", "scaled to 0 replicas"
        ),
        HealthCase(
            "no number is asked for, which means one", status: counts(total: 1, updated: 1, ready: 1, available: 1),
            .current, "Available", "1 of 1 replica available"
        ),
        HealthCase(
            "too few exist", spec: spec, status: counts(total: 2, updated: 2, ready: 2, available: 1),
            .inProgress, "LessReplicas", "2 of 3 replicas updated, 1 available"
        ),
        HealthCase(
            "too few are updated", spec: spec, status: counts(total: 3, updated: 2, ready: 3, available: 1),
            .inProgress, "LessUpdated", "2 of 3 replicas updated, 1 available"
        ),
        HealthCase(
            "old ones have not yet ended", spec: spec, status: counts(total: 4, updated: 3, ready: 3, available: 3),
            .inProgress, "ExtraPods", "3 of 3 replicas updated, 3 available, 1 extra replica still to end"
        ),
        HealthCase(
            "too few are available", spec: spec, status: counts(total: 3, updated: 3, ready: 3, available: 2),
            .inProgress, "LessAvailable", "3 of 3 replicas updated, 2 available"
        ),
        HealthCase(
            "too few are ready", spec: spec, status: counts(total: 3, updated: 3, ready: 2, available: 3),
            .inProgress, "LessReady", "3 of 3 replicas updated, 3 available, 2 ready"
        ),
        HealthCase(
            "the controller has not called the rollout complete", spec: spec,
            status: counts(
                total: 3, updated: 3, ready: 3, available: 3,
                conditions: [condition("Progressing", "True", "ReplicaSetUpdated"), condition("Available", "True")]
            ),
            .inProgress, "ReplicaSetNotAvailable",
            "3 of 3 replicas updated, 3 available, the rollout is not yet complete"
        ),
        HealthCase(
            "it is not reported as available", spec: spec,
            status: counts(
                total: 3, updated: 3, ready: 3, available: 3,
                conditions: [
                    condition("Progressing", "True", "NewReplicaSetAvailable"),
                    condition("Available", "False", "MinimumReplicasUnavailable", "no minimum availability"),
                ]
            ),
            .inProgress, "DeploymentNotAvailable", "no minimum availability"
        ),
        HealthCase(
            "it has no deadline and so no Progressing condition",
            spec: ["replicas": 1, "progressDeadlineSeconds": 2_147_483_647],
            status: counts(
                total: 1, updated: 1, ready: 1, available: 1, conditions: [condition("Available", "True")]
            ),
            .current, "Available", "1 of 1 replica available"
        ),
        HealthCase(
            "its progress deadline is exceeded", spec: spec,
            status: counts(
                total: 3, updated: 1, ready: 2, available: 2,
                conditions: [
                    condition("Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"web-1\" has timed out")
                ]
            ),
            .failed, "ProgressDeadlineExceeded", "ReplicaSet \"web-1\" has timed out"
        ),
        HealthCase(
            "pods cannot be created", spec: spec,
            status: counts(
                total: 0, updated: 0, ready: 0, available: 0,
                conditions: [condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota: small")]
            ),
            .inProgress, "ReplicaFailure", "exceeded quota: small"
        ),
        HealthCase(
            "it is paused", spec: ["replicas": 3, "paused": true],
            status: counts(total: 3, updated: 1, ready: 3, available: 3),
            .current, "Paused", "the rollout is paused: 1 of 3 replicas updated, 3 available"
        ),
        HealthCase(
            "its controller has written nothing yet", spec: spec, metadata: ["generation": 1],
            .inProgress, "LatestGenerationNotObserved", "the controller has not yet seen the latest change"
        ),
    ])
    func `a Deployment is judged by its replicas and conditions`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apps/v1", "Deployment") == testCase.expected)
    }
}

@Suite struct ReplicaSetHealthTests {
    private static func counts(total: Int64, labelled: Int64, available: Int64, ready: Int64) -> Value {
        [
            "replicas": .integer(total), "fullyLabeledReplicas": .integer(labelled),
            "availableReplicas": .integer(available), "readyReplicas": .integer(ready),
        ]
    }

    private static let cases = [
        HealthCase(
            "all replicas are there", spec: ["replicas": 2],
            status: counts(total: 2, labelled: 2, available: 2, ready: 2),
            .current, "Available", "2 of 2 replicas available, 2 ready"
        ),
        HealthCase("none are asked for", spec: ["replicas": 0], .current, "Available", "scaled to 0 replicas"),
        HealthCase(
            "too few exist", spec: ["replicas": 2], status: counts(total: 1, labelled: 1, available: 1, ready: 1),
            .inProgress, "LessLabelled", "1 of 2 replicas available, 1 ready"
        ),
        HealthCase(
            "too few are available", spec: ["replicas": 2],
            status: counts(total: 2, labelled: 2, available: 1, ready: 2),
            .inProgress, "LessAvailable", "1 of 2 replicas available, 2 ready"
        ),
        HealthCase(
            "too few are ready", spec: ["replicas": 2],
            status: counts(total: 2, labelled: 2, available: 2, ready: 1),
            .inProgress, "LessReady", "2 of 2 replicas available, 1 ready"
        ),
        HealthCase(
            "there are more than asked for", spec: ["replicas": 1],
            status: counts(total: 3, labelled: 3, available: 1, ready: 1),
            .inProgress, "ExtraPods", "1 of 1 replica available, 1 ready, 2 extra replicas still to end"
        ),
        HealthCase(
            "pods cannot be created", spec: ["replicas": 1],
            status: ["conditions": [condition("ReplicaFailure", "True", "FailedCreate", "pods are forbidden")]],
            .inProgress, "ReplicaFailure", "pods are forbidden"
        ),
    ]

    @Test(arguments: cases)
    func `a ReplicaSet is judged by its replicas`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apps/v1", "ReplicaSet") == testCase.expected)
    }

    @Test(arguments: cases)
    func `a ReplicationController is judged by its replicas`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "ReplicationController") == testCase.expected)
    }
}

@Suite struct StatefulSetHealthTests {
    private static func status(
        total: Int64, ready: Int64, updated: Int64, current: String = "web-2", update: String = "web-2"
    ) -> Value {
        [
            "replicas": .integer(total), "readyReplicas": .integer(ready), "updatedReplicas": .integer(updated),
            "currentRevision": .string(current), "updateRevision": .string(update),
        ]
    }

    private static func partition(_ number: Int64) -> Value {
        ["replicas": 3, "updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["partition": .integer(number)]]]
    }

    @Test(arguments: [
        HealthCase(
            "all replicas are ready and of one revision", spec: ["replicas": 3],
            status: status(total: 3, ready: 3, updated: 3), .current, "Ready", "3 of 3 replicas ready"
        ),
        HealthCase(
            "none are asked for", spec: ["replicas": 0], status: status(total: 0, ready: 0, updated: 0),
            .current, "Ready", "scaled to 0 replicas"
        ),
        HealthCase(
            "too few exist", spec: ["replicas": 3], status: status(total: 2, ready: 1, updated: 2),
            .inProgress, "LessReplicas", "1 of 3 replicas ready, 2 created"
        ),
        HealthCase(
            "too few are ready", spec: ["replicas": 3], status: status(total: 3, ready: 2, updated: 3),
            .inProgress, "LessReady", "2 of 3 replicas ready"
        ),
        HealthCase(
            "there are more than asked for", spec: ["replicas": 1], status: status(total: 2, ready: 2, updated: 2),
            .inProgress, "ExtraPods", "2 of 1 replica ready, 1 extra replica still to end"
        ),
        HealthCase(
            "some are of the revision before", spec: ["replicas": 3],
            status: status(total: 3, ready: 3, updated: 1, current: "web-1"),
            .inProgress, "RevisionMismatch", "1 of 3 replicas updated"
        ),
        HealthCase(
            "a partition of 0, the server's default, is none", spec: partition(0),
            status: status(total: 3, ready: 3, updated: 3, current: "web-1"),
            .inProgress, "RevisionMismatch", "3 of 3 replicas updated"
        ),
        HealthCase(
            "the part above the partition is updated", spec: partition(2),
            status: status(total: 3, ready: 3, updated: 1, current: "web-1"),
            .current, "Ready", "3 of 3 replicas ready"
        ),
        HealthCase(
            "the part above the partition is not yet updated", spec: partition(1),
            status: status(total: 3, ready: 3, updated: 1, current: "web-1"),
            .inProgress, "PartitionRollout", "1 of 2 replicas above the partition updated"
        ),
        HealthCase(
            "the partition is above all replicas", spec: partition(5),
            status: status(total: 3, ready: 3, updated: 0, current: "web-1"),
            .current, "Ready", "3 of 3 replicas ready"
        ),
        HealthCase(
            "its pods are updated by hand", spec: ["replicas": 3, "updateStrategy": ["type": "OnDelete"]],
            .current, "OnDelete", "pods are updated when someone deletes them (OnDelete)"
        ),
        HealthCase(
            "its controller has seen only the generation before", spec: ["replicas": 1],
            status: ["observedGeneration": 1, "replicas": 1, "readyReplicas": 1], metadata: ["generation": 2],
            .inProgress, "LatestGenerationNotObserved", "the controller has not yet seen the latest change"
        ),
    ])
    func `a StatefulSet is judged by its replicas and revisions`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apps/v1", "StatefulSet") == testCase.expected)
    }
}

@Suite struct DaemonSetHealthTests {
    private static func counts(
        desired: Int64, current: Int64, updated: Int64, available: Int64, ready: Int64
    ) -> Value {
        [
            "desiredNumberScheduled": .integer(desired), "currentNumberScheduled": .integer(current),
            "updatedNumberScheduled": .integer(updated), "numberAvailable": .integer(available),
            "numberReady": .integer(ready),
        ]
    }

    @Test(arguments: [
        HealthCase(
            "every node has its pod", status: counts(desired: 2, current: 2, updated: 2, available: 2, ready: 2),
            .current, "Available", "2 of 2 pods available"
        ),
        HealthCase(
            "no node matches", status: counts(desired: 0, current: 0, updated: 0, available: 0, ready: 0),
            .current, "Available", "no node asks for a pod"
        ),
        HealthCase(
            "the nodes are not counted", .inProgress, "NoDesiredNumber", "the controller has not yet counted the nodes"),
        HealthCase(
            "a node has no pod", status: counts(desired: 2, current: 1, updated: 1, available: 1, ready: 1),
            .inProgress, "LessCurrent", "1 of 2 pods created"
        ),
        HealthCase(
            "a pod is of the template before",
            status: counts(desired: 2, current: 2, updated: 1, available: 2, ready: 2),
            .inProgress, "LessUpdated", "1 of 2 pods updated, 2 available"
        ),
        HealthCase(
            "a pod is of the template before and is updated by hand", spec: ["updateStrategy": ["type": "OnDelete"]],
            status: counts(desired: 2, current: 2, updated: 1, available: 2, ready: 2),
            .current, "Available", "2 of 2 pods available"
        ),
        HealthCase(
            "a pod is not available", status: counts(desired: 2, current: 2, updated: 2, available: 1, ready: 2),
            .inProgress, "LessAvailable", "2 of 2 pods updated, 1 available"
        ),
        HealthCase(
            "a pod is not ready", status: counts(desired: 2, current: 2, updated: 2, available: 2, ready: 1),
            .inProgress, "LessReady", "2 of 2 pods updated, 2 available, 1 ready"
        ),
        HealthCase(
            "its controller has written nothing yet", metadata: ["generation": 1],
            .inProgress, "LatestGenerationNotObserved", "the controller has not yet seen the latest change"
        ),
    ])
    func `a DaemonSet is judged by its pods on nodes`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apps/v1", "DaemonSet") == testCase.expected)
    }
}

@Suite struct JobHealthTests {
    @Test(arguments: [
        HealthCase(
            "it is complete", spec: ["completions": 3],
            status: ["succeeded": 3, "startTime": timestamp(0), "conditions": [condition("Complete", "True")]],
            .current, "Complete", "3 of 3 completions"
        ),
        HealthCase(
            "it has only started, which is not enough", spec: ["completions": 3],
            status: ["succeeded": 1, "active": 2, "failed": 1, "startTime": timestamp(0)],
            .inProgress, "NotComplete", "1 of 3 completions, 2 active, 1 failed"
        ),
        HealthCase("it has not started", .inProgress, "NotStarted", "the Job has not started"),
        HealthCase(
            "it has failed",
            status: [
                "failed": 7,
                "conditions": [
                    condition("Failed", "True", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
                ],
            ],
            .failed, "BackoffLimitExceeded", "Job has reached the specified backoff limit"
        ),
        HealthCase(
            "it has failed without a word", status: ["failed": 1, "conditions": [condition("Failed", "True")]],
            .failed, "JobFailed", "0 of 1 completion, 1 failed"
        ),
        HealthCase("it is suspended", spec: ["suspend": true], .current, "Suspended", "the Job is suspended"),
    ])
    func `a Job is judged by its completion`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "batch/v1", "Job") == testCase.expected)
    }

    @Test func `a Job that is gone is complete where its time to live removes it`() {
        var job = KubernetesObject(["apiVersion": "batch/v1", "kind": "Job", "spec": ["ttlSecondsAfterFinished": 0]])
        #expect(
            Health.assess(absent: job)
                == ObjectHealth(.current, "RemovedAfterTTL", "the Job has finished and its time to live is over")
        )
        job.value["spec"] = [:]
        #expect(Health.assess(absent: job) == ObjectHealth(.notFound, "NotFound", "the object does not exist"))
    }
}
