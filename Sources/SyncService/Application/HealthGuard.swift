internal import FoundationEssentials
internal import Manifests
internal import Planning
internal import Resources
internal import Synchronization

/// Watches over what was healthy before a run and is not written by it: where too much of that falls, the run has to stop.
final class HealthGuard: Sendable {
    private struct State {
        /// Nil before there is a plan.
        var rules: SyncRules?
        var watched: Set<ObjectIdentity> = []
        /// When each member was first seen to be no longer healthy.
        var lost: [ObjectIdentity: Date] = [:]
    }

    private let state = Mutex(State())

    /// Begins to watch over what is healthy and not written by the plan: what is, is expected to be unhealthy for a while.
    func watch(over healthy: Set<ObjectIdentity>, during plan: Plan, rules: SyncRules) {
        let written = plan.changes.filter { $0.action.isWrite }.map(\.identity)
        state.withLock { state in
            state.rules = rules
            state.watched = healthy.subtracting(written)
            state.lost = state.lost.filter { state.watched.contains($0.key) }
        }
    }

    /// - Returns: Why the run has to stop; nil while it may go on.
    func alarm(healthy: Set<ObjectIdentity>, at now: Date) -> String? {
        let found = state.withLock { state -> (lost: [ObjectIdentity], watched: Int, percent: Int)? in
            guard let rules = state.rules, let percent = rules.breakerUnhealthyPercent else { return nil }
            let window = rules.breakerWindow / .seconds(1)
            for member in state.watched.subtracting(healthy) where state.lost[member] == nil {
                state.lost[member] = now
            }
            state.lost = state.lost.filter { now.timeIntervalSince($0.value) <= window || !healthy.contains($0.key) }
            return (state.lost.keys.sorted(), state.watched.count, percent)
        }
        guard let (lost, watched, percent) = found else { return nil }
        guard let first = lost.first, lost.count * 100 >= watched * percent else { return nil }
        let others = lost.count > 1 ? " and \(lost.count - 1) more" : ""
        return "\(lost.count) of \(watched) members that were healthy before the run no longer are: \(first)\(others)"
    }
}
