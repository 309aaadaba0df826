import Health
import Resources

/// Objects as a cluster has them around a workload named `web` in the namespace `shop`.
enum Fixture {
    /// A Deployment that is not healthy, of the given revision's template.
    static func deployment(conditions: [Value] = []) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "web", "namespace": "shop", "uid": "web", "generation": 1],
            "spec": ["replicas": 3, "selector": ["matchLabels": ["app": "web"]]],
            "status": ["observedGeneration": 1, "conditions": .array(conditions)],
        ])
    }

    static func replicaSet(_ revision: Int, conditions: [Value] = []) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": [
                "name": .string("web-\(revision)"), "namespace": "shop", "uid": .string("web-\(revision)"),
                "annotations": ["deployment.kubernetes.io/revision": .string("\(revision)")],
                "ownerReferences": [owner("Deployment", "web")],
            ],
            "spec": ["replicas": 3],
            "status": ["conditions": .array(conditions)],
        ])
    }

    static func statefulSet(updateRevision: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": ["name": "web", "namespace": "shop", "uid": "web", "generation": 1],
            "spec": ["replicas": 2],
            "status": ["observedGeneration": 1, "updateRevision": .string(updateRevision)],
        ])
    }

    static func pod(
        _ name: String, of owner: Value = owner("ReplicaSet", "web-2"), hash: String? = nil, spec: Value = [:],
        status: Value
    ) -> KubernetesObject {
        var pod = KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": "shop", "uid": .string(name), "ownerReferences": [owner],
            ],
            "spec": spec, "status": status,
        ])
        if let hash { pod.labels = ["controller-revision-hash": hash] }
        return pod
    }

    static func owner(_ kind: String, _ name: String) -> Value {
        [
            "apiVersion": "apps/v1", "kind": .string(kind), "name": .string(name), "uid": .string(name),
            "controller": true,
        ]
    }

    /// The status of a pod with one container.
    static func status(
        phase: String = "Pending", restarts: Int64 = 0, state: Value, lastState: Value = [:]
    ) -> Value {
        [
            "phase": .string(phase),
            "conditions": [condition("PodScheduled", "True")],
            "containerStatuses": [
                [
                    "name": "web", "image": "registry.example/web:9", "ready": false,
                    "restartCount": .integer(restarts), "state": state, "lastState": lastState,
                ]
            ],
        ]
    }

    static func waiting(_ reason: String, _ message: String? = nil) -> Value {
        var waiting: Value = ["reason": .string(reason)]
        waiting["message"] = message.map(Value.string)
        return ["waiting": waiting]
    }

    static func terminated(_ exitCode: Int64, _ reason: String = "Error", message: String? = nil) -> Value {
        var terminated: Value = ["exitCode": .integer(exitCode), "reason": .string(reason)]
        terminated["message"] = message.map(Value.string)
        return ["terminated": terminated]
    }

    /// A status that a pull failure leaves.
    static let pullFailure = status(
        state: waiting("ImagePullBackOff", "Back-off pulling image \"registry.example/web:9\"")
    )

    /// A status that a crash loop leaves.
    static func crashLoop(restarts: Int64, exitCode: Int64 = 1) -> Value {
        status(
            phase: "Running", restarts: restarts, state: waiting("CrashLoopBackOff"), lastState: terminated(exitCode)
        )
    }

    static func event(
        about uid: String, _ reason: String, _ message: String, type: String = "Warning", container: String? = nil,
        at seconds: Int = 0
    ) -> KubernetesObject {
        var subject: Value = ["uid": .string(uid)]
        subject["fieldPath"] = container.map { .string("spec.containers{\($0)}") }
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Event", "involvedObject": subject, "reason": .string(reason),
            "message": .string(message), "type": .string(type), "firstTimestamp": timestamp(0),
            "lastTimestamp": timestamp(seconds),
        ])
    }

    static func podIdentity(_ name: String) -> ObjectIdentity {
        ObjectIdentity(group: "", kind: "Pod", namespace: "shop", name: name)
    }
}
