internal import FoundationEssentials
internal import Resources

/// Tells whether the server that an APIService names can be reached
/// (k8s.io/kube-aggregator/pkg/controllers/status/available_controller.go): in a sandbox none can.
struct APIServiceController: Controller {
    let watched: [GroupKind]? = [Kinds.apiService, Kinds.service]
    let level = WorkLevel.summaries
    /// Those that name a server.
    private var remote: Set<ObjectIdentity> = []

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind == Kinds.service { return change.kind == .modified ? [] : remote.sorted() }
        let isRemote = !change.isDeletion && change.object.spec["service"]?.object != nil
        if isRemote { remote.insert(change.identity) } else { remote.remove(change.identity) }
        return change.isDeletion ? [] : [change.identity]
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key), !object.isBeingDeleted else { return nil }
        var conditions = Conditions(object)
        let (status, reason, message) = availability(of: object.spec["service"], api)
        conditions.set("Available", status, reason, message, now: api.now)
        try object.updatingStatus(["conditions": conditions.value ?? []], &api, by: "kube-apiserver")
        return nil
    }

    private func availability(
        of service: Value?, _ api: some ControllerAccess
    ) -> (status: String, reason: String, message: String) {
        guard let service, service.object != nil else {
            return ("True", "Local", "Local APIServices are always available")
        }
        let (name, namespace) = (service["name"]?.string ?? "", service["namespace"]?.string ?? "")
        let identity = ObjectIdentity(groupKind: Kinds.service, namespace: namespace, name: name)
        if api.object(identity) == nil {
            return ("False", "ServiceNotFound", "service/\(name) in \"\(namespace)\" is not present")
        }
        return (
            "False", "FailedDiscoveryCheck",
            "service/\(name) in \"\(namespace)\" doesn't answer: a sandbox runs no containers"
        )
    }
}
