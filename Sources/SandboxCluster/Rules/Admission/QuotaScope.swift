import Resources

/// Which objects a quota is about. Only pods have scopes: a quota with one says nothing of anything else.
enum QuotaScope {
    static func all(of quota: Value, match request: AdmissionRequest) -> Bool {
        all(of: quota, match: request.object, request.resource.kind.groupKind)
    }

    static func all(of quota: Value, match object: Value, _ kind: GroupKind) -> Bool {
        let names = quota[path: "spec", "scopes"]?.array ?? []
        let selectors = quota[path: "spec", "scopeSelector", "matchExpressions"]?.array ?? []
        guard !names.isEmpty || !selectors.isEmpty else { return true }
        guard kind == .pod else { return false }
        let pod = object["spec"] ?? [:]
        return names.allSatisfy { matches($0.string ?? "", ["operator": "Exists"], pod) }
            && selectors.allSatisfy { matches($0["scopeName"]?.string ?? "", $0, pod) }
    }

    private static func matches(_ scope: String, _ selector: Value, _ pod: Value) -> Bool {
        switch scope {
        case "Terminating": isTerminating(pod)
        case "NotTerminating": !isTerminating(pod)
        case "BestEffort": QualityOfService(podSpec: pod) == .bestEffort
        case "NotBestEffort": QualityOfService(podSpec: pod) != .bestEffort
        case "PriorityClass": matchesPriority(selector, pod)
        default: false
        }
    }

    private static func isTerminating(_ pod: Value) -> Bool {
        pod["activeDeadlineSeconds"] != nil
    }

    private static func matchesPriority(_ selector: Value, _ pod: Value) -> Bool {
        let name = pod["priorityClassName"] ?? ""
        let values = selector["values"]?.array ?? []
        return switch selector["operator"] {
        case "In": !name.isGoZero && values.contains(name)
        case "NotIn": !values.contains(name)
        case "DoesNotExist": name.isGoZero
        default: !name.isGoZero
        }
    }
}
