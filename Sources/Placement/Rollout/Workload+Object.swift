package import Resources

extension Workload {
    /// The kinds whose pods are judged.
    package static let kinds = [
        "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "Pod",
    ]

    /// Reads what will be of an object that makes pods.
    /// - Parameters:
    ///   - object: As it will be once it is applied.
    ///   - live: As it is; nil where it doesn't exist or is replaced.
    ///   - pods: All pods of the cluster that are its own.
    ///   - replacesTemplate: Whether its pods will be made of another template than they are now.
    /// - Returns: Nil for an object that makes no pods.
    package init?(
        _ object: KubernetesObject, live: KubernetesObject?, pods: [SchedulingPod], replacesTemplate: Bool,
        admission: PodAdmission
    ) {
        let template = object.kind == "Pod" ? object.value : object.value[path: "spec", "template"]
        guard Self.kinds.contains(object.kind), let template, template["spec"] != nil else { return nil }
        let spec = object.value["spec"]
        let pod = admission.pod(
            of: template, namespace: object.namespace, name: object.name,
            labels: Self.addedLabels(object.kind, besides: replacesTemplate ? nil : pods.first))
        let wanted = spec?["replicas"]?.count ?? live?.value[path: "spec", "replicas"]?.count ?? 1
        self.init(identity: object.identity, pod: pod, replicas: wanted, existing: pods)
        replacesExisting = replacesTemplate && !pods.isEmpty
        firstOrdinal = spec?[path: "ordinals", "start"]?.count ?? 0
        switch object.kind {
        case "Deployment": strategy = Self.rolling(spec?["strategy"], replicas: wanted)
        case "StatefulSet":
            let update = spec?["updateStrategy"]
            let partition = update?[path: "rollingUpdate", "partition"]?.count ?? 0
            strategy = update?["type"]?.string == "OnDelete" ? .never : .ordered(partition: partition)
            claimTemplates = (spec?["volumeClaimTemplates"]?.array ?? []).map(KubernetesObject.init)
        case "DaemonSet":
            let update = spec?["updateStrategy"]
            let surge = update?[path: "rollingUpdate", "maxSurge"].map { Self.count($0, of: 100, roundsUp: true) } ?? 0
            strategy = update?["type"]?.string == "OnDelete" ? .never : .perNode(surges: surge > 0)
        case "Job":
            let parallel = spec?["parallelism"]?.count ?? 1
            replicas = min(parallel, spec?["completions"]?.count ?? parallel)
            if spec?["suspend"]?.bool ?? false { replicas = 0 }
            strategy = .run
        case "Pod":
            replicas = 1
            strategy = .never
        default: strategy = .never
        }
    }

    /// `ResolveFenceposts` in pkg/controller/deployment/util: surge rounds up, unavailable down, and not both are zero.
    private static func rolling(_ strategy: Value?, replicas: Int) -> Strategy {
        if strategy?["type"]?.string == "Recreate" { return .recreate }
        let quarter: Value = "25%"
        let surge = count(strategy?[path: "rollingUpdate", "maxSurge"] ?? quarter, of: replicas, roundsUp: true)
        var unavailable = count(
            strategy?[path: "rollingUpdate", "maxUnavailable"] ?? quarter, of: replicas, roundsUp: false)
        if surge == 0, unavailable == 0 { unavailable = 1 }
        return .rolling(surge: surge, unavailable: min(unavailable, replicas))
    }

    /// A number or a percentage; 0 for neither.
    static func count(_ value: Value, of whole: Int, roundsUp: Bool) -> Int {
        value.count ?? value.percentage(of: whole, roundsUp: roundsUp) ?? 0
    }

    /// What controllers put on pods, so that selectors by revision tell them from those of other revisions.
    /// - Parameter sibling: A pod of the same revision.
    private static func addedLabels(_ kind: String, besides sibling: SchedulingPod?) -> [String: String] {
        let keys = [
            "Deployment": "pod-template-hash", "StatefulSet": "controller-revision-hash",
            "DaemonSet": "controller-revision-hash",
        ]
        guard let key = keys[kind] else { return [:] }
        return [key: sibling?.labels[key] ?? "new"]
    }
}
