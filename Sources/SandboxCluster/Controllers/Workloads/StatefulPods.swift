internal import Resources

/// The pods and claims that a StatefulSet makes (pkg/controller/statefulset/stateful_set_utils.go).
struct StatefulPods {
    static let revisionLabel = "controller-revision-hash"
    private let set: KubernetesObject

    init(_ set: KubernetesObject) {
        self.set = set
    }

    /// Nil for a name that is none of the set's.
    static func ordinal(of name: String, in set: KubernetesObject) -> Int? {
        guard name.hasPrefix("\(set.name)-") else { return nil }
        return Int(name.dropFirst(set.name.count + 1)).flatMap { $0 >= 0 ? $0 : nil }
    }

    func pod(_ ordinal: Int, _ revision: KubernetesObject) -> KubernetesObject {
        let name = "\(set.name)-\(ordinal)"
        var pod = PodTemplate.pod(
            of: revision.template, for: set, name: name,
            labels: [
                "statefulset.kubernetes.io/pod-name": name, "apps.kubernetes.io/pod-index": String(ordinal),
                Self.revisionLabel: revision.name,
            ])
        pod.value["metadata"]?["generateName"] = .string("\(set.name)-")
        var spec = pod.spec
        spec["hostname"] = .string(name)
        if let service = set.spec["serviceName"] { spec["subdomain"] = service }
        let claims = claims(of: ordinal)
        if !claims.isEmpty {
            let names = Set(templates.map(\.name))
            let others = (spec["volumes"]?.array ?? []).filter { !names.contains($0["name"]?.string ?? "") }
            let own = zip(templates, claims).map { template, claim -> Value in
                ["name": .string(template.name), "persistentVolumeClaim": ["claimName": .string(claim.name)]]
            }
            spec["volumes"] = .array(own + others)
        }
        pod.value["spec"] = spec
        return pod
    }

    private var templates: [KubernetesObject] {
        (set.spec["volumeClaimTemplates"]?.array ?? []).map(KubernetesObject.init)
    }

    func claims(of ordinal: Int) -> [KubernetesObject] {
        let selected = set.spec[path: "selector", "matchLabels"]?.strings ?? [:]
        return templates.map { template in
            var claim = KubernetesObject([
                "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": [
                    "name": .string("\(template.name)-\(set.name)-\(ordinal)"), "namespace": .string(set.namespace),
                ],
                "spec": template.spec,
            ])
            claim.labels = template.labels.merging(selected) { _, selected in selected }
            if !template.annotations.isEmpty { claim.annotations = template.annotations }
            return claim
        }
    }
}
