internal import Resources

/// PersistentVolumeClaim: bound; one that waits for its first consumer is current until there is one.
enum PersistentVolumeClaimHealth {
    @Sendable static func assess(_ claim: KubernetesObject, context: HealthContext) -> ObjectHealth {
        switch claim.status["phase"]?.string {
        case "Bound":
            let volume = claim.spec["volumeName"]?.nonEmptyString
            return .current("Bound", volume.map { "bound to PersistentVolume \($0)" } ?? "bound")
        case "Lost":
            return .failed(
                "Lost", "its PersistentVolume \(claim.spec["volumeName"]?.string ?? "") does not exist any more")
        default:
            return unbound(claim, context)
        }
    }

    private static func unbound(_ claim: KubernetesObject, _ context: HealthContext) -> ObjectHealth {
        let name = claim.spec["storageClassName"]?.string ?? context.defaultStorageClass ?? ""
        // An empty name asks for a volume that someone makes by hand.
        let storageClass = name.isEmpty ? "no StorageClass" : "StorageClass \(name)"
        guard context.lateBindingStorageClasses.contains(name) else {
            return .inProgress("NotBound", "waits for a volume of \(storageClass)")
        }
        return context.consumedClaims.contains(claim.identity)
            ? .inProgress("NotBound", "waits for a volume of \(storageClass), which is made when its pod is scheduled")
            : .current("WaitForFirstConsumer", "a volume is made when the first pod needs it (\(storageClass))")
    }
}
