package import Resources

/// Refuses what a ResourceQuota of the namespace has no room for
/// (apiserver/pkg/admission/plugin/resourcequota/controller.go).
///
/// What is used is counted from the objects there are, not taken from the quota's status, so that it is never late.
package enum QuotaAdmission {
    private static let kind = GroupKind(group: "", kind: "ResourceQuota")

    static func validate(_ request: AdmissionRequest) throws(APIStatus) {
        guard request.resource.isNamespaced, !request.namespace.isEmpty,
            request.isCreation || QuotaEvaluator.changesByUpdate(request.resource.kind.groupKind)
        else { return }
        let quotas = request.view.objects(kind, namespace: request.namespace)
        guard !quotas.isEmpty else { return }
        let evaluator = QuotaEvaluator(request.resource, now: request.view.now)
        var delta = evaluator.usage(of: request.object)
        let earlier: [String: ResourceTotal] = request.old.map { evaluator.usage(of: $0) } ?? [:]
        for (name, amount) in earlier { delta[name]? -= amount }
        for quota in quotas {
            try validate(quota, delta, evaluator, request)
        }
    }

    private static func validate(
        _ quota: KubernetesObject, _ delta: [String: ResourceTotal], _ evaluator: QuotaEvaluator,
        _ request: AdmissionRequest
    ) throws(APIStatus) {
        let hard = LimitRanger.quantities(quota.value[path: "spec", "hard"])
        let covered = hard.filter { evaluator.counts($0.key) }
        guard !covered.isEmpty, QuotaScope.all(of: quota.value, match: request) else { return }
        let missing = evaluator.missingRequirements(of: request.object, names: covered.keys)
        guard missing.isEmpty else {
            throw request.forbidden("failed quota: \(quota.name): must specify \(missing.joined(separator: ","))")
        }
        let requested = delta.filter { covered[$0.key] != nil && $0.value.nanos > 0 }
        guard !requested.isEmpty else { return }
        var used = used(by: quota, evaluator, request.view)
        // An object that is changed is among those that were counted: only the difference is asked for.
        used = used.filter { requested[$0.key] != nil }
        let exceeded = requested.keys.sorted().filter { name in
            (used[name]?.nanos ?? 0).addingClamped(requested[name]?.nanos ?? 0) > (covered[name]?.nanos ?? 0)
        }
        guard !exceeded.isEmpty else { return }
        func list(_ totals: [String: ResourceTotal]) -> String {
            exceeded.map { "\($0)=\((totals[$0] ?? ResourceTotal()).text)" }.joined(separator: ",")
        }
        throw request.forbidden(
            "exceeded quota: \(quota.name), requested: \(list(requested)), used: \(list(used)), limited: \(list(covered))"
        )
    }

    private static func used(
        by quota: KubernetesObject, _ evaluator: QuotaEvaluator, _ view: any ClusterView
    ) -> [String: ResourceTotal] {
        var total: [String: ResourceTotal] = [:]
        for object in view.objects(evaluator.kind, namespace: quota.namespace)
        where QuotaScope.all(of: quota.value, match: object.value, evaluator.kind) {
            total.merge(evaluator.usage(of: object.value)) { sum, amount in
                var sum = sum
                sum += amount
                return sum
            }
        }
        return total
    }

    /// What a quota's `status.used` says now: an amount for each name in `spec.hard` that one of the resources has.
    package static func used(
        by quota: KubernetesObject, resources: [ResourceDefinition], in view: some ClusterView
    ) -> [String: Value] {
        let names = (quota.value[path: "spec", "hard"]?.object ?? [:]).keys
        var used: [String: Value] = [:]
        var seen: Set<GroupKind> = []
        for resource in resources where resource.isNamespaced && seen.insert(resource.kind.groupKind).inserted {
            let evaluator = QuotaEvaluator(resource, now: view.now)
            let counted = names.filter(evaluator.counts)
            guard !counted.isEmpty else { continue }
            let totals = self.used(by: quota, evaluator, view)
            for name in counted { used[name] = .string((totals[name] ?? ResourceTotal()).text) }
        }
        return used
    }
}
