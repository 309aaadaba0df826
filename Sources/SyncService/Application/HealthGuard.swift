internal import FoundationEssentials
internal import Manifests
internal import Planning
internal import Resources
internal import Synchronization

/// Watches over what was healthy before a run and is not written by it: where too much of that falls, the run has to stop.
final class HealthGuard: Sendable {
    private struct State {
        var watched: Set<ObjectIdentity>
        /// When each member was first seen to be no longer healthy.
        var lost: [ObjectIdentity: Date] = [:]
    }

    private let rules: SyncRules
    private let state: Mutex<State>

    init(before healthy: Set<ObjectIdentity>, rules: SyncRules) {
        self.rules = rules
        state = Mutex(State(watched: healthy))
    }

    /// What the plan changes is expected to be unhealthy for a while.
    func expect(changes plan: Plan) {
        let written = plan.changes.filter { $0.action.isWrite }.map(\.identity)
        state.withLock { state in
            state.watched.subtract(written)
            for identity in written { state.lost[identity] = nil }
        }
    }

    /// - Returns: Why the run has to stop; nil while it may go on.
    func alarm(healthy: Set<ObjectIdentity>, at now: Date) -> String? {
        guard let percent = rules.breakerUnhealthyPercent else { return nil }
        let window = rules.breakerWindow / .seconds(1)
        let (lost, watched) = state.withLock { state in
            for member in state.watched.subtracting(healthy) where state.lost[member] == nil {
                state.lost[member] = now
            }
            state.lost = state.lost.filter { now.timeIntervalSince($0.value) <= window || !healthy.contains($0.key) }
            return (state.lost.keys.sorted(), state.watched.count)
        }
        guard let first = lost.first, lost.count * 100 >= watched * percent else { return nil }
        let others = lost.count > 1 ? " and \(lost.count - 1) more" : ""
        return "\(lost.count) of \(watched) members that were healthy before the run no longer are: \(first)\(others)"
    }
}
