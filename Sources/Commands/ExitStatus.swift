/// The exit codes, the same for every verb.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, or nothing to do.
    case success = 0
    /// Input, credentials or cluster: nothing was written.
    case failure = 1
    /// `diff` and `plan`: there are changes. `validate`, `status`: never.
    case changes = 2
    /// A run failed, and the cluster is as it was before.
    case rolledBack = 3
    /// A run failed, and the cluster is not as it was before; what is left is listed.
    case incomplete = 4
    /// A guardrail refused: nothing was written.
    case refused = 5
    /// The command line itself is wrong (`EX_USAGE` of sysexits.h).
    case usage = 64
    /// SIGINT: the run was closed cleanly.
    case interrupted = 130
    /// SIGTERM: the run was closed cleanly.
    case terminated = 143
}
