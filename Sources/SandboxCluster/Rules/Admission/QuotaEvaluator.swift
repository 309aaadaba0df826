import FoundationEssentials
import Resources

/// What an object of a resource uses of quotas (pkg/quota/v1/evaluator/core).
struct QuotaEvaluator {
    let kind: GroupKind
    private let countName: String
    private let alias: String?
    private let now: Date

    init(_ resource: ResourceDefinition, now: Date) {
        kind = resource.kind.groupKind
        countName = "count/\(resource.qualifiedName)"
        let hasAlias = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"].contains(resource.plural)
        alias = kind.group.isEmpty && hasAlias ? resource.plural : nil
        self.now = now
    }

    static func changesByUpdate(_ kind: GroupKind) -> Bool {
        kind == .service || kind == claim
    }

    private static let claim = GroupKind(group: "", kind: "PersistentVolumeClaim")
    private static let compute = ["cpu", "memory", "ephemeral-storage"]
    private static let classSuffix = ".storageclass.storage.k8s.io/"

    /// Whether a name in a quota's `hard` is about objects of this resource.
    func counts(_ name: String) -> Bool {
        if name == countName || name == alias { return true }
        switch kind {
        case .pod:
            return name == "pods" || name.hasPrefix("hugepages-") || Self.computeName(name) != nil
                || Self.isExtended(name)
        case .service: return ["services", "services.nodeports", "services.loadbalancers"].contains(name)
        case Self.claim:
            let amounts = ["persistentvolumeclaims", "requests.storage"]
            return amounts.contains { $0 == name || name.hasSuffix(Self.classSuffix + $0) }
        default: return false
        }
    }

    func usage(of object: Value) -> [String: ResourceTotal] {
        var usage: [String: ResourceTotal] = [countName: .count(1)]
        if let alias { usage[alias] = .count(1) }
        switch kind {
        case .pod: usage.merge(podUsage(object)) { $1 }
        case .service: usage.merge(Self.serviceUsage(ServiceSpec(object["spec"]))) { $1 }
        case Self.claim: usage.merge(Self.claimUsage(object["spec"] ?? [:])) { $1 }
        default: break
        }
        return usage
    }

    /// Amounts that a quota makes every container of a pod name, and that one of them doesn't; in order.
    func missingRequirements(of object: Value, names: some Sequence<String>) -> [String] {
        guard kind == .pod else { return [] }
        let required = names.filter { Self.computeName($0).map { $0.resource != "ephemeral-storage" } ?? false }
        let spec = object["spec"] ?? [:]
        return required.sorted().filter { name in
            spec.allContainers.contains { container in
                guard let amount = Self.computeName(name) else { return false }
                return container[path: "resources", amount.list, amount.resource] == nil
            }
        }
    }

    /// `cpu` and `requests.cpu` are the request, `limits.cpu` is the limit; nil for other names.
    private static func computeName(_ name: String) -> (list: String, resource: String)? {
        for list in ["requests", "limits"] where name.hasPrefix(list + ".") {
            let resource = String(name.dropFirst(list.count + 1))
            return compute.contains(resource) ? (list, resource) : nil
        }
        return compute.contains(name) ? ("requests", name) : nil
    }

    private static func isExtended(_ name: String) -> Bool {
        guard name.hasPrefix("requests.") else { return false }
        let resource = name.dropFirst("requests.".count)
        return resource.hasPrefix("hugepages-") || resource.contains("/") && !resource.contains(classSuffix)
    }

    /// Pods that came to their end, or should have, only count as objects.
    private func podUsage(_ pod: Value) -> [String: ResourceTotal] {
        let phase = pod[path: "status", "phase"]
        if phase == "Succeeded" || phase == "Failed" || isOverdue(pod) { return [:] }
        let spec = pod["spec"] ?? [:]
        var usage: [String: ResourceTotal] = ["pods": .count(1)]
        for (name, amount) in Self.podAmounts("limits", spec) where Self.compute.contains(name) {
            usage["limits." + name] = amount
        }
        for (name, amount) in Self.podAmounts("requests", spec) {
            let isNative = Self.compute.contains(name) || name.hasPrefix("hugepages-")
            if isNative { usage[name] = amount }
            usage["requests." + name] = amount
        }
        return usage
    }

    private func isOverdue(_ pod: Value) -> Bool {
        guard let deleted = pod[path: "metadata", "deletionTimestamp"]?.string,
            let grace = pod[path: "metadata", "deletionGracePeriodSeconds"]?.integer
        else { return false }
        let latest = GoTime.text(secondsSince1970: now.timeIntervalSince1970 - Double(grace))
        return deleted < latest
    }

    /// The sum over all containers, or what an init container wants if that is more.
    private static func podAmounts(_ key: String, _ spec: Value) -> [String: ResourceTotal] {
        var totals: [String: ResourceTotal] = [:]
        for container in spec["containers"]?.array ?? [] {
            for (name, amount) in LimitRanger.quantities(container[path: "resources", key]) {
                totals[name, default: ResourceTotal()] += amount
            }
        }
        for container in spec["initContainers"]?.array ?? [] {
            for (name, amount) in LimitRanger.quantities(container[path: "resources", key])
            where amount.nanos > (totals[name]?.nanos ?? -1) {
                totals[name] = amount
            }
        }
        return totals
    }

    private static func serviceUsage(_ spec: ServiceSpec) -> [String: ResourceTotal] {
        [
            "services": .count(1),
            "services.nodeports": .count(spec.usesNodePorts ? spec.ports.count : 0),
            "services.loadbalancers": .count(spec.type == "LoadBalancer" ? 1 : 0),
        ]
    }

    private static func claimUsage(_ spec: Value) -> [String: ResourceTotal] {
        var usage: [String: ResourceTotal] = ["persistentvolumeclaims": .count(1)]
        if let size = spec[path: "resources", "requests", "storage"].flatMap({ Quantity($0) }) {
            usage["requests.storage"] = ResourceTotal(size)
        }
        guard let name = spec["storageClassName"]?.string, !name.isEmpty else { return usage }
        for (key, amount) in usage { usage[name + classSuffix + key] = amount }
        return usage
    }
}
