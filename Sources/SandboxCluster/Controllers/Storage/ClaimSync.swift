internal import FoundationEssentials
internal import Placement
internal import Resources

/// One look at a PersistentVolumeClaim.
struct ClaimSync {
    private let claim: KubernetesObject
    private let provisioners: Set<String>

    init(_ claim: KubernetesObject, provisioners: Set<String>) {
        self.claim = claim
        self.provisioners = provisioners
    }

    private var className: String { claim.spec["storageClassName"]?.string ?? "" }

    private func report(
        _ reason: String, _ message: String, isWarning: Bool = false, _ api: inout some ControllerAccess,
        _ events: inout EventRecorder
    ) {
        let component = VolumeAnnotations.component
        let report = EventRecorder.Report(
            type: isWarning ? "Warning" : "Normal", reason: reason, message: message, component: component)
        events.record(report, about: claim, &api)
    }

    func run(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        let name = claim.spec["volumeName"]?.string ?? ""
        guard !name.isEmpty else {
            return claim.isBeingDeleted ? () : try find(&api, &events)
        }
        let isComplete = claim.annotations[VolumeAnnotations.bindCompleted] != nil
        guard let volume = api.object(ObjectIdentity(groupKind: Kinds.volume, name: name)) else {
            guard isComplete else { return try setPhase("Pending", &api) }
            if claim.status["phase"] != "Lost" {
                let message = "Bound claim has lost its PersistentVolume. Data on the volume is lost!"
                report("ClaimLost", message, isWarning: true, &api, &events)
            }
            return try setPhase("Lost", &api)
        }
        let reference = VolumeClaimReference(volume.spec["claimRef"])
        if reference?.isFor(claim) ?? true { return try bind(to: volume, &api) }
        if isComplete, claim.status["phase"] != "Lost" {
            let message = "Two claims are bound to the same volume, this one is bound incorrectly"
            report("ClaimMisbound", message, isWarning: true, &api, &events)
        }
        try setPhase(isComplete ? "Lost" : "Pending", &api)
    }

    private func setPhase(_ phase: String, _ api: inout some ControllerAccess) throws(APIStatus) {
        var status = claim.status.isNull ? [:] : claim.status
        status["phase"] = .string(phase)
        try claim.updatingStatus(status, &api)
    }

    private func find(_ api: inout some ControllerAccess, _ events: inout EventRecorder) throws(APIStatus) {
        let storageClass = api.object(ObjectIdentity(groupKind: Kinds.storageClass, name: className))
        let isLate = storageClass?.value["volumeBindingMode"]?.string == "WaitForFirstConsumer"
        let node = claim.annotations[VolumeAnnotations.selectedNode]
        let reserved = volumes(api).first { VolumeClaimReference($0.spec["claimRef"])?.isFor(claim) ?? false }
        if let volume = reserved ?? (isLate && node == nil ? nil : match(on: node, api)) {
            return try bind(to: volume, &api)
        }
        try setPhase("Pending", &api)
        if isLate, node == nil {
            let message = "waiting for first consumer to be created before binding"
            return report("WaitForFirstConsumer", message, &api, &events)
        }
        guard !className.isEmpty else {
            let message = "no persistent volumes available for this claim and no storage class is set"
            return report("FailedBinding", message, &api, &events)
        }
        guard let storageClass else {
            let message = "storageclass.storage.k8s.io \"\(className)\" not found"
            return report("ProvisioningFailed", message, isWarning: true, &api, &events)
        }
        try provision(storageClass, &api, &events)
    }

    private func volumes(_ api: some ControllerAccess) -> [KubernetesObject] {
        api.objects(Kinds.volume, namespace: nil).filter { !$0.isBeingDeleted }
    }

    /// The smallest of the free volumes that will do (`findMatchingVolume` in pkg/controller/volume/persistentvolume).
    private func match(on node: String?, _ api: some ControllerAccess) -> KubernetesObject? {
        let wanted = VolumeFacts.Claim(claim)
        let selector = LabelSelector(claim.spec["selector"])
        let mode = claim.spec["volumeMode"]?.string ?? "Filesystem"
        let host = node.flatMap { api.object(ObjectIdentity(groupKind: Kinds.node, name: $0)) }.map(SchedulingNode.init)
        let candidates = volumes(api).map { ($0, VolumeFacts.Volume($0)) }.filter { object, volume in
            volume.isAvailable && volume.className == className && volume.size >= wanted.size
                && volume.accessModes.isSuperset(of: wanted.accessModes)
                && object.spec["volumeMode"]?.string ?? "Filesystem" == mode
                && selector?.matches(object.labels) ?? true && host.map(volume.nodes.matches) ?? true
        }
        return candidates.min { ($0.1.size, $0.0.name) < ($1.1.size, $1.0.name) }?.0
    }

    private func bind(to volume: KubernetesObject, _ api: inout some ControllerAccess) throws(APIStatus) {
        var volume = volume
        if VolumeClaimReference(volume.spec["claimRef"])?.uid ?? "" == "" {
            volume.value["spec"]?["claimRef"] = VolumeClaimReference.value(for: claim)
            volume.annotations[VolumeAnnotations.boundByController] = "yes"
            volume = try api.update(volume, subresource: "", by: Manager.controllers)
        }
        volume = try volume.updatingStatus(["phase": "Bound"], &api)
        var bound = claim
        if claim.spec["volumeName"]?.string ?? "" == "" {
            bound.value["spec"]?["volumeName"] = .string(volume.name)
            bound.annotations[VolumeAnnotations.boundByController] = "yes"
        }
        if bound.annotations[VolumeAnnotations.bindCompleted] == nil {
            bound.annotations[VolumeAnnotations.bindCompleted] = "yes"
        }
        if bound != claim { bound = try api.update(bound, subresource: "", by: Manager.controllers) }
        try bound.updatingStatus(boundStatus(bound, try expanded(volume, &api)), &api)
    }

    private func boundStatus(_ claim: KubernetesObject, _ volume: KubernetesObject) -> Value {
        var status = claim.status.isNull ? [:] : claim.status
        status["phase"] = "Bound"
        status["accessModes"] = volume.spec["accessModes"]
        status["capacity"] = volume.spec["capacity"]
        return status
    }

    /// Volumes of the played provisioners grow with what their claims ask for.
    private func expanded(
        _ volume: KubernetesObject, _ api: inout some ControllerAccess
    ) throws(APIStatus) -> KubernetesObject {
        guard let size = claim.spec[path: "resources", "requests", "storage"], let wanted = Quantity(size),
            provisioners.contains(volume.annotations[VolumeAnnotations.provisionedBy] ?? ""),
            let present = volume.spec[path: "capacity", "storage"].flatMap(Quantity.init), wanted > present
        else { return volume }
        var volume = volume
        volume.value["spec"]?["capacity"] = ["storage": size]
        return try api.update(volume, subresource: "", by: Manager.controllers)
    }

    private func provision(
        _ storageClass: KubernetesObject, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) {
        let provisioner = storageClass.value["provisioner"]?.string ?? ""
        if provisioner.hasPrefix("kubernetes.io/"), !provisioners.contains(provisioner) {
            let message = "no volume plugin matched name: \(provisioner)"
            return report("ProvisioningFailed", message, isWarning: true, &api, &events)
        }
        // Its status may just have been written.
        var asked = api.object(claim.identity) ?? claim
        if asked.annotations[VolumeAnnotations.provisioner] != provisioner {
            asked.annotations[VolumeAnnotations.provisioner] = provisioner
            asked.annotations[VolumeAnnotations.newProvisioner] = provisioner
            _ = try api.update(asked, subresource: "", by: Manager.controllers)
        }
        guard provisioners.contains(provisioner) else {
            let message =
                "waiting for a volume to be created, either by external provisioner \"\(provisioner)\" "
                + "or manually created by system administrator"
            return report("ExternalProvisioning", message, &api, &events)
        }
        let volume = ProvisionedVolume.object(for: claim, of: storageClass, by: provisioner)
        if api.object(volume.identity) == nil {
            _ = try api.create(volume, by: Manager.controllers)
            let message = "Successfully provisioned volume \(volume.name)"
            events.record(.normal("ProvisioningSucceeded", message, by: provisioner), about: claim, &api)
        }
    }
}
