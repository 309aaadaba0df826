package import KubeClient
package import Manifests
internal import Planning
package import Reconciler
package import Resources
internal import Synchronization

/// The long-running reconciler: keeps applications as long as it leads, and tells how they are at all times.
package final class SyncService: Sendable {
    /// How one of several servers comes to lead.
    package struct Election: Sendable {
        let lock: LeaseLock

        /// - Parameters:
        ///   - client: The cluster that the Lease is in.
        ///   - name: The Lease's.
        package init(
            client: KubeClient, namespace: String, name: String, holder: LockHolder,
            times: LeaseTimes = LeaseTimes(retryPeriod: .seconds(1)), clock: any Clock<Duration> = ContinuousClock()
        ) {
            lock = LeaseLock(
                client: client, namespace: namespace, name: name, isOfLeader: true, holder: holder, times: times,
                clock: clock)
        }
    }

    private struct State {
        var engine: SyncEngine?
        /// Why nobody is known to lead; nil where somebody does.
        var problem: String?
        /// The server that leads, where that is another one.
        var leader: String?
        var applications: [SyncApplication]
    }

    private let world: SyncWorld
    private let election: Election?
    private let connect: @Sendable (_ context: String?, _ permit: (@Sendable () throws -> Void)?) throws -> SyncCluster
    private let tell: @Sendable (SyncNews) -> Void
    private let state: Mutex<State>
    private let asking = Slots(1)

    /// - Parameters:
    ///   - election: Nil where this is the only server.
    ///   - connect: The way to the cluster of a kubeconfig's context; `permit` has to be asked before each write.
    ///   - tell: Must return at once.
    package init(
        world: SyncWorld, election: Election?, applications: [SyncApplication],
        connect:
            @escaping @Sendable (_ context: String?, _ permit: (@Sendable () throws -> Void)?) throws -> SyncCluster,
        tell: @escaping @Sendable (SyncNews) -> Void
    ) {
        self.world = world
        self.election = election
        self.connect = connect
        self.tell = tell
        state = Mutex(
            State(problem: election == nil ? nil : "nobody is known to lead yet", applications: applications))
    }

    /// What stands in the way of being ready, a line each.
    package var problems: [String] { state.withLock { $0.problem.map { [$0] } ?? [] } }

    /// Why this server can't tell of applications; nil where it leads.
    package var standby: String? {
        state.withLock { state in
            if state.engine != nil { return nil }
            if let problem = state.problem { return problem }
            return "another server leads" + (state.leader.map { ": \($0)" } ?? "")
        }
    }

    private func note(_ problem: String?, leader: String? = nil) {
        state.withLock { state in
            state.problem = problem
            state.leader = leader
        }
    }

    /// Works until the task is cancelled; runs are closed cleanly then, and the lead is given back.
    package func run() async {
        guard let election else { return await lead(nil, after: nil, nil) }
        var failures = 0
        while !Task.isCancelled {
            do {
                // As good as for ever: a hundred years.
                let (requests, request) = AsyncStream<PollRequest>.makeStream(bufferingPolicy: .bufferingNewest(100))
                try await election.lock.hold(
                    waitingAtMost: .seconds(3_155_760_000), onWait: { self.note(nil, leader: $0.holder) },
                    onPoll: { request.yield($0) }
                ) { held in
                    self.note(nil)
                    await self.lead(requests, after: held.formerProcess) { try held.check() }
                }
                failures = 0
            } catch {
                if Task.isCancelled { return }
                failures += 1
                note(ErrorText.of(error))
                tell(
                    .trouble(
                        Diagnostic(
                            code: "leader", "this server does not lead", causes: [ErrorText.of(error)],
                            hint: "it goes on trying")))
                try? await world.clock.sleep(for: .seconds(min(30, 1 << min(failures, 5))))
            }
        }
    }

    /// - Parameters:
    ///   - requests: What other servers ask of this one.
    ///   - predecessor: The process that led before. It writes nothing without the lead, so that the locks of applications
    ///     that it still holds are not waited for.
    private func lead(
        _ requests: AsyncStream<PollRequest>?, after predecessor: ProcessMark?, _ permit: (@Sendable () throws -> Void)?
    ) async {
        var world = world
        world.holder.predecessor = predecessor
        let engine = SyncEngine(world: world, connect: { [connect] in try connect($0, permit) }, tell: tell)
        state.withLock { $0.engine = engine }
        tell(.leading(true))
        await withDiscardingTaskGroup { group in
            group.addTask { await engine.run() }
            group.addTask { await self.begin(engine) }
            if let requests { group.addTask { for await request in requests { await engine.poll(request) } } }
        }
        state.withLock { $0.engine = nil }
        tell(.leading(false))
    }

    /// What is configured meanwhile counts.
    private func begin(_ engine: SyncEngine) async {
        var applications: [SyncApplication]
        repeat {
            applications = state.withLock { $0.applications }
            await engine.keep(applications)
        } while state.withLock { $0.applications } != applications
    }

    /// Keeps other applications from here on.
    package func configure(_ applications: [SyncApplication]) async {
        let engine = state.withLock { state in
            state.applications = applications
            return state.engine
        }
        await engine?.keep(applications)
    }

    package var isLeading: Bool { engine != nil }
    private var engine: SyncEngine? { state.withLock { $0.engine } }

    /// How many applications wait for their turn to be read and planned, and how many are being reconciled.
    package func queue() async -> (waiting: Int, running: Int) {
        (await engine?.waiting ?? 0, await engine?.running ?? 0)
    }

    // MARK: What people and programs ask

    /// Asks the source of an application, or of all, for news; where another server leads, that one is asked to do it.
    /// - Returns: Whether there is such an application here, or the server that leads has been asked.
    package func poll(_ name: String?) async -> Bool {
        if let engine { return await engine.poll(name) }
        guard let election, let request = PollRequest(of: name) else { return false }
        do {
            // One after the other, lest they come in each other's way.
            try await asking.with { try await election.lock.ask(request) }
            return true
        } catch {
            tell(
                .trouble(
                    Diagnostic(
                        .warning, code: "leader-unasked", "a webhook can't be passed on to the server that leads",
                        causes: [ErrorText.of(error)], hint: "its next poll finds what is new")))
            return false
        }
    }

    /// Reconciles an application because a person wants it.
    /// - Returns: Whether there is such an application here.
    package func request(_ name: String) async -> Bool { await engine?.request(name) ?? false }

    /// All applications as the status API tells of them.
    package func applications() async -> Value {
        guard let engine else {
            return ["leader": false, "standby": standby.map(Value.string) ?? .null, "applications": []]
        }
        var list: [Value] = []
        for name in await engine.names {
            guard let worker = await engine.worker(name) else { continue }
            list.append(ApplicationReport(snapshot: await worker.snapshot, target: worker.target).summary)
        }
        var value: Value = ["leader": true, "applications": .array(list)]
        let refusals = await engine.refusals
        if !refusals.isEmpty { value["refused"] = .object(refusals.mapValues(Value.string)) }
        let blind = await engine.blindness()
        if !blind.isEmpty {
            value["unwatched"] = .object(blind.mapValues { .object($0.mapValues(Value.string)) })
        }
        return value
    }

    /// One application in detail; nil where there is none of the name here.
    package func application(_ name: String) async -> Value? {
        guard let worker = await engine?.worker(name) else { return nil }
        let members = await worker.target.watch.members(of: worker.target.identity.applySetID)
        return ApplicationReport(snapshot: await worker.snapshot, target: worker.target).detail(members: members)
    }
}
