import Placement
import Resources
import Testing
import YAML

/// Reads a value from YAML, in which the cases of this suite are written.
func value(_ yaml: String) -> Value {
    YAMLReader.documents(in: Array(yaml.utf8)).documents.first?.value ?? .null
}

/// A node with 4 CPUs, 8Gi of memory and room for 10 pods, unless the text says otherwise.
///
/// - Parameter yaml: `labels`, `taints`, `unschedulable`, and what is `allocatable`, as flow mappings.
func node(_ name: String, _ yaml: String = "{}") -> SchedulingNode { SchedulingNode(nodeObject(name, yaml)) }

/// The object that `node` is read from.
func nodeObject(_ name: String, _ yaml: String = "{}") -> KubernetesObject {
    let fields = value(yaml)
    var labels = fields["labels"]?.object ?? [:]
    labels["kubernetes.io/hostname"] = .string(name)
    var allocatable: [String: Value] = ["cpu": 4, "memory": "8Gi", "pods": 10]
    allocatable.merge(fields["allocatable"]?.object ?? [:]) { _, given in given }
    let room = Value.object(allocatable.filter { !$0.value.isNull })
    return KubernetesObject([
        "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name), "labels": .object(labels)],
        "spec": ["taints": fields["taints"] ?? [], "unschedulable": fields["unschedulable"] ?? false],
        "status": ["allocatable": room, "capacity": room],
    ])
}

/// A pod of namespace `default`, with one container that asks for `cpu` and `memory` where the text has them.
///
/// - Parameter yaml: Fields of the spec, besides `labels`, `namespace`, `cpu`, `memory`, `node`, `deleting`, `phase`.
func pod(_ name: String, _ yaml: String = "{}") -> SchedulingPod { SchedulingPod(podObject(name, yaml)) }

/// The object that `pod` is read from.
func podObject(_ name: String, _ yaml: String = "{}") -> KubernetesObject {
    let fields = value(yaml)
    var spec = fields
    for field in ["labels", "namespace", "cpu", "memory", "node", "deleting", "phase"] { spec[field] = nil }
    var requests: [String: Value] = [:]
    for resource in ["cpu", "memory"] { requests[resource] = fields[resource] }
    if spec["containers"] == nil {
        spec["containers"] = [["name": "main", "image": "none", "resources": ["requests": .object(requests)]]]
    }
    spec["nodeName"] = fields["node"]
    var metadata: Value = [
        "name": .string(name), "namespace": fields["namespace"] ?? "default", "labels": fields["labels"] ?? [:],
    ]
    if fields["deleting"] == true { metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
    return KubernetesObject([
        "apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec,
        "status": ["phase": fields["phase"] ?? "Running"],
    ])
}

/// One rule of the scheduler: what it says to a pod on each node, nil where the pod may go.
struct FilterCase: CustomTestStringConvertible, Sendable {
    let name: String
    var nodes: [SchedulingNode] = [node("a")]
    var pods: [SchedulingPod] = []
    var namespaces: [String: [String: String]] = [:]
    var volumes = VolumeFacts()
    let pod: SchedulingPod
    let says: [String?]

    var testDescription: String { name }

    var failures: [FilterFailure?] {
        PlacementState(nodes: nodes, pods: pods, namespaces: namespaces, volumes: volumes).failures(of: pod)
    }
}

let affinityRules = "node(s) didn't match pod affinity rules"
let antiAffinityRules = "node(s) didn't match pod anti-affinity rules"
let existingRules = "node(s) didn't satisfy existing pods anti-affinity rules"
let nodeAffinityRules = "node(s) didn't match Pod's node affinity/selector"
let spreadRules = "node(s) didn't match pod topology spread constraints"
let portRules = "node(s) didn't have free ports for the requested pod ports"
