internal import FoundationEssentials
internal import Health
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources
internal import Synchronization

/// Keeps one application as its source declares it: asks the source, does what `ApplicationMachine` decides, and tells.
actor ApplicationWorker {
    nonisolated let target: SyncTarget
    let world: SyncWorld
    /// The applications of these that are not healthy.
    private let unhealthy: @Sendable ([String]) async -> [String]
    private let onNested: @Sendable ([SyncApplication]) async -> Void
    let onHealth: @Sendable () async -> Void
    private let onDependencies: @Sendable () async -> Void
    let tell: @Sendable (SyncNews) -> Void

    private(set) var application: SyncApplication
    var machine: ApplicationMachine
    private var limits = ChangeLimits()
    /// The plans of the run under way, which count once it has written something.
    private var approved: [Plan] = []
    /// The digest of what the run under way declares.
    var declared: String?
    /// The applications that it depends on; what its source says of that counts once it has been read.
    private(set) var dependencies: [String]
    /// The commit that was read last.
    private var readCommit: PlanSource?
    private var hold: SyncHold?
    /// Nil before it is told.
    private var stoppage: Stoppage?
    var fetchFailure: String?
    var health: [HealthStatus: Int] = [:]
    private var reported: Set<ObjectIdentity> = []
    var current: RunningJob?
    private var history: [(run: SyncRun, end: SyncEnd)] = []
    /// The last runs that came to something, by whether they only kept what was in force.
    private var lastRuns: [Bool: (run: SyncRun, end: SyncEnd)] = [:]
    private var lastSuccess: Date?
    /// Whether a person wants it, as soon as the source has been asked.
    var isWanted = false
    /// The commit that is in force; nil where none is, or that is not known.
    private var inForce: PlanSource?
    /// Whether the last thing that was found out is that what is declared is in force.
    private var isAsDeclared = false
    private var diff: ShownPlan?
    private var pending: ShownPlan?
    private var graph: CompactJSON?
    /// The applications that are declared by what is in force; nil before that is known.
    private var nested: [SyncApplication]?

    struct RunningJob {
        let run: SyncRun
        /// The newest commit when it began.
        let source: PlanSource
        let progress: RunProgress
        let stop: RunStop
        let guardian: HealthGuard
    }

    let pollSignal = Signal()
    let jobSignal = Signal()
    let healthSignal = Signal()
    private let driftSignal = Signal()
    /// What has drifted and is not looked at yet.
    private let sightings = Mutex<Set<ObjectIdentity>>([])

    private let events: RunEventFeed

    /// How many reconciliations are remembered.
    private static let historyLength = 20

    init(
        _ application: SyncApplication, target: SyncTarget, world: SyncWorld,
        unhealthy: @escaping @Sendable ([String]) async -> [String],
        onNested: @escaping @Sendable ([SyncApplication]) async -> Void,
        onHealth: @escaping @Sendable () async -> Void,
        onDependencies: @escaping @Sendable () async -> Void,
        tell: @escaping @Sendable (SyncNews) -> Void
    ) {
        self.application = application
        self.target = target
        self.world = world
        self.unhealthy = unhealthy
        self.onNested = onNested
        self.onHealth = onHealth
        self.onDependencies = onDependencies
        self.tell = tell
        dependencies = application.settings.dependsOn
        machine = ApplicationMachine(rules: SyncRules(application.settings.sync))
        events = RunEventFeed(target: target, now: world.now, tell: tell)
    }

    /// Works until the task is cancelled; a run is closed cleanly then.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.poll() }
            group.addTask { await self.reconcile() }
            group.addTask { await self.followDrift() }
            group.addTask { await self.events.write() }
            group.addTask { await self.followHealth() }
        }
    }

    var isRunning: Bool { current != nil }

    // MARK: What happens

    func configure(_ application: SyncApplication) {
        guard application != self.application else { return }
        let isElsewhere = application.settings.source != self.application.settings.source
        self.application = application
        machine.configure(SyncRules(application.settings.sync), isElsewhere: isElsewhere)
        dependencies = application.settings.dependsOn
        if isElsewhere { nested = nil }
        // The interval may be another one, too.
        pollSignal.raise()
        jobSignal.raise()
    }

    /// Asks the source at once.
    nonisolated func trigger() {
        pollSignal.raise()
    }

    /// A person wants it reconciled now, also what has failed.
    func request() {
        // What the source says now counts: the person may have just pushed.
        isWanted = true
        pollSignal.raise()
    }

    nonisolated func take(_ news: ClusterWatch.News) {
        switch news {
        case .drifted(let identities):
            sightings.withLock { $0.formUnion(identities) }
            driftSignal.raise()
        case .healthChanged: healthSignal.raise()
        }
    }

    private func followDrift() async {
        while !Task.isCancelled {
            await driftSignal.wait()
            let drifted = sightings.withLock { sightings in
                defer { sightings = [] }
                return sightings
            }
            if drifted.isEmpty || machine.rules.drift == .off { continue }
            let news = drifted.subtracting(machine.drifted)
            machine.drift(drifted)
            // What a run itself writes is no drift; its check tells what is.
            if current != nil { continue }
            if !news.isEmpty { tell(.drifted(target.name, news)) }
            jobSignal.raise()
        }
    }

    /// Something that it depends on may have changed.
    nonisolated func reconsider() {
        jobSignal.raise()
    }

    /// Whether it is as its newest known commit declares, and healthy.
    var isHealthy: Bool {
        guard let settled = machine.settled, settled.isSameCommit(as: machine.observed), current == nil else {
            return false
        }
        return isAsDeclared && health.allSatisfy { $0.key == .current || $0.value == 0 }
    }

    var snapshot: Snapshot {
        Snapshot(
            application: application, observed: machine.observed, settled: machine.settled, inForce: inForce,
            hold: hold, stoppage: machine.stoppage,
            fetchFailure: fetchFailure, health: health, drifted: machine.drifted.union(reported),
            running: current?.run, waiting: current?.progress.waiting ?? [], last: history.last,
            lastSuccess: lastSuccess, history: history, diff: diff, pending: pending, graph: graph)
    }

    // MARK: Jobs

    private func reconcile() async {
        while !Task.isCancelled {
            let unhealthy = await unhealthy(awaited)
            let next = machine.next(at: world.now(), unhealthy: unhealthy)
            tellStoppage()
            switch next {
            case .run(let job) where job.hold != nil:
                holdOn(job.hold)
                await look(job)
            case .run(let job):
                holdOn(nil)
                await perform(job)
            case .wait(let until, let hold):
                holdOn(hold)
                await jobSignal.wait(atMost: until.map { pause(until: $0) }, world.clock)
            }
        }
    }

    /// How long to wait for a time before it is decided anew: the clock may be set meanwhile.
    private func pause(until time: Date) -> Duration {
        .seconds(min(60, max(0.05, time.timeIntervalSince(world.now()))))
    }

    /// The applications that it waits for. What another commit says of that, or this one under another configuration, is only
    /// known once it has been read.
    private var awaited: [String] {
        let isKnown = !machine.isReconfigured && readCommit?.isSameCommit(as: machine.observed) == true
        return isKnown ? dependencies : application.settings.dependsOn
    }

    private func tellStoppage() {
        guard machine.stoppage != stoppage else { return }
        stoppage = machine.stoppage
        tell(.stoppage(target.name, machine.stoppage))
    }

    private func holdOn(_ hold: SyncHold?) {
        guard hold != self.hold else { return }
        self.hold = hold
        tell(.held(target.name, hold))
    }

    /// Finds out how things are while nothing may be written.
    private func look(_ job: SyncJob) async {
        let asked = application
        machine.begin(job)
        var result = await reconciliation(job, onPlan: { _, _, _ in }, listener: { _ in }).run()
        // Applications are no objects: that they are others is for the run to tell.
        if result.outcome == .unchanged, result.declared != nested { result.outcome = .reported([]) }
        if result.isOpen { machine.noteOpenRun(of: job.source) }
        // What the others have not made yet may be why.
        if [.error, .refused].contains(result.outcome.result), job.hold?.isDependencies == false, !Task.isCancelled {
            tell(
                .trouble(
                    Diagnostic(
                        .warning, code: "unknown-state", "how application \(target.name) is could not be found out",
                        causes: [result.outcome.message])))
        }
        _ = machine.finish(job, result.outcome, at: world.now(), random: world.random())
        machine.drift(result.drifted)
        if result.outcome == .unchanged { isAsDeclared = true }
        if let plan = result.plan { show(plan, result.outcome) }
        if application == asked, let settings = result.settings { machine.adopt(SyncRules(settings.sync)) }
        await conclude(job, result)
    }

    private func perform(_ job: SyncJob) async {
        let run = SyncRun(
            id: RunID(now: world.now(), random: UInt32(world.random() * 0x1_0000_0000)),
            application: target.name,
            parent: target.identity.parent, cluster: target.cluster, reason: job.reason,
            source: job.keepsFormer ? inForce ?? job.source : job.source, startedAt: world.now())
        let progress = RunProgress()
        let stop = RunStop()
        machine.begin(job)
        tellStoppage()
        let guardian = HealthGuard()
        current = RunningJob(run: run, source: job.source, progress: progress, stop: stop, guardian: guardian)
        tell(.began(run))
        let tell = tell
        let reconciliation = reconciliation(
            job,
            onPlan: { [target] plan, rules, digest in
                let healthy = await target.watch.healthy(of: target.identity.applySetID)
                guardian.watch(over: healthy, during: plan, rules: rules)
                await self.noteExecution(of: plan, declaring: digest, run)
            },
            listener: { event in
                progress.take(event)
                tell(.event(run, event))
            })
        let ended = await stop.stoppable { await reconciliation.run() }
        var result = ended ?? ReconciliationResult(outcome: .interrupted)
        if let why = stop.reason {
            result.outcome = .tripped(why)
            await noteStop(why)
        }
        await end(run, job, result)
    }

    private func reconciliation(
        _ job: SyncJob, onPlan: @escaping @Sendable (Plan, SyncRules, String) async -> Void,
        listener: @escaping @Sendable (RunEvent) -> Void
    ) -> Reconciliation {
        Reconciliation(
            target: target, application: application, job: job, limits: limits, world: world, unhealthy: unhealthy,
            knowsNested: nested != nil, onNested: { await self.tellNested($0) }, onPlan: onPlan,
            beforeCheck: { await self.forgetDrift() }, listener: listener)
    }

    /// Whoever leads next must not go on with it either.
    private func noteStop(_ why: String) async {
        do {
            try await RevisionStore(client: target.client, application: target.identity).noteStop(why)
        } catch {
            tell(
                .trouble(
                    Diagnostic(
                        code: "stop-unrecorded", "that application \(target.name) has stopped could not be recorded",
                        causes: [ErrorText.of(error)],
                        hint: "until a person has looked at it, suspend it: another server would go on with the run")))
        }
    }

    /// What was seen until now may be what the run itself has written; the check that follows tells what is not.
    private func forgetDrift() {
        sightings.withLock { $0 = [] }
        machine.forgetDrift()
    }

    private func noteExecution(of plan: Plan, declaring digest: String, _ run: SyncRun) {
        approved.append(plan)
        declared = digest
        diff = ShownPlan(plan)
        tell(.planned(run, plan))
    }

    private func end(_ run: SyncRun, _ job: SyncJob, _ result: ReconciliationResult) async {
        current = nil
        let now = world.now()
        // Under another configuration it is read again.
        if !machine.isReconfigured, let settings = result.settings { machine.adopt(SyncRules(settings.sync)) }
        // Without a record nothing was written.
        if result.revision != nil { for plan in approved { limits.note(plan, machine.rules.limits, at: now) } }
        (approved, declared) = ([], nil)
        machine.drift(result.drifted)
        let fought = machine.finish(job, result.outcome, repaired: result.repaired, at: now, random: world.random())
        if case .reported(let identities) = result.outcome { reported = identities } else { reported = [] }
        if let plan = result.plan, !job.keepsFormer { show(plan, result.outcome) }
        let fights = fought.map { ($0, result.rivals[$0] ?? []) }
        var end = SyncEnd(
            result: result.outcome.result, message: result.outcome.message,
            seconds: now.timeIntervalSince(run.startedAt),
            drifted: Array(reported.isEmpty ? result.repaired : reported).sorted(),
            fights: Dictionary(uniqueKeysWithValues: fights), revision: result.revision,
            breaker: machine.breaker?.reason)
        if let last = lastRuns[job.keepsFormer], last.run.source.commit == run.source.commit {
            end.isRepeated = end.isSame(as: last.end)
        }
        if let note = RunEventNote(run, end) { events.add(note) }
        if ![.error, .interrupted].contains(end.result) { lastRuns[job.keepsFormer] = (run: run, end: end) }
        history.append((run, end))
        if history.count > Self.historyLength { history.removeFirst() }
        if [.unchanged, .success].contains(end.result) { lastSuccess = now }
        if !job.keepsFormer { isAsDeclared = [.unchanged, .success, .drift].contains(end.result) }
        tell(.ended(run, end))
        await conclude(job, result)
    }

    /// What a reconciliation leaves to be done, whatever came of it.
    private func conclude(_ job: SyncJob, _ result: ReconciliationResult) async {
        inForce = result.inForce ?? inForce
        if let settings = result.settings { await learn(settings.dependsOn, from: job.source) }
        if let nested = result.nested { await tellNested(nested) }
        await readHealth()
        await onHealth()
        FreeMemory.giveBack()
    }

    private func learn(_ dependencies: [String], from source: PlanSource) async {
        // Under another configuration it is read again.
        if machine.isReconfigured { return }
        readCommit = source
        guard dependencies != self.dependencies else { return }
        self.dependencies = dependencies
        await onDependencies()
    }

    private func tellNested(_ nested: [SyncApplication]) async {
        if Task.isCancelled { return }
        self.nested = nested
        await onNested(nested)
    }

    private func show(_ plan: Plan, _ outcome: SyncOutcome) {
        let isDone = [.unchanged, .success].contains(outcome.result)
        // The order of a plan that changes nothing is the one that is known already, unless nothing is.
        guard !isDone || plan.summary.hasChanges || graph == nil else {
            pending = nil
            return
        }
        let shown = ShownPlan(plan)
        graph = shown.graph
        pending = isDone ? nil : shown
    }
}
