package import FoundationEssentials
package import Health
internal import Manifests
package import Planning
package import Reconciler
package import Resources

/// Something that happened in the loop; logs, metrics, events and notifications consume these and nothing else.
package enum SyncNews: Sendable {
    /// The source was asked for its newest commit.
    case polled(String, SyncMetrics.FetchResult, seconds: Double, failure: String?)
    /// The source has another commit than before.
    case observed(String, PlanSource)
    /// A reconciliation begins.
    case began(SyncRun)
    /// A plan is about to be executed.
    case planned(SyncRun, Plan)
    case event(SyncRun, RunEvent)
    /// A newer commit, or a drop of health, stops a run.
    case stopped(SyncRun, String)
    case ended(SyncRun, SyncEnd)
    /// Why nothing is done although something is due; nil where nothing is.
    case held(String, SyncHold?)
    /// What has stopped an application is another thing than before.
    case stoppage(String, Stoppage)
    /// How many members have which health.
    case health(String, [HealthStatus: Int])
    /// A member was seen that is not as declared.
    case drifted(String, Set<ObjectIdentity>)
    /// The application is not kept any more.
    case removed(String)
    case leading(Bool)
    /// Something that is no application's own went wrong.
    case trouble(Diagnostic)
}

/// One reconciliation of an application.
package struct SyncRun: Hashable, Sendable {
    package let id: RunID
    package let application: String
    package let parent: ObjectIdentity
    package let cluster: String
    package let reason: SyncReason
    package let source: PlanSource
    package let startedAt: Date
}

/// How a reconciliation ended.
package struct SyncEnd: Sendable {
    package enum Result: String, Hashable, Sendable, CaseIterable {
        case unchanged
        case success
        /// Members are not as declared, and are left so.
        case drift
        case failed
        case rolledBack = "rolled_back"
        case refused
        case limited
        case error
        case interrupted
        case tripped
    }

    package let result: Result
    /// Why; empty where it went well.
    package let message: String
    package let seconds: Double
    /// The objects that were not as declared.
    package let drifted: [ObjectIdentity]
    /// The objects that are being fought over, and by whom.
    package let fights: [ObjectIdentity: [String]]
    /// The revision that was recorded.
    package let revision: Int?
    package let breaker: String?
    /// Whether the commit's last run ended just so, which people have been told.
    package var isRepeated = false
}

extension SyncEnd {
    /// Whether it says nothing that the other one has not said; that something was done is news each time.
    func isSame(as other: SyncEnd) -> Bool {
        result != .success && result == other.result && message == other.message && drifted == other.drifted
            && breaker == other.breaker
    }
}

/// What has stopped an application until somebody does something about it, whatever else it waits for.
package struct Stoppage: Hashable, Sendable {
    /// By the operator, or by its source.
    package var isSuspended = false
    /// Why it has stopped by itself; nil where it hasn't.
    package var breaker: String?

    package init(isSuspended: Bool = false, breaker: String? = nil) {
        self.isSuspended = isSuspended
        self.breaker = breaker
    }
}

extension SyncOutcome {
    var result: SyncEnd.Result {
        switch self {
        case .unchanged: .unchanged
        case .succeeded: .success
        case .reported: .drift
        case .failed, .unrepaired: .failed
        case .rolledBack: .rolledBack
        case .refused: .refused
        case .limited: .limited
        case .error: .error
        case .interrupted: .interrupted
        case .tripped: .tripped
        }
    }

    var message: String {
        switch self {
        case .unchanged, .succeeded, .reported, .interrupted: ""
        case .limited(let hold): hold.message
        case .failed(let why), .rolledBack(let why), .unrepaired(let why), .refused(let why), .error(let why),
            .tripped(let why):
            why
        }
    }
}
