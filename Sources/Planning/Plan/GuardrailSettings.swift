package import Manifests
package import Resources

/// How much a plan may do without being asked again. The defaults are those of a careful operator.
package struct GuardrailSettings: Hashable, Sendable {
    /// The kinds whose deletion takes with it what no manifest can bring back.
    package static let protectedKinds = [
        GroupKind(group: "", kind: "Namespace"),
        GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"),
        GroupKind(group: "", kind: "PersistentVolume"),
        GroupKind(group: "", kind: "PersistentVolumeClaim"),
        GroupKind(group: "apps", kind: "StatefulSet"),
    ]

    /// How many deletions the percentages never refuse: about what one component consists of, so that a small
    /// application can lose one without a flag.
    package static let freeDeletions = 5

    /// Whether anything is deleted that is no longer declared.
    package var isPruneEnabled = true
    /// The most objects that one run prunes.
    package var maximumCount = 20
    /// The most of 100 members that one run prunes, of all and of each kind. Up to `freeDeletions` are pruned whatever
    /// their share, as long as they are not all members.
    package var maximumPercent = 30
    /// Protected kinds that may be deleted.
    package var allowedKinds: [KindName] = []
    /// Protected kinds besides `GuardrailSettings.protectedKinds`.
    package var furtherProtectedKinds: [KindName] = []
    /// Whether a source that declares nothing may prune every member, whatever the budget.
    package var allowsEmpty = false
    package var adoption = ApplicationSettings.Adoption.never
    package var replacement = ApplicationSettings.Replacement.optIn
    /// Whether fields that another manager owns are taken over.
    package var forcesConflicts = false
    /// Whether a set that failed is applied again although it has not changed.
    package var retriesFailed = false
    /// Whether workloads are written whose pods find no node.
    package var allowsUnschedulable = false
    /// Whether plans go on that break a policy of their source.
    package var allowsBrokenPolicies = false
    /// The only cluster that may be written to; nil where any will do.
    package var expectedCluster: ClusterFingerprint?

    package init() {}

    /// What the configuration and the flags say, and the defaults for the rest.
    package init(_ settings: ApplicationSettings) {
        isPruneEnabled = settings.prune.enabled ?? isPruneEnabled
        maximumCount = settings.prune.maxCount ?? maximumCount
        maximumPercent = settings.prune.maxPercent ?? maximumPercent
        allowedKinds = settings.prune.allowKinds
        furtherProtectedKinds = settings.protectedKinds
        allowsEmpty = settings.prune.allowEmpty ?? allowsEmpty
        adoption = settings.adopt ?? adoption
        replacement = settings.replace ?? replacement
        forcesConflicts = settings.forceConflicts ?? forcesConflicts
        expectedCluster = settings.cluster.map(ClusterFingerprint.init)
    }

    /// Whether objects of the kind are only deleted with a permission that isn't given.
    package func protects(_ kind: GroupKind) -> Bool {
        let isProtected = Self.protectedKinds.contains(kind) || furtherProtectedKinds.contains { $0.matches(kind) }
        return isProtected && !allowedKinds.contains { $0.matches(kind) }
    }

    /// The most of the application's members that may be pruned.
    /// - Parameter members: how many there are.
    package func budget(ofMembers members: Int) -> Int {
        let share = max(members * maximumPercent / 100, min(Self.freeDeletions, members - 1), 1)
        return min(maximumCount, share)
    }

    /// The most members of one kind that may be pruned.
    /// - Parameter members: how many of the kind there are.
    package func budget(ofKind members: Int) -> Int {
        min(maximumCount, max(members * maximumPercent / 100, Self.freeDeletions))
    }
}

/// The flags that lift a guardrail, as violations name them.
package enum GuardrailFlag {
    package static let pruneMaxCount = "--prune-max-count"
    package static let pruneMaxPercent = "--prune-max-percent"
    package static let pruneAllowKind = "--prune-allow-kind"
    package static let allowEmpty = "--allow-empty"
    package static let adopt = "--adopt"
    package static let forceConflicts = "--force-conflicts"
    package static let retry = "--retry"
    package static let allowUnschedulable = "--allow-unschedulable"
    package static let allowBrokenPolicies = "--allow-broken-policies"
}
