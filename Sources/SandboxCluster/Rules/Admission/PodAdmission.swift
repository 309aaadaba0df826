import Resources

/// The plugins that change pods: LimitRanger, ServiceAccount, Priority, DefaultTolerationSeconds, RuntimeClass.
enum PodAdmission {
    static func mutate(_ pod: inout Value, _ request: AdmissionRequest) throws(APIStatus) {
        guard case .object(var fields) = pod else { return }
        pod = .null
        defer { pod = .object(fields) }
        fields.setDefault("spec", [:])
        if request.isCreation {
            LimitRanger.setDefaults(in: &fields, request)
            try ServiceAccountAdmission.mutate(&fields, request)
        }
        try PriorityAdmission.mutate(&fields, request)
        fields.edit("spec", addTolerations)
        if request.isCreation { try RuntimeClassAdmission.mutate(&fields, request) }
    }

    /// A pod stays five minutes on a node that is lost, unless it says something else about that.
    private static func addTolerations(_ spec: inout [String: Value]) {
        let given = spec["tolerations"]?.array ?? []
        for taint: Value in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
            let isTolerated = given.contains { toleration in
                let key = toleration["key"] ?? ""
                let effect = toleration["effect"] ?? ""
                return (key == taint || key.isGoZero) && (effect == "NoExecute" || effect.isGoZero)
            }
            guard !isTolerated else { continue }
            spec.append(
                ["key": taint, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300], to: "tolerations"
            )
        }
    }
}
