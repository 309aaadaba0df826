internal import FoundationEssentials
internal import Planning
internal import Reconciler
internal import Resources

/// Writes an application's Events, one after the other; that one can't be written holds up nothing.
struct RunEventFeed: Sendable {
    private let target: SyncTarget
    private let now: @Sendable () -> Date
    private let tell: @Sendable (SyncNews) -> Void
    private let notes: AsyncStream<RunEventNote>
    private let note: AsyncStream<RunEventNote>.Continuation

    init(target: SyncTarget, now: @escaping @Sendable () -> Date, tell: @escaping @Sendable (SyncNews) -> Void) {
        self.target = target
        self.now = now
        self.tell = tell
        (notes, note) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    /// Returns at once.
    func add(_ note: RunEventNote) {
        self.note.yield(note)
    }

    /// Works until the task is cancelled.
    func write() async {
        let writer = EventWriter(client: target.client)
        var isTold = false
        for await note in notes {
            do {
                try await writer.write(
                    note.level, note.reason, note.message, about: target.identity.parent, id: note.id, at: now())
            } catch {
                if Task.isCancelled { return }
                if !isTold { tell(.trouble(unwritten(error))) }
                isTold = true
            }
        }
    }

    private func unwritten(_ error: any Error) -> Diagnostic {
        Diagnostic(
            .warning, code: "event-unwritten", "no Events are written about application \(target.name)",
            causes: [ErrorText.of(error)], hint: "allow create of events in namespace \(target.identity.namespace)")
    }
}
