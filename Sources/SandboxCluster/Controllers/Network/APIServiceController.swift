internal import FoundationEssentials
internal import Resources

/// Tells whether the server that an APIService names can be reached
/// (k8s.io/kube-aggregator/pkg/controllers/status/available_controller.go): where there are pods for it, it is taken to answer.
struct APIServiceController: Controller {
    let watched: [GroupKind]? = [Kinds.apiService, Kinds.service, Kinds.endpoints]
    let level = WorkLevel.summaries
    /// Those that name a server.
    private var remote: Set<ObjectIdentity> = []

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        if change.identity.groupKind != Kinds.apiService { return remote.sorted() }
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
        let place = "service/\(name) in \"\(namespace)\""
        let backend = api.object(ObjectIdentity(groupKind: Kinds.service, namespace: namespace, name: name))
        guard let backend else { return ("False", "ServiceNotFound", "\(place) is not present") }
        let endpoints = api.object(ObjectIdentity(groupKind: Kinds.endpoints, namespace: namespace, name: name))
        let hasAddress = endpoints?.value["subsets"]?.array?.contains { $0["addresses"]?.array?.isEmpty == false }
        guard hasAddress == true || backend.spec["type"] == "ExternalName" else {
            return ("False", "MissingEndpoints", "endpoints for \(place) have no addresses")
        }
        return ("True", "Passed", "all checks passed")
    }
}
