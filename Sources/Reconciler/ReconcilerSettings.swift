package import Manifests
package import Planning
internal import Resources

/// How a plan is made and executed; the defaults are those of the command line.
package struct ReconcilerSettings: Hashable, Sendable {
    /// How many writes may be under way at once.
    package var concurrency = 16
    /// How long one object may take to become healthy, or to be gone.
    package var objectTimeout = Duration.seconds(300)
    /// How long the whole run may take.
    package var runTimeout = Duration.seconds(3600)
    /// Whether to wait for health; without it a step is done as soon as the server has accepted it.
    package var waits = true
    /// Whether a plan tries out on the server what it creates; without it, what is certainly not there is checked against
    /// the server's schema, which costs no request an object, and the write itself is the trial.
    package var triesCreations = true
    /// Whether a plan says whether its pods find nodes, for which all nodes and pods are read.
    package var judgesPlacement = true
    /// The nodes without which a plan should say whether all pods still find places.
    package var lostNodes = LostNodes()
    /// Take over fields that other managers own.
    package var forcesConflicts = false
    /// Whether hints (a DNS name in an environment variable) count as dependencies.
    package var usesHints = false

    /// Whether what a failed run did is undone.
    package var rollsBack = true
    /// Whether a set that failed is applied again although it has not changed.
    package var retriesFailed = false
    /// How long undoing may take.
    package var rollbackTimeout = Duration.seconds(900)
    /// How long to wait for another run of the same application.
    package var lockTimeout = Duration.seconds(300)
    /// How many revisions are kept.
    package var keptRevisions = 10

    package init() {}

    /// What the configuration says, and the defaults for the rest.
    package init(_ settings: ApplicationSettings) {
        concurrency = settings.concurrency ?? concurrency
        objectTimeout = settings.objectTimeout ?? objectTimeout
        runTimeout = settings.timeout ?? runTimeout
        usesHints = settings.hints ?? usesHints
        forcesConflicts = settings.forceConflicts ?? forcesConflicts
        lockTimeout = settings.lockTimeout ?? lockTimeout
        rollsBack = settings.rollback.enabled ?? rollsBack
        rollbackTimeout = settings.rollback.timeout ?? rollbackTimeout
        keptRevisions = settings.keepRevisions ?? keptRevisions
    }
}

extension ReconcilerSettings {
    /// How long an object may take: what its annotation `endstate.dev/timeout` says, else the default.
    func timeout(of object: KubernetesObject) -> Duration {
        let own = object.annotations["endstate.dev/timeout"].flatMap { Duration(goText: $0) }
        return own ?? objectTimeout
    }
}
