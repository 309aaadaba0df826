internal import FoundationEssentials
internal import Resources

/// Makes the claims of generic ephemeral volumes (pkg/controller/volume/ephemeral).
struct EphemeralVolumeController: Controller {
    let watched: [GroupKind]? = [Kinds.pod]
    let level = WorkLevel.pods

    func keys(for change: NotedChange) -> [ObjectIdentity] {
        let volumes = change.object.spec["volumes"]?.array ?? []
        return change.kind == .added && volumes.contains { $0["ephemeral"] != nil } ? [change.identity] : []
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let pod = api.object(key), pod.isActivePod else { return nil }
        for volume in pod.spec["volumes"]?.array ?? [] {
            guard let template = volume[path: "ephemeral", "volumeClaimTemplate"] else { continue }
            var metadata = template["metadata"] ?? [:]
            metadata["name"] = .string("\(pod.name)-\(volume["name"]?.string ?? "")")
            metadata["namespace"] = .string(pod.namespace)
            metadata["ownerReferences"] = [pod.asController]
            let claim = KubernetesObject([
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata,
                "spec": template["spec"] ?? [:],
            ])
            if api.object(claim.identity) == nil { _ = try api.create(claim, by: Manager.controllers) }
        }
        return nil
    }
}
