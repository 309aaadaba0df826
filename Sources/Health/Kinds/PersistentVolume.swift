internal import Resources

/// PersistentVolume: there to be bound; a failed reclaim is failed.
enum PersistentVolumeHealth {
    static func assess(_ volume: KubernetesObject) -> ObjectHealth {
        let phase = volume.status["phase"]?.nonEmptyString ?? "Pending"
        switch phase {
        case "Failed":
            return .failed("Failed", volume.status["message"]?.nonEmptyString ?? "the volume could not be reclaimed")
        case "Pending":
            return .inProgress("Pending", "the volume is not yet available")
        default:
            return .current(phase, "the volume is \(phase.lowercased())")
        }
    }
}
