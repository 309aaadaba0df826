internal import Diffing
internal import Resources

extension Plan {
    /// What no rollback brings back, a sentence each, in the order of execution.
    package var irreversibleEffects: [String] {
        let home = ObjectIdentity(group: "", kind: "Namespace", name: application.namespace)
        return changes.flatMap { change in
            change.irreversibleEffects(isHome: change.identity == home).map { "\(change.identity) \($0)" }
        }
    }
}

extension ObjectChange {
    /// What no rollback brings back, without the object's name.
    fileprivate func irreversibleEffects(isHome: Bool) -> [String] {
        switch action {
        case .create: creationEffects(isHome: isHome)
        case .replace: ["is deleted and created anew: what it held or did is lost"]
        case .delete: deletionEffects
        case .update, .adopt: updateEffects
        case .unchanged, .keep: []
        }
    }

    private func creationEffects(isHome: Bool) -> [String] {
        var effects: [String] = []
        if isHome { effects.append("is created and stays: the application's records live in it") }
        if !isHome, let annotation = desired.flatMap({ Protection.annotation(of: $0) }) {
            effects.append("is created and stays: its annotation \(annotation) protects it")
        }
        switch kindName {
        case "batch Job" where !isSuspended(desired): effects.append("runs: what it does stays done")
        case "apps StatefulSet" where makesClaims && claimPolicy(desired, "whenDeleted") != "Delete":
            effects.append("makes volume claims, which stay")
        default: break
        }
        return effects
    }

    private var deletionEffects: [String] {
        if GuardrailSettings.protectedKinds.contains(identity.groupKind) {
            return ["is deleted, with all that it holds"]
        }
        return kindName == "batch Job" ? ["is deleted: to bring it back is to run it again"] : []
    }

    private var updateEffects: [String] {
        switch kindName {
        case " PersistentVolumeClaim" where changes("spec", "resources", "requests", "storage"):
            ["grows: volumes never shrink"]
        case " ConfigMap" where becomesImmutable, " Secret" where becomesImmutable:
            ["becomes immutable: neither its data nor that can be changed back"]
        case " Service" where givesAddressUp: ["gives its address up: it may get another one when it is changed back"]
        case "batch Job" where isSuspended(live) && !isSuspended(desired): ["runs: what it does stays done"]
        case "apps StatefulSet": scalingEffects
        case "apiextensions.k8s.io CustomResourceDefinition" where storageVersion(live) != storageVersion(desired):
            ["gets another storage version: objects are rewritten in it"]
        default: []
        }
    }

    private var kindName: String { "\(identity.groupKind.group) \(identity.groupKind.kind)" }

    private func changes(_ fields: String...) -> Bool {
        let path = FieldPath(fields.map(FieldPath.Element.field))
        return fieldChanges.contains { $0.path.hasPrefix(path) }
    }

    private var becomesImmutable: Bool {
        desired?.value["immutable"]?.bool == true && live?.value["immutable"]?.bool != true
    }

    private func isSuspended(_ job: KubernetesObject?) -> Bool {
        job?.value[path: "spec", "suspend"]?.bool == true
    }

    private func storageVersion(_ definition: KubernetesObject?) -> String? {
        let versions = definition?.value[path: "spec", "versions"]?.array ?? []
        return versions.first { $0["storage"]?.bool == true }?["name"]?.string
    }
}

// MARK: Services
extension ObjectChange {
    /// Whether a type without it takes the place of one that has an address which the cluster chose.
    private var givesAddressUp: Bool {
        let (old, new) = (serviceType(live), serviceType(desired))
        return old != new && (old == "LoadBalancer" || new == "ExternalName")
    }

    private func serviceType(_ service: KubernetesObject?) -> String {
        service?.value[path: "spec", "type"]?.string ?? "ClusterIP"
    }
}

// MARK: StatefulSets
extension ObjectChange {
    /// The claims of replicas stay when these go, or go with them, as the set says.
    private var scalingEffects: [String] {
        guard makesClaims, let old = replicas(live), let new = replicas(desired), old != new else { return [] }
        let areDeleted = claimPolicy(desired, "whenScaled") == "Delete"
        if new > old { return areDeleted ? [] : ["makes volume claims for more replicas, which stay"] }
        return areDeleted ? ["gives replicas up, whose volume claims are deleted, with all that they hold"] : []
    }

    private var makesClaims: Bool {
        desired?.value[path: "spec", "volumeClaimTemplates"]?.array?.isEmpty == false
    }

    private func replicas(_ set: KubernetesObject?) -> Int? {
        set?.value[path: "spec", "replicas"]?.integer
    }

    private func claimPolicy(_ set: KubernetesObject?, _ moment: String) -> String? {
        set?.value[path: "spec", "persistentVolumeClaimRetentionPolicy", moment]?.string
    }
}
