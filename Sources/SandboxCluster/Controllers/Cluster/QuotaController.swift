internal import FoundationEssentials
internal import Placement
internal import Resources

/// Counts what ResourceQuotas limit (pkg/controller/resourcequota, pkg/quota/v1/evaluator/core).
struct QuotaController: Controller {
    let watched: [GroupKind]? = nil
    let level = WorkLevel.summaries
    private var quotas: [String: Set<ObjectIdentity>] = [:]
    /// By the name of their resource, the kinds that there are.
    private var kinds: [String: GroupKind] = [:]

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        let (kind, namespace) = (change.identity.groupKind, change.identity.namespace)
        if namespace.isEmpty { return [] }
        if change.kind == .added {
            let plural = ResourceNames.plural(of: kind.kind)
            kinds[kind.group.isEmpty ? plural : "\(plural).\(kind.group)"] = kind
        }
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
        let hard = quota.spec["hard"] ?? [:]
        let usage = QuotaUsage(quota, api)
        var used: Value = [:]
        for name in (hard.object ?? [:]).keys.sorted() {
            if let amount = amount(of: name, usage, api) { used[name] = amount }
        }
        try quota.updatingStatus(["hard": hard, "used": used], &api)
        return nil
    }

    private func amount(of name: String, _ usage: QuotaUsage, _ api: some ControllerAccess) -> Value? {
        if name.hasPrefix("count/") {
            guard let kind = kinds[String(name.dropFirst("count/".count))] else { return "0" }
            return .string(String(api.objects(kind, namespace: usage.namespace).count))
        }
        return usage.amount(of: name, api)
    }
}

/// What the objects of a namespace use of what a quota limits.
struct QuotaUsage {
    let namespace: String
    private let pods: [KubernetesObject]

    init(_ quota: KubernetesObject, _ api: some ControllerAccess) {
        namespace = quota.namespace
        let scopes = (quota.spec["scopes"]?.array ?? []).compactMap(\.string)
        let expressions = quota.spec[path: "scopeSelector", "matchExpressions"]?.array ?? []
        pods = api.objects(Kinds.pod, namespace: quota.namespace).filter { pod in
            !pod.hasEnded && scopes.allSatisfy { Self.isIn($0, pod) }
                && expressions.allSatisfy { Self.matches($0, pod) }
        }
    }

    private static func isIn(_ scope: String, _ pod: KubernetesObject) -> Bool {
        switch scope {
        case "Terminating": pod.spec["activeDeadlineSeconds"] != nil
        case "NotTerminating": pod.spec["activeDeadlineSeconds"] == nil
        case "BestEffort": isBestEffort(pod)
        case "NotBestEffort": !isBestEffort(pod)
        case "PriorityClass": !(pod.spec["priorityClassName"]?.string ?? "").isEmpty
        default: true
        }
    }

    private static func isBestEffort(_ pod: KubernetesObject) -> Bool {
        (pod.spec["containers"]?.array ?? []).allSatisfy { container in
            ["requests", "limits"].allSatisfy { (container[path: "resources", $0]?.object ?? [:]).isEmpty }
        }
    }

    private static func matches(_ expression: Value, _ pod: KubernetesObject) -> Bool {
        let scope = expression["scopeName"]?.string ?? ""
        let name = pod.spec["priorityClassName"]?.string
        let values = (expression["values"]?.array ?? []).compactMap(\.string)
        switch expression["operator"]?.string {
        case "In": return scope == "PriorityClass" && name.map(values.contains) ?? false
        case "NotIn": return scope == "PriorityClass" && !(name.map(values.contains) ?? false)
        case "DoesNotExist": return !isIn(scope, pod)
        default: return isIn(scope, pod)
        }
    }

    /// As a quantity's text; nil for what quotas don't know.
    func amount(of name: String, _ api: some ControllerAccess) -> Value? {
        func count(_ kind: GroupKind, where isCounted: (KubernetesObject) -> Bool = { _ in true }) -> Value {
            .string(String(api.objects(kind, namespace: namespace).count(where: isCounted)))
        }
        switch name {
        case "pods": return .string(String(pods.count))
        case "services": return count(Kinds.service)
        case "services.loadbalancers": return count(Kinds.service) { $0.spec["type"] == "LoadBalancer" }
        case "services.nodeports":
            let ports = api.objects(Kinds.service, namespace: namespace).reduce(0) { sum, service in
                guard ["NodePort", "LoadBalancer"].contains(service.spec["type"]?.string) else { return sum }
                return sum + (service.spec["ports"]?.array ?? []).count
            }
            return .string(String(ports))
        case "configmaps": return count(Kinds.configMap)
        case "secrets": return count(Kinds.secret)
        case "replicationcontrollers": return count(Kinds.replicationController)
        case "resourcequotas": return count(Kinds.quota)
        default: return claims(name, api) ?? resources(name)
        }
    }

    private func claims(_ name: String, _ api: some ControllerAccess) -> Value? {
        let marker = ".storageclass.storage.k8s.io/"
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        var className: String?
        var field = name
        if parts.count == 2, name.contains(marker) {
            className = String(parts[0].dropLast(marker.count - 1))
            field = parts[1]
        }
        guard field == "persistentvolumeclaims" || field == "requests.storage" else { return nil }
        let claims = api.objects(Kinds.claim, namespace: namespace).filter {
            className == nil || $0.spec["storageClassName"]?.string == className
        }
        if field == "persistentvolumeclaims" { return .string(String(claims.count)) }
        return Self.text(
            of: claims.reduce(0) { $0 + VolumeFacts.Claim($1).size }, isCPU: false)
    }

    private func resources(_ name: String) -> Value? {
        if name.hasPrefix("limits.") {
            let resource = String(name.dropFirst("limits.".count))
            let sum = pods.reduce(Int64(0)) { sum, pod in
                sum
                    + (pod.spec["containers"]?.array ?? []).reduce(Int64(0)) {
                        $0 + ResourceAmounts($1[path: "resources", "limits"])[resource]
                    }
            }
            return Self.text(of: sum, isCPU: resource == "cpu")
        }
        let resource = name.hasPrefix("requests.") ? String(name.dropFirst("requests.".count)) : name
        let sum = pods.reduce(Int64(0)) { $0 + SchedulingPod($1).requests[resource] }
        return Self.text(of: sum, isCPU: resource == "cpu")
    }

    private static func text(of amount: Int64, isCPU: Bool) -> Value {
        let text = isCPU ? "\(amount)m" : amount > 0 && amount % 1024 == 0 ? "\(amount / 1024)Ki" : "\(amount)"
        return .string(Quantity(text)?.text ?? text)
    }
}
