internal import Synchronization

/// Stops a run on the way, which closes it cleanly.
final class RunStop: Sendable {
    private let signal = Signal()
    private let why = Mutex<String?>(nil)
    private let asked = Atomic(false)

    /// Why the run stopped by itself; nil where it did not.
    var reason: String? { why.withLock { $0 } }
    var isAsked: Bool { asked.load(ordering: .acquiring) }

    /// - Parameter reason: Nil where it is only put off.
    func stop(because reason: String? = nil) {
        why.withLock { $0 = $0 ?? reason }
        asked.store(true, ordering: .releasing)
        signal.raise()
    }

    /// Does the work, and cancels it when it is to stop; the work's own end counts.
    func stoppable<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result? {
        await withTaskGroup(of: Result?.self) { group in
            group.addTask { await work() }
            group.addTask {
                await self.signal.wait()
                return nil
            }
            while let next = await group.next() {
                group.cancelAll()
                if let next { return next }
            }
            return nil
        }
    }
}
