internal import FoundationEssentials
internal import Resources

/// Binds claims to volumes (pkg/controller/volume/persistentvolume/pv_controller.go), and plays the provisioners that
/// make volumes for them.
struct VolumeBindingController: Controller {
    let watched: [GroupKind]? = [Kinds.claim, Kinds.volume, Kinds.storageClass]
    let level = WorkLevel.pods
    let provisioners: Set<String>
    /// Claims that no volume is bound to.
    private var pending: Set<ObjectIdentity> = []

    init(provisioners: Set<String>) {
        self.provisioners = provisioners
    }

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        switch change.identity.groupKind {
        case Kinds.claim:
            let isBound = change.object.status["phase"] == "Bound"
            if isBound || change.isDeletion { pending.remove(change.identity) } else { pending.insert(change.identity) }
            let volume = change.object.spec["volumeName"]?.string ?? ""
            return (change.isDeletion ? [] : [change.identity])
                + (volume.isEmpty ? [] : [ObjectIdentity(groupKind: Kinds.volume, name: volume)])
        case Kinds.volume:
            let claim = VolumeClaimReference(change.object.spec["claimRef"])?.identity
            return (change.isDeletion ? [] : [change.identity]) + (claim.map { [$0] } ?? []) + pending.sorted()
        default: return pending.sorted()
        }
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let object = api.object(key) else { return nil }
        if key.groupKind == Kinds.claim {
            try ClaimSync(object, provisioners: provisioners).run(&api, &events)
        } else {
            try VolumeSync(object, provisioners: provisioners).run(&api, &events)
        }
        return nil
    }
}

/// `spec.claimRef` of a volume.
struct VolumeClaimReference: Equatable {
    let identity: ObjectIdentity
    /// Empty where somebody has reserved the volume for a claim.
    let uid: String

    init?(_ value: Value?) {
        guard let value, let name = value["name"]?.string else { return nil }
        identity = ObjectIdentity(
            groupKind: Kinds.claim, namespace: value["namespace"]?.string ?? "", name: name)
        uid = value["uid"]?.string ?? ""
    }

    func isFor(_ claim: KubernetesObject) -> Bool {
        identity == claim.identity && (uid.isEmpty || uid == claim.uid)
    }

    static func value(for claim: KubernetesObject) -> Value {
        [
            "kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": .string(claim.namespace),
            "name": .string(claim.name), "uid": .string(claim.uid ?? ""),
            "resourceVersion": .string(claim.resourceVersion ?? ""),
        ]
    }
}

enum VolumeAnnotations {
    static let bindCompleted = "pv.kubernetes.io/bind-completed"
    static let boundByController = "pv.kubernetes.io/bound-by-controller"
    static let provisionedBy = "pv.kubernetes.io/provisioned-by"
    static let selectedNode = "volume.kubernetes.io/selected-node"
    static let provisioner = "volume.beta.kubernetes.io/storage-provisioner"
    static let newProvisioner = "volume.kubernetes.io/storage-provisioner"
    static let component = "persistentvolume-controller"
}
