package import Resources

/// What the API server adds to a pod that a template doesn't say: what admission plugins do by other objects.
package struct PodAdmission: Sendable {
    private var containerDefaults: [String: ResourceAmounts] = [:]
    private var priorities: [String: (value: Int, preempts: Bool)] = [
        "system-cluster-critical": (2_000_000_000, true), "system-node-critical": (2_000_001_000, true),
    ]
    private var defaultPriority: (value: Int, preempts: Bool) = (0, true)
    private var runtimes: [String: Value] = [:]
    /// The namespaces whose LimitRanges may not be read: what their pods ask for is not known for sure.
    package var unreadNamespaces: Set<String> = []

    package init() {}

    /// Why it is not known for sure what the pods of a namespace ask for; nil where it is.
    package func doubt(in namespace: String) -> String? {
        unreadNamespaces.contains(namespace) ? "the LimitRanges of its namespace could not be read" : nil
    }

    /// Learns of a LimitRange, PriorityClass or RuntimeClass; all else is no matter here.
    package mutating func learn(_ object: KubernetesObject) {
        switch object.kind {
        case "LimitRange": learn(limits: object)
        case "PriorityClass":
            let value = (object.value["value"]?.integer ?? 0, object.value["preemptionPolicy"]?.string != "Never")
            priorities[object.name] = value
            if object.value["globalDefault"]?.bool ?? false { defaultPriority = value }
        case "RuntimeClass": runtimes[object.name] = object.value
        default: break
        }
    }

    /// A container's requests default to its limits, and these to the largest that is allowed
    /// (`SetDefaults_LimitRangeItem` in pkg/apis/core/v1/defaults.go).
    private mutating func learn(limits object: KubernetesObject) {
        for item in object.value[path: "spec", "limits"]?.array ?? [] where item["type"]?.string == "Container" {
            var defaults = item["min"]?.object ?? [:]
            for field in ["max", "default", "defaultRequest"] {
                defaults.merge(item[field]?.object ?? [:]) { _, later in later }
            }
            containerDefaults[object.namespace] = .max(
                containerDefaults[object.namespace] ?? ResourceAmounts(), ResourceAmounts(.object(defaults)))
        }
    }

    /// The pod that comes of a template.
    package func pod(
        of template: Value, namespace: String, name: String, labels added: [String: String] = [:]
    ) -> SchedulingPod {
        var spec = template["spec"] ?? .null
        let runtime = spec["runtimeClassName"]?.string.flatMap { runtimes[$0] }
        if let overhead = runtime?[path: "overhead", "podFixed"] { spec["overhead"] = overhead }
        if let scheduling = runtime?["scheduling"] { Self.add(scheduling, to: &spec) }
        let labels = (template[path: "metadata", "labels"]?.object ?? [:]).compactMapValues(\.string)
            .merging(added) { _, added in added }
        var pod = SchedulingPod(
            namespace: namespace, name: name, labels: labels, spec: spec,
            defaults: containerDefaults[namespace] ?? ResourceAmounts())
        // The controller of ephemeral volumes makes their claims when the pod is there.
        let ephemeral = Set(
            (spec["volumes"]?.array ?? []).filter { $0["ephemeral"] != nil }.map { volume in
                "\(name)-\(volume["name"]?.string ?? "")"
            })
        pod.claims.removeAll(where: ephemeral.contains)
        // Whom pods of a class that could not be read may evict is not known.
        let named = spec["priorityClassName"]?.string.map { priorities[$0] ?? (.max, true) }
        let priority = named ?? defaultPriority
        if spec["priority"] == nil { pod.priority = priority.value }
        if spec["preemptionPolicy"] == nil { pod.preempts = priority.preempts }
        return pod
    }

    private static func add(_ scheduling: Value, to spec: inout Value) {
        let selector = (spec["nodeSelector"]?.object ?? [:]).merging(scheduling["nodeSelector"]?.object ?? [:]) { $1 }
        spec["nodeSelector"] = .object(selector)
        spec["tolerations"] = .array((spec["tolerations"]?.array ?? []) + (scheduling["tolerations"]?.array ?? []))
    }
}
