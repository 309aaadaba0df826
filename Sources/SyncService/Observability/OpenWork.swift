internal import Synchronization

/// What has begun and is not ended yet: runs, and entries on their way to the audit log.
final class OpenWork: Sendable {
    private struct State {
        var runs: Set<SyncRun> = []
        var entries = 0
    }

    private let state = Mutex(State())

    func began(_ run: SyncRun) {
        state.withLock { _ = $0.runs.insert(run) }
    }

    func ended(_ run: SyncRun) {
        state.withLock { _ = $0.runs.remove(run) }
    }

    func tookEntry() {
        state.withLock { $0.entries += 1 }
    }

    func keptEntry() {
        state.withLock { $0.entries -= 1 }
    }

    /// A phrase each, runs first, in the order in which they began.
    var phrases: [String] {
        let (runs, entries) = state.withLock { ($0.runs, $0.entries) }
        let open = runs.sorted { $0.id < $1.id }.map { "run \($0.id) of application \($0.application)" }
        return entries > 0 ? open + ["lines that the audit log lacks: \(entries)"] : open
    }
}
