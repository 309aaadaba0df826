internal import FoundationEssentials
internal import Resources

/// Counts what ResourceQuotas limit (pkg/controller/resourcequota, pkg/quota/v1/evaluator).
struct QuotaController: Controller {
    let watched: [GroupKind]? = nil
    let level = WorkLevel.summaries
    private var quotas: [String: Set<ObjectIdentity>] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        let (kind, namespace) = (change.identity.groupKind, change.identity.namespace)
        if namespace.isEmpty { return [] }
        if kind == Kinds.quota {
            if change.isDeletion {
                quotas[namespace]?.remove(change.identity)
                return []
            }
            quotas[namespace, default: []].insert(change.identity)
            let isNews = change.object.value["spec"] != change.earlier?.value["spec"]
            return isNews || change.object.value["status"] != change.earlier?.value["status"] ? [change.identity] : []
        }
        guard let affected = quotas[namespace] else { return [] }
        if let earlier = change.earlier, !change.isDeletion {
            let isNews = earlier.value["spec"] != change.object.value["spec"] || earlier.phase != change.object.phase
            if !isNews { return [] }
        }
        return affected.sorted()
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let quota = api.object(key), !quota.isBeingDeleted else { return nil }
        let counts = (quota.spec["hard"]?.object ?? [:]).keys.filter { $0.hasPrefix("count/") }
        let definitions = counts.isEmpty ? [] : api.objects(Kinds.definition, namespace: nil)
        let custom = definitions.flatMap(SchemaRegistry.resources)
        let used = QuotaAdmission.used(by: quota, resources: SchemaRegistry.builtIn.resources + custom, in: api)
        // What there is no kind for, there is none of.
        let zeros = Dictionary(uniqueKeysWithValues: counts.map { ($0, Value("0")) })
        let all = Value.object(used.merging(zeros) { amount, _ in amount })
        try quota.updatingStatus(["hard": quota.spec["hard"] ?? [:], "used": all], &api)
        return nil
    }
}
