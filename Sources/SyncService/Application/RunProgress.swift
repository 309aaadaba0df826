internal import Reconciler
internal import Resources
internal import Synchronization

/// How far a run has come, as far as others want to know.
final class RunProgress: Sendable {
    private struct State {
        var writing: Set<ObjectIdentity> = []
        var waiting: [ObjectIdentity: String] = [:]
        var isUndoing = false
    }

    private let state = Mutex(State())

    func take(_ event: RunEvent) {
        state.withLock { state in
            switch (event.kind, event.object) {
            case (.rollingBack, _): state.isUndoing = true
            // What was undone was another run's.
            case (.started, _): state.isUndoing = false
            case (.applying, let object?), (.deleting, let object?): state.writing.insert(object)
            case (.waiting, let object?), (.paused, let object?):
                state.writing.remove(object)
                state.waiting[object] = event.message
            case (.applied, let object?): state.writing.remove(object)
            case (.healthy, let object?), (.deleted, let object?), (.failed, let object?), (.restored, let object?):
                state.writing.remove(object)
                state.waiting[object] = nil
            default: break
            }
        }
    }

    /// Whether the run only waits for members to become healthy: nothing is being written, deleted or undone.
    var onlyWaits: Bool {
        state.withLock { !$0.isUndoing && $0.writing.isEmpty && !$0.waiting.isEmpty }
    }

    /// Whether what was done is being undone.
    var isUndoing: Bool { state.withLock { $0.isUndoing } }

    /// What it waits for.
    var waiting: [(object: ObjectIdentity, message: String)] {
        state.withLock { state in state.waiting.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } }
    }
}
