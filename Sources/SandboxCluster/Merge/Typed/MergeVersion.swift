/// What changed in merging between versions of Kubernetes.
extension KubernetesVersion {
    /// Whoever applies `{}` or null owns that field (structured-merge-diff 4.1.1).
    var ownsEmptyFields: Bool { minor >= 21 }
    /// An object that loses its last field goes with it (structured-merge-diff 4.1.0).
    var prunesNamedFields: Bool { minor >= 21 }
    /// Quantities may be applied as numbers (kube-openapi's `schemaconv`).
    var takesNumbersForQuantities: Bool { minor >= 21 }
    /// Messages name the object and tell types as Go does (`structuredmerge.go`).
    var namesObjectsInMergeErrors: Bool { minor >= 21 }
    /// Who owns an object or a list as a whole owns what comes to be in it (structured-merge-diff before 4.1.2).
    var dividesFieldSets: Bool { minor < 22 }
    /// Conflicts have paths of their own, not slices of one array (structured-merge-diff 4.2.0).
    var copiesConflictPaths: Bool { minor >= 23 }
    /// Applied lists keep their order (structured-merge-diff 4.2.3).
    var keepsAppliedOrder: Bool { minor >= 25 }
    /// A manager's time changes with the values of its fields (`managedfieldsupdater.go`).
    var timesValueChanges: Bool { minor >= 25 }
    /// Fields that a resource's strategy resets have no owners (`GetResetFields`).
    var ignoresResetFields: Bool { minor >= 22 }
}
