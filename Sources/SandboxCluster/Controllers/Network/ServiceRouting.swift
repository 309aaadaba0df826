internal import Resources

/// Finds the Services that a change of a Service or pod concerns.
struct ServiceRouting: Sendable {
    private var selectors = SelectorIndex()

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.service {
            selectors.note(change.identity, change.isDeletion ? nil : Self.selector(of: change.object))
            return [change.identity]
        }
        guard change.identity.groupKind == Kinds.pod else { return [] }
        let pod = change.object
        // A pod is in no Service before it has an address, and what else changes of it is no matter.
        if let earlier = change.earlier, !change.isDeletion, !Self.differ(earlier, pod) { return [] }
        if change.kind == .added, !Self.hasAddress(pod) { return [] }
        let namespace = change.identity.namespace
        var names = selectors.names(matching: pod.labels, in: namespace)
        if let earlier = change.earlier, earlier.metadata["labels"] != pod.metadata["labels"] {
            names += selectors.names(matching: earlier.labels, in: namespace).filter { !names.contains($0) }
        }
        return names.map { ObjectIdentity(groupKind: Kinds.service, namespace: namespace, name: $0) }
    }

    /// Nil for a Service whose endpoints are somebody else's business.
    static func selector(of service: KubernetesObject) -> LabelSelector? {
        guard service.spec["type"]?.string != "ExternalName" else { return nil }
        let labels = service.spec["selector"]?.strings ?? [:]
        return labels.isEmpty ? nil : LabelSelector(matchLabels: labels)
    }

    static func hasAddress(_ pod: KubernetesObject) -> Bool { !(pod.status["podIP"]?.string ?? "").isEmpty }

    private static func differ(_ left: KubernetesObject, _ right: KubernetesObject) -> Bool {
        left.status["podIP"] != right.status["podIP"] || left.isReadyPod != right.isReadyPod
            || left.isBeingDeleted != right.isBeingDeleted || left.phase != right.phase
            || left.metadata["labels"] != right.metadata["labels"]
    }
}

/// The pods behind a Service.
struct ServicePods {
    /// In the order of their names, those that have an address and have not ended.
    let pods: [KubernetesObject]

    init(of service: KubernetesObject, _ selector: LabelSelector, _ api: some ControllerAccess) {
        pods = api.objects(Kinds.pod, namespace: service.namespace).filter { pod in
            ServiceRouting.hasAddress(pod) && !pod.hasEnded && selector.matches(pod.labels)
        }
    }

    /// The ports of a Service as a pod has them; those that it doesn't have are missing.
    static func ports(of service: KubernetesObject, on pod: KubernetesObject) -> [Value] {
        (service.spec["ports"]?.array ?? []).compactMap { port in
            guard let number = number(of: port, on: pod) else { return nil }
            var result: Value = ["port": .number(number), "protocol": port["protocol"] ?? "TCP"]
            if let name = port["name"], name != "" { result["name"] = name }
            result["appProtocol"] = port["appProtocol"]
            return result
        }
    }

    private static func number(of port: Value, on pod: KubernetesObject) -> Int? {
        let target = port["targetPort"] ?? port["port"] ?? 0
        guard let name = target.string else { return target.integer.flatMap { $0 == 0 ? port["port"]?.integer : $0 } }
        for container in pod.spec["containers"]?.array ?? [] {
            for candidate in container["ports"]?.array ?? []
            where candidate["name"]?.string == name
                && candidate["protocol"]?.string ?? "TCP" == port["protocol"]?.string ?? "TCP"
            {
                return candidate["containerPort"]?.integer
            }
        }
        return nil
    }

    static func reference(to pod: KubernetesObject) -> Value {
        [
            "kind": "Pod", "namespace": .string(pod.namespace), "name": .string(pod.name),
            "uid": .string(pod.uid ?? ""),
        ]
    }

    static func publishesUnready(_ service: KubernetesObject) -> Bool {
        service.spec["publishNotReadyAddresses"]?.bool ?? false
    }

    static func isHeadless(_ service: KubernetesObject) -> Bool { service.spec["clusterIP"]?.string == "None" }

    /// A name of its own that a pod of a headless Service has.
    static func hostname(of pod: KubernetesObject, in service: KubernetesObject) -> Value? {
        guard let name = pod.spec["hostname"], name != "", pod.spec["subdomain"]?.string == service.name else {
            return nil
        }
        return name
    }
}
