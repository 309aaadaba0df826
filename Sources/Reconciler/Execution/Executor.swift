internal import Health
internal import KubeClient
internal import Planning
internal import Resources

/// Executes one graph of steps: each as soon as what it depends on is healthy, a bounded number of writes at once.
///
/// The first failure stops it: nothing new is started, what is under way is finished.
struct Executor {
    let scheduler: StepScheduler
    let concurrency: Int
    /// Whether a failure ends the run; without it, what waits for the failed step goes on as if that were done.
    var stopsAtFailure = true
    /// Writes one object, which takes only as long as its requests; the next step of the same node is `settle`.
    let write: @Sendable (GraphNode, Written?) async throws -> Written
    /// Waits until what was written is as it should be.
    let settle: @Sendable (Written) async throws -> Settlement
    let log: RunLog
    let location: @Sendable (ObjectIdentity) -> SourceLocation?

    /// A node after its write.
    struct Written: Sendable {
        let node: GraphNode
        /// As the server has it; nil where there is nothing to be judged.
        var object: KubernetesObject?
        var resource: APIResource?
        /// The object whose deletion is under way.
        var leaving: KubernetesObject?
        /// How often the node was written.
        var attempt = 1
        /// Whether there is nothing to wait for.
        var isSettled = false
    }

    /// What came of waiting.
    enum Settlement: Sendable {
        case done
        /// The old object is gone, and the new one can be written.
        case writeAgain
    }

    private enum Outcome: Sendable {
        case written(Written)
        case settled(Written, Settlement)
        case failed(GraphNode, duringWrite: Bool)
        case cancelled(duringWrite: Bool)
    }

    /// Runs until every node is done, one has failed, or the task is cancelled; returns the scheduler as it is then.
    func run() async -> StepScheduler {
        await withTaskGroup(of: Outcome.self) { group in
            var scheduler = scheduler
            var again: [Written] = []
            var writes = 0
            var isStopping = false
            func start() {
                while !isStopping, !Task.isCancelled, writes < concurrency {
                    let former = again.popLast()
                    guard let node = former?.node ?? scheduler.next() else { return }
                    writes += 1
                    group.addTask { await attempt(node, isWrite: true) { .written(try await shielded(node, former)) } }
                }
            }
            start()
            while let outcome = await group.next() {
                switch outcome {
                case .written(let written):
                    writes -= 1
                    if written.isSettled {
                        scheduler.finish(written.node)
                    } else {
                        group.addTask { await wait(for: written) }
                    }
                case .settled(let written, .done): scheduler.finish(written.node)
                case .settled(let written, .writeAgain): again.append(written)
                case .failed(let node, let duringWrite):
                    if duringWrite { writes -= 1 }
                    isStopping = isStopping || stopsAtFailure
                    if !stopsAtFailure { scheduler.finish(node) }
                case .cancelled(let duringWrite):
                    if duringWrite { writes -= 1 }
                    isStopping = true
                }
                // Waiting ends with the first failure; writes under way are finished.
                if isStopping, writes == 0 { group.cancelAll() }
                start()
            }
            return scheduler
        }
    }

    /// A write that a cancelled run still finishes: else nobody would know whether the server has it.
    private func shielded(_ node: GraphNode, _ former: Written?) async throws -> Written {
        try await Shield.task { try await write(node, former) }.value
    }

    private func wait(for written: Written) async -> Outcome {
        await attempt(written.node, isWrite: false) { .settled(written, try await settle(written)) }
    }

    private func attempt(_ node: GraphNode, isWrite: Bool, _ body: () async throws -> Outcome) async -> Outcome {
        do {
            return try await body()
        } catch is CancellationError {
            return .cancelled(duringWrite: isWrite)
        } catch {
            if let identity = node.identity {
                await log.fail(identity, at: location(identity), StepFailure(error))
            }
            return .failed(node, duringWrite: isWrite)
        }
    }
}
