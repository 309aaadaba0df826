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
    /// Writes one object; the next step of the same node is `settle`.
    let write: @Sendable (GraphNode) async throws -> Written
    /// Waits until what was written is as it should be.
    let settle: @Sendable (Written) async throws -> Void
    let log: RunLog
    let location: @Sendable (ObjectIdentity) -> SourceLocation?

    /// A node after its write.
    struct Written: Sendable {
        let node: GraphNode
        /// As the server has it; nil for barriers.
        var object: KubernetesObject?
        var resource: APIResource?
        /// Whether there is nothing to wait for.
        var isSettled = false
    }

    private enum Outcome: Sendable {
        case written(Written)
        case settled(GraphNode)
        /// It failed, or was cancelled.
        case stopped(duringWrite: Bool)
    }

    /// Runs until every node is done, one has failed, or the task is cancelled; returns the scheduler as it is then.
    func run() async -> StepScheduler {
        await withTaskGroup(of: Outcome.self) { group in
            var scheduler = scheduler
            var writes = 0
            var isStopping = false
            func start() {
                while !isStopping, !Task.isCancelled, writes < concurrency, let node = scheduler.next() {
                    writes += 1
                    group.addTask { await attempt(node, isWrite: true) { .written(try await shielded(node)) } }
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
                case .settled(let node): scheduler.finish(node)
                case .stopped(let duringWrite):
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
    private func shielded(_ node: GraphNode) async throws -> Written {
        try await Task { try await write(node) }.value
    }

    private func wait(for written: Written) async -> Outcome {
        await attempt(written.node, isWrite: false) {
            try await settle(written)
            return .settled(written.node)
        }
    }

    private func attempt(_ node: GraphNode, isWrite: Bool, _ body: () async throws -> Outcome) async -> Outcome {
        do {
            return try await body()
        } catch is CancellationError {
            return .stopped(duringWrite: isWrite)
        } catch {
            if let identity = node.identity {
                await log.fail(identity, at: location(identity), StepFailure(error))
            }
            return .stopped(duringWrite: isWrite)
        }
    }
}

extension StepFailure {
    /// A failure from whatever a step threw.
    init(_ error: any Error) {
        guard !(error is StepFailure), let told = (error as? any DiagnosticError)?.diagnostics.first else {
            self =
                error as? StepFailure
                ?? StepFailure(phase: .write, message: "\(error)", details: [], hint: nil)
            return
        }
        self.init(phase: .write, message: told.message, details: told.causes, hint: told.hint)
    }
}
