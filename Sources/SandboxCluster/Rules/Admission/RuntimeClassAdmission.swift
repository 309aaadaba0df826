import Resources

/// Gives a pod what its RuntimeClass asks for: overhead, a node selector, tolerations.
enum RuntimeClassAdmission {
    static func mutate(_ pod: inout [String: Value], _ request: AdmissionRequest) throws(APIStatus) {
        guard let runtime = try runtimeClass(of: pod["spec"], request) else { return }
        try checkOverhead(of: pod["spec"], runtime, request, isSetLater: true)
        let selector = runtime[path: "scheduling", "nodeSelector"]?.object ?? [:]
        let given = pod["spec"]?["nodeSelector"]?.object ?? [:]
        for (key, value) in selector.sorted(by: { $0.key < $1.key }) {
            guard let other = given[key], other != value else { continue }
            throw request.forbidden(
                "conflict: runtimeClass.scheduling.nodeSelector[\(key)] = \(value.string ?? ""); "
                    + "pod.spec.nodeSelector[\(key)] = \(other.string ?? "")")
        }
        pod.edit("spec") { spec in
            if let overhead = overhead(runtime) { spec["overhead"] = overhead }
            if !selector.isEmpty { spec["nodeSelector"] = .object(given.merging(selector) { $1 }) }
            for toleration in runtime[path: "scheduling", "tolerations"]?.array ?? []
            where spec["tolerations"]?.array?.contains(toleration) != true {
                spec.append(toleration, to: "tolerations")
            }
        }
    }

    static func validate(_ request: AdmissionRequest) throws(APIStatus) {
        guard request.isCreation else { return }
        let spec = request.object["spec"]
        let runtime = try runtimeClass(of: spec, request)
        try checkOverhead(of: spec, runtime, request, isSetLater: false)
    }

    private static func runtimeClass(of spec: Value?, _ request: AdmissionRequest) throws(APIStatus) -> Value? {
        guard let name = spec?["runtimeClassName"]?.string else { return nil }
        if let found = request.find("node.k8s.io", "RuntimeClass", namespaced: false, name) { return found }
        throw request.forbidden("pod rejected: RuntimeClass \"\(name)\" not found")
    }

    private static func overhead(_ runtime: Value?) -> Value? {
        runtime?[path: "overhead", "podFixed"]
    }

    private static func checkOverhead(
        of spec: Value?, _ runtime: Value?, _ request: AdmissionRequest, isSetLater: Bool
    ) throws(APIStatus) {
        let given = spec?["overhead"]
        guard let overhead = overhead(runtime) else {
            if given == nil || isSetLater { return }
            throw request.forbidden(
                "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
        }
        if given == overhead || given == nil && isSetLater { return }
        throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    }
}
