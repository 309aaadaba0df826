internal import Resources

/// The pods that a DaemonSet makes (pkg/controller/daemon/util/daemonset_util.go).
enum DaemonPods {
    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"

    /// - Parameter node: The one that the pod is for; nil for what all of them have in common.
    static func pod(of set: KubernetesObject, hash: String, node: String?) -> KubernetesObject {
        let generation = set.annotations["deprecated.daemonset.template.generation"] ?? String(set.generation ?? 1)
        var pod = PodTemplate.pod(
            of: set.spec["template"] ?? [:], for: set,
            labels: [StatefulPods.revisionLabel: hash, "pod-template-generation": generation])
        var spec = pod.spec
        let own = spec["tolerations"]?.array ?? []
        spec["tolerations"] = .array(own + tolerations(of: spec).filter { !own.contains($0) })
        if let node { spec.change(at: ["affinity", "nodeAffinity", required]) { pin(&$0, to: node) } }
        pod.value["spec"] = spec
        return pod
    }

    /// What keeps a pod on its node when that is not well (`AddOrUpdateDaemonPodTolerations`).
    private static func tolerations(of spec: Value) -> [Value] {
        var keys = [
            ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"),
            ("memory-pressure", "NoSchedule"), ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
        ]
        if spec["hostNetwork"]?.bool ?? false { keys.append(("network-unavailable", "NoSchedule")) }
        return keys.map { key, effect in
            ["key": .string("node.kubernetes.io/\(key)"), "operator": "Exists", "effect": .string(effect)]
        }
    }

    /// Only that node (`ReplaceDaemonSetPodNodeNameNodeAffinity`).
    private static func pin(_ affinity: inout Value, to node: String) {
        let field: Value = ["key": "metadata.name", "operator": "In", "values": [.string(node)]]
        let terms = affinity["nodeSelectorTerms"]?.array ?? []
        let pinned = (terms.isEmpty ? [[:]] : terms).map { term -> Value in
            var term = term
            term["matchFields"] = [field]
            return term
        }
        affinity["nodeSelectorTerms"] = .array(pinned)
    }

    /// The node that the pod is on or is for; empty where it is for none.
    static func node(of pod: KubernetesObject) -> String {
        if !pod.nodeName.isEmpty { return pod.nodeName }
        let terms = pod.spec[path: "affinity", "nodeAffinity", required, "nodeSelectorTerms"]?.array ?? []
        let fields = terms.first?["matchFields"]?.array ?? []
        return fields.first { $0["key"] == "metadata.name" }?["values"]?[0]?.string ?? ""
    }
}
