import Resources

/// Turns the name of a PriorityClass into a pod's priority.
enum PriorityAdmission {
    private struct Class {
        let name: String
        let value: Value
        let policy: Value?

        init(_ object: Value) {
            name = object[path: "metadata", "name"]?.string ?? ""
            value = object["value"] ?? 0
            policy = object["preemptionPolicy"]
        }

        init(name: String, value: Value) {
            self.name = name
            self.value = value
            policy = "PreemptLowerPriority"
        }
    }

    /// The classes that every cluster has.
    private static let system = [
        "system-cluster-critical": Class(name: "system-cluster-critical", value: 2_000_000_000),
        "system-node-critical": Class(name: "system-node-critical", value: 2_000_001_000),
    ]

    static func mutate(_ pod: inout [String: Value], _ request: AdmissionRequest) throws(APIStatus) {
        if let old = request.old {
            pod.edit("spec") { spec in
                for key in ["priority", "preemptionPolicy"] {
                    if let value = old[path: "spec", key] { spec.setDefault(key, value) }
                }
            }
            return
        }
        let priority = try self.priority(named: pod["spec"]?["priorityClassName"]?.string ?? "", request)
        try checkGiven(pod["spec"], priority, request)
        pod.edit("spec") { spec in
            if !priority.name.isEmpty { spec["priorityClassName"] = .string(priority.name) }
            spec["priority"] = priority.value
            if let policy = priority.policy { spec["preemptionPolicy"] = policy }
        }
    }

    private static func checkGiven(_ spec: Value?, _ priority: Class, _ request: AdmissionRequest) throws(APIStatus) {
        let end = "must not be provided in pod spec; priority admission controller computed"
        if let given = spec?["priority"], given != priority.value {
            throw request.forbidden(
                "the integer value of priority (\(given.json)) \(end) \(priority.value.json) from the given PriorityClass name"
            )
        }
        if let given = spec?["preemptionPolicy"]?.string, let policy = priority.policy?.string, given != policy {
            throw request.forbidden(
                "the string value of PreemptionPolicy (\(given)) \(end) \(policy) from the given PriorityClass name")
        }
    }

    private static func priority(named name: String, _ request: AdmissionRequest) throws(APIStatus) -> Class {
        if name.isEmpty { return globalDefault(request.view).map(Class.init) ?? Class(name: "", value: 0) }
        if let found = request.find("scheduling.k8s.io", "PriorityClass", namespaced: false, name) {
            return Class(found)
        }
        if let found = system[name] { return found }
        throw request.forbidden("no PriorityClass with name \(name) was found")
    }

    private static func globalDefault(_ view: any ClusterView) -> Value? {
        view.objects(GroupKind(group: "scheduling.k8s.io", kind: "PriorityClass"), namespace: nil)
            .map(\.value).filter { $0["globalDefault"] == true }
            .min { ($0["value"]?.integer ?? 0) < ($1["value"]?.integer ?? 0) }
    }

    /// Only one class can be the one of pods that name none.
    static func validateClass(_ request: AdmissionRequest) throws(APIStatus) {
        guard request.object["globalDefault"] == true, let earlier = globalDefault(request.view) else { return }
        let name = earlier[path: "metadata", "name"]?.string ?? ""
        if request.isCreation || name != request.name {
            throw request.forbidden("PriorityClass \(name) is already marked as default. Only one default can exist")
        }
    }
}
