internal import KubeClient
internal import Planning
internal import Reconciler
internal import Resources

extension Reconciliation {
    static func outcome(
        of run: RunResult, isRepair: Bool, _ store: RevisionStore
    ) async throws -> SyncOutcome {
        let first = run.failures.first.map { "\($0.object): \($0.failure.message)" } ?? "the run failed"
        let why = Printable.escaped(first)
        switch run.outcome {
        case .succeeded: return .succeeded
        case .interrupted: return .interrupted
        case .rolledBack: return isRepair ? .unrepaired(why) : .rolledBack(why)
        case .failed:
            // A run whose record is still open was cut off: the next try goes on with it, or undoes it.
            if try await store.list().first?.revision.state == .pending { return .error(why) }
            return isRepair ? .unrepaired(why) : .failed(why)
        }
    }

    static func outcome(of error: any Error) -> SyncOutcome {
        switch error {
        case is CancellationError: .interrupted
        case let error as Held: .limited(error.hold)
        // Neither the source nor the cluster has to change for these to pass.
        case is APIError, is KubeClientError, is LockError: .error(ErrorText.of(error))
        case is PlanOutdated: .error("another set was deployed meanwhile")
        case let error as SourceFailure where error.isPassing: .error(ErrorText.of(error))
        default: .refused(ErrorText.of(error))
        }
    }
}

/// A plan that was made for a state that has passed.
struct PlanOutdated: Error {}

/// A plan that may not be executed now.
struct Held: Error {
    let hold: SyncHold
}
