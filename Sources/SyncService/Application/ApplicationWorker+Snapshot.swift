internal import FoundationEssentials
internal import Health
internal import Manifests
internal import Planning
internal import Resources

extension ApplicationWorker {
    /// What is shown of an application.
    struct Snapshot: Sendable {
        var application: SyncApplication
        var observed: PlanSource?
        /// The commit that was last dealt with, whatever came of it.
        var settled: PlanSource?
        /// The commit that is in force.
        var inForce: PlanSource?
        var hold: SyncHold?
        var stoppage = Stoppage()
        var fetchFailure: String?
        var health: [HealthStatus: Int] = [:]
        var drifted: Set<ObjectIdentity> = []
        var running: SyncRun?
        var waiting: [(object: ObjectIdentity, message: String)] = []
        var last: (run: SyncRun, end: SyncEnd)?
        var lastSuccess: Date?
        var history: [(run: SyncRun, end: SyncEnd)] = []
        /// What the last plan that was executed changed.
        var diff: ShownPlan?
        /// The last plan, where it was not executed.
        var pending: ShownPlan?
        /// Each object with what it waits for.
        var graph: CompactJSON?
    }
}
