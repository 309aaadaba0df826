internal import Resources

/// Objects of Kubernetes' own kinds as Go creates them: what is not left out when empty has its zero value
/// (the `json` tags of `k8s.io/api`). Fields of all versions of a kind are put together.
enum EmptyObjects {
    static func value(of kind: String) -> Value {
        var object = parts[kind] ?? [:]
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    private static let metadata: [String: Value] = ["creationTimestamp": .null]
    private static let pod: Value = ["metadata": .object(metadata), "spec": ["containers": .null]]
    private static let rules: [String: Value] = ["rules": .null]
    private static let binding: [String: Value] = ["roleRef": ["apiGroup": "", "kind": "", "name": ""]]
    private static let specAndStatus: [String: Value] = ["spec": [:], "status": [:]]

    private static let parts: [String: [String: Value]] = workloads.merging(others) { first, _ in first }

    private static let workloads: [String: [String: Value]] = [
        "ControllerRevision": ["data": .null, "revision": 0],
        "CronJob": [
            "spec": ["jobTemplate": ["metadata": .object(metadata), "spec": ["template": pod]], "schedule": ""],
            "status": [:],
        ],
        "DaemonSet": [
            "spec": ["selector": .null, "template": pod, "updateStrategy": [:]],
            "status": [
                "currentNumberScheduled": 0, "desiredNumberScheduled": 0, "numberMisscheduled": 0, "numberReady": 0,
            ],
        ],
        "Deployment": ["spec": ["selector": .null, "template": pod, "strategy": [:]], "status": [:]],
        "HorizontalPodAutoscaler": [
            "spec": ["maxReplicas": 0, "scaleTargetRef": ["kind": "", "name": ""]],
            "status": ["conditions": .null, "currentMetrics": .null, "currentReplicas": 0, "desiredReplicas": 0],
        ],
        "Job": ["spec": ["template": pod], "status": [:]],
        "Pod": ["spec": ["containers": .null], "status": [:]],
        "PodDisruptionBudget": [
            "spec": [:],
            "status": ["currentHealthy": 0, "desiredHealthy": 0, "disruptionsAllowed": 0, "expectedPods": 0],
        ],
        "PodTemplate": ["template": pod],
        "ReplicaSet": ["spec": ["selector": .null, "template": pod], "status": ["replicas": 0]],
        "ReplicationController": ["spec": [:], "status": ["replicas": 0]],
        "Scale": ["spec": [:], "status": ["replicas": 0]],
        "StatefulSet": [
            "spec": ["selector": .null, "serviceName": "", "template": pod, "updateStrategy": [:]],
            "status": ["replicas": 0],
        ],
    ]

    private static let others: [String: [String: Value]] = [
        "APIService": ["spec": ["groupPriorityMinimum": 0, "versionPriority": 0], "status": [:]],
        "CSIDriver": ["spec": [:]],
        "CSINode": ["spec": ["drivers": .null]],
        "CSIStorageCapacity": ["storageClassName": ""],
        "CertificateSigningRequest": ["spec": ["request": .null, "signerName": ""], "status": [:]],
        "ClusterRole": rules,
        "ClusterRoleBinding": binding,
        "CustomResourceDefinition": [
            "spec": ["group": "", "names": ["kind": "", "plural": ""], "scope": "", "versions": .null],
            "status": ["acceptedNames": ["kind": "", "plural": ""], "conditions": .null, "storedVersions": .null],
        ],
        "EndpointSlice": ["addressType": "", "endpoints": .null, "ports": .null],
        "Event": [
            "eventTime": .null, "firstTimestamp": .null, "involvedObject": [:], "lastTimestamp": .null,
            "reportingComponent": "", "reportingInstance": "", "source": [:], "deprecatedFirstTimestamp": .null,
            "deprecatedLastTimestamp": .null, "deprecatedSource": [:], "regarding": [:],
        ],
        "FlowSchema": [
            "spec": ["matchingPrecedence": 0, "priorityLevelConfiguration": ["name": ""]], "status": [:],
        ],
        "Ingress": ["spec": [:], "status": ["loadBalancer": [:]]],
        "IngressClass": ["spec": [:]],
        "Lease": ["spec": [:]],
        "LimitRange": ["spec": ["limits": .null]],
        "Namespace": specAndStatus,
        "NetworkPolicy": ["spec": ["podSelector": [:]]],
        "Node": [
            "spec": [:],
            "status": [
                "daemonEndpoints": ["kubeletEndpoint": ["Port": 0]],
                "nodeInfo": [
                    "architecture": "", "bootID": "", "containerRuntimeVersion": "", "kernelVersion": "",
                    "kubeProxyVersion": "", "kubeletVersion": "", "machineID": "", "operatingSystem": "",
                    "osImage": "", "systemUUID": "",
                ],
            ],
        ],
        "PersistentVolume": specAndStatus,
        "PersistentVolumeClaim": ["spec": ["resources": [:]], "status": [:]],
        "PodSecurityPolicy": [
            "spec": ["fsGroup": [:], "runAsUser": ["rule": ""], "seLinux": ["rule": ""], "supplementalGroups": [:]]
        ],
        "PriorityClass": ["value": 0],
        "PriorityLevelConfiguration": ["spec": ["type": ""], "status": [:]],
        "ResourceQuota": specAndStatus,
        "Role": rules,
        "RoleBinding": binding,
        "RuntimeClass": ["handler": ""],
        "Service": ["spec": [:], "status": ["loadBalancer": [:]]],
        "StorageClass": ["provisioner": ""],
        "VolumeAttachment": ["spec": ["attacher": "", "nodeName": "", "source": [:]], "status": ["attached": false]],
    ]
}
