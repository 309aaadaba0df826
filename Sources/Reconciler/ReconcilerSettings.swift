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
    /// Take over fields that other managers own.
    package var forcesConflicts = false
    /// Whether hints (a DNS name in an environment variable) count as dependencies.
    package var usesHints = false

    package init() {}
}
