import Placement
import Resources
import Testing

@Suite("Volumes")
struct VolumeFilterTests {
    @Test("answer as the scheduler does", arguments: cases)
    func answers(_ rule: FilterCase) {
        #expect(rule.failures.map { $0?.reasons.joined(separator: " + ") } == rule.says)
    }

    private static let zones = [NeighbourFilterTests.zone("a", "x"), NeighbourFilterTests.zone("b", "w")]
    private static let mounting = pod("p", "{volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}")

    private static func claim(_ spec: String, phase: String = "Bound", deleting: Bool = false, isNew: Bool = false)
        -> @Sendable (inout VolumeFacts) -> Void
    {
        var metadata: Value = ["name": "data", "namespace": "default"]
        if deleting { metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
        let object = KubernetesObject([
            "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": value(spec),
            "status": ["phase": .string(phase)],
        ])
        return { $0.learn(claim: object, isNew: isNew) }
    }

    private static func volume(_ spec: String) -> @Sendable (inout VolumeFacts) -> Void {
        let object = KubernetesObject(["kind": "PersistentVolume", "metadata": ["name": "disk"], "spec": value(spec)])
        return { $0.learn(volume: object) }
    }

    private static func storage(_ fields: String, isDefault: Bool = false) -> @Sendable (inout VolumeFacts) -> Void {
        var object = value(fields)
        object["metadata"] = ["name": "fast"]
        if isDefault {
            object["metadata"] = [
                "name": "fast", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"],
            ]
        }
        return { [object] in $0.learn(storageClass: KubernetesObject(object)) }
    }

    private static func rule(
        _ name: String, _ facts: [@Sendable (inout VolumeFacts) -> Void], _ says: [String?],
        pod: SchedulingPod = mounting
    ) -> FilterCase {
        var volumes = VolumeFacts()
        for learn in facts { learn(&volumes) }
        return FilterCase(name: name, nodes: zones, volumes: volumes, pod: pod, says: says)
    }

    private static let inX =
        "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [x]}]}]}}"
    private static let late = storage("{provisioner: csi, volumeBindingMode: WaitForFirstConsumer}")
    private static let unbound = "pod has unbound immediate PersistentVolumeClaims"
    private static let conflict = "node(s) had volume node affinity conflict"
    private static let none = "node(s) didn't find available persistent volumes to bind"

    private static let cases = [
        rule(
            "a claim that doesn't exist", [],
            Array(repeating: "persistentvolumeclaim \"data\" not found", count: 2)),
        rule(
            "a claim that is being deleted", [claim("{volumeName: disk}", deleting: true)],
            Array(repeating: "persistentvolumeclaim \"data\" is being deleted", count: 2)),
        rule(
            "a claim that has lost its volume", [claim("{volumeName: disk}", phase: "Lost")],
            Array(
                repeating: "persistentvolumeclaim \"data\" bound to non-existent persistentvolume \"disk\"", count: 2)),
        rule("a claim that should be bound at once", [claim("{}")], [unbound, unbound]),
        rule("a claim that is only declared yet", [claim("{}", isNew: true)], [nil, nil]),
        rule("a bound volume that is everywhere", [claim("{volumeName: disk}"), volume("{}")], [nil, nil]),
        rule(
            "a bound volume in a zone", [claim("{volumeName: disk}"), volume("{\(inX)}")], [nil, conflict]),
        rule("a claim that waits for its pod", [late, claim("{storageClassName: fast}")], [nil, nil]),
        rule(
            "a claim of the default class that waits",
            [storage("{provisioner: csi, volumeBindingMode: WaitForFirstConsumer}", isDefault: true), claim("{}")],
            [nil, nil]),
        rule(
            "a class that provisions in a zone",
            [
                storage(
                    "{provisioner: csi, volumeBindingMode: WaitForFirstConsumer, allowedTopologies: "
                        + "[{matchLabelExpressions: [{key: zone, values: [x]}]}]}"), claim("{storageClassName: fast}"),
            ], [nil, none]),
        rule(
            "a volume that is there to be bound",
            [
                storage("{provisioner: kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer}"),
                claim("{storageClassName: fast, resources: {requests: {storage: 1Gi}}, accessModes: [ReadWriteOnce]}"),
                volume("{storageClassName: fast, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], \(inX)}"),
            ], [nil, none]),
        rule(
            "a volume that is too small",
            [
                storage("{provisioner: kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer}"),
                claim("{storageClassName: fast, resources: {requests: {storage: 2Gi}}}"),
                volume("{storageClassName: fast, capacity: {storage: 1Gi}}"),
            ], [none, none]),
        rule(
            "a volume that somebody has",
            [
                storage("{provisioner: kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer}"),
                claim("{storageClassName: fast}"),
                volume("{storageClassName: fast, claimRef: {name: other}}"),
            ], [none, none]),
        rule(
            "an ephemeral volume's claim is named after the pod", [],
            Array(repeating: "persistentvolumeclaim \"p-scratch\" not found", count: 2),
            pod: pod("p", "{volumes: [{name: scratch, ephemeral: {}}]}")),
    ]
}
