internal import Resources

/// Namespace: active.
enum NamespaceHealth {
    static func assess(_ namespace: KubernetesObject) -> ObjectHealth {
        switch namespace.status["phase"]?.string {
        case "Active": .current("Active", "the namespace is active")
        case "Terminating": ObjectHealth(.terminating, "Terminating", "the namespace is being deleted")
        default: .inProgress("NotActive", "the namespace is not yet active")
        }
    }
}
