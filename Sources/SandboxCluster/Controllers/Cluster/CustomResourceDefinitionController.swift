internal import FoundationEssentials
internal import Resources

/// Accepts the names of CustomResourceDefinitions and establishes them, where the API has not done so at once.
struct CustomResourceDefinitionController: Controller {
    let watched: [GroupKind]? = [Kinds.definition]
    let level = WorkLevel.pods

    func keys(for change: NotedChange) -> [ObjectIdentity] { change.isDeletion ? [] : [change.identity] }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key), !object.isBeingDeleted else { return nil }
        let value = CustomResourceDefinitionStatus.established(object.value, now: api.now)
        try object.updatingStatus(value["status"] ?? [:], &api, by: "kube-apiserver")
        return nil
    }
}
