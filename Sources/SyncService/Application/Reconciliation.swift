internal import Diffing
internal import FoundationEssentials
internal import KubeClient
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// What came of a reconciliation, and what is known because of it.
struct ReconciliationResult: Sendable {
    var outcome: SyncOutcome
    /// The last plan; nil where none could be made.
    var plan: Plan?
    /// Members that were brought back to what is declared.
    var repaired: Set<ObjectIdentity> = []
    /// Who owns the fields that were not as declared, by member.
    var rivals: [ObjectIdentity: [String]] = [:]
    /// What is no longer as declared already.
    var drifted: Set<ObjectIdentity> = []
    /// Whether a run of the commit has begun that is not ended, and that nobody has stopped.
    var isOpen = false
    /// The applications that the commit declares; nil where it could not be read.
    var declared: [SyncApplication]?
    /// The applications that are declared by what it has brought into force; nil where it did not.
    var nested: [SyncApplication]?
    /// What is in force; nil where nothing is, or that is not known.
    var inForce: PlanSource?
    /// The number of the revision that was recorded.
    var revision: Int?
    /// The application's own settings with those that its source has; nil where that could not be read.
    var settings: ApplicationSettings?
}

/// Brings one application once to what a commit declares: reads, plans, asks the brakes, executes, and checks.
struct Reconciliation: Sendable {
    let target: SyncTarget
    let application: SyncApplication
    let job: SyncJob
    let limits: ChangeLimits
    let world: SyncWorld
    /// The applications of these that are not healthy.
    let unhealthy: @Sendable ([String]) async -> [String]
    /// Whether the applications are known that are declared by what is in force.
    let knowsNested: Bool
    /// Told of them before anything is done.
    let onNested: @Sendable ([SyncApplication]) async -> Void
    /// Told of a plan before it is executed, of the rules that go with it, and of the digest of what is declared, as the
    /// source has it.
    let onPlan: @Sendable (Plan, SyncRules, String) async -> Void
    /// Called before it is checked what is as declared.
    let beforeCheck: @Sendable () async -> Void
    let listener: @Sendable (RunEvent) -> Void

    func run() async -> ReconciliationResult {
        var result = ReconciliationResult(outcome: .interrupted)
        if job.keepsFormer {
            do { try await keepFormer(&result) } catch { result.outcome = Self.outcome(of: error) }
            return result
        }
        let isKnown = await target.watch.isChecked(target.identity.applySetID)
        do {
            let set = try await target.slots.with { try await read(job.source) }
            result.declared = set.applications
            try await reconcile(set, &result)
            if [.unchanged, .success, .drift].contains(result.outcome.result), job.hold == nil {
                result.nested = set.applications
                result.inForce = job.source
            }
        } catch {
            result.outcome = Self.outcome(of: error)
        }
        // What is new could not tell, or says nothing of what is in force.
        if [.refused, .limited].contains(result.outcome.result), !isKnown || !knowsNested {
            await lookAtFormer(&result)
        }
        return result
    }

    func read(_ commit: PlanSource) async throws -> ManifestSet {
        try await world.manifests(of: application, at: commit, namespace: target.identity.namespace)
    }

    /// - Parameter repairsFormer: Whether what is in force may be brought back first.
    private func reconcile(
        _ set: ManifestSet, _ result: inout ReconciliationResult, repairsFormer: Bool = true
    ) async throws {
        let settings = application.settings.completed(by: set.application)
        let rules = SyncRules(settings.sync)
        result.settings = settings
        let (prepared, maker, isRepair) = try await plan(set, settings, rules)
        result.plan = prepared.plan
        result.isOpen = prepared.isOpen
        result.inForce = prepared.deployed?.source
        try await learn(prepared, set, isRepair: isRepair, &result)
        if isRepair { (result.repaired, result.rivals) = Self.drift(in: prepared.plan) }
        if let why = prepared.stopped, !job.isInsisting {
            result.outcome = .tripped(why)
        } else if job.hold != nil, !prepared.isDone {
            result.outcome = .reported([])
        } else if prepared.isDone {
            result.repaired = []
            result.drifted = await check(prepared)
            result.outcome = .unchanged
        } else if isRepair, !prepared.hasPendingRevision, rules.drift != .repair {
            result.outcome = rules.drift == .off ? .unchanged : .reported(result.repaired)
            result.repaired = []
            result.drifted = await check(prepared)
        } else if repairsFormer, !isRepair, rules.drift == .repair, prepared.hasConflicts,
            let repair = try await repairFormer(prepared, settings)
        {
            (result.outcome, result.revision) = (repair.outcome, repair.revision)
            // Who takes the fields at once again is met by the refusal, which has its time.
            if repair.outcome == .succeeded { try await reconcile(set, &result, repairsFormer: false) }
        } else {
            try await execute(prepared, of: set, by: maker, settings, isRepair: isRepair, &result)
        }
    }

    /// What a process finds out the first time that it sees the application, whatever comes of the plan: how its members are,
    /// and which applications are declared by what is in force.
    private func learn(
        _ prepared: PreparedPlan, _ set: ManifestSet, isRepair: Bool, _ result: inout ReconciliationResult
    ) async throws {
        if await !target.watch.isChecked(target.identity.applySetID) { result.drifted = await check(prepared) }
        if knowsNested { return }
        if isRepair {
            await onNested(set.applications)
        } else if let commit = prepared.deployed?.source, commit.commit != nil,
            // Where that commit is gone, what is new tells once it is in force.
            let former = try? await target.slots.with({ try await read(commit) })
        {
            await onNested(former.applications)
        }
    }

    private func plan(
        _ set: ManifestSet, _ settings: ApplicationSettings, _ rules: SyncRules
    ) async throws -> (PreparedPlan, PlanMaker, isRepair: Bool) {
        let repair = maker(settings, isRepair: true)
        if job.reason == .drift, rules.drift == .repair {
            // Most likely nothing but drift: one plan is enough then.
            let prepared = try await plan(set, by: repair)
            if prepared.isRepair(by: set) { return (prepared, repair, true) }
        }
        let ordinary = maker(settings, isRepair: false)
        let prepared = try await plan(set, by: ordinary)
        let isRepair = prepared.isRepair(by: set)
        guard isRepair, !prepared.isDone, rules.drift == .repair else { return (prepared, ordinary, isRepair) }
        // All that is declared was ours already, so that nobody else's is taken.
        return (try await plan(set, by: repair), repair, true)
    }

    /// - Parameter isRepair: Whether what is declared has been ours before.
    func maker(_ settings: ApplicationSettings, isRepair: Bool) -> PlanMaker {
        var reconciler = ReconcilerSettings(settings)
        var guardrails = GuardrailSettings(settings)
        reconciler.retriesFailed = job.isInsisting
        guardrails.retriesFailed = job.isInsisting
        if isRepair {
            // What was deployed before is not condemned by a repair that failed.
            reconciler.retriesFailed = true
            guardrails.retriesFailed = true
            reconciler.forcesConflicts = true
            guardrails.forcesConflicts = true
            guardrails.adoption = .unowned
        }
        return PlanMaker(
            client: target.client, application: target.identity, settings: reconciler, guardrails: guardrails)
    }

    /// - Parameter source: Where the set is from; nil for the job's own.
    func plan(
        _ set: ManifestSet, by maker: PlanMaker, source: PlanSource? = nil
    ) async throws -> PreparedPlan {
        try await target.slots.with { try await maker.plan(set, source: source ?? job.source) }
    }

    func execute(
        _ first: PreparedPlan, of set: ManifestSet, by maker: PlanMaker, _ settings: ApplicationSettings,
        isRepair: Bool, source: PlanSource? = nil, _ result: inout ReconciliationResult
    ) async throws {
        let context = TransactionContext(
            client: target.client, application: target.identity, settings: maker.settings, version: world.version,
            holder: world.holder, leaseTimes: world.leaseTimes, leaseClock: world.leaseClock, now: world.now)
        let firstPlan = OneTime(first)
        let transaction = Transaction(
            context,
            make: {
                if let first = firstPlan.take() { return first }
                let again = try await plan(set, by: maker, source: source)
                // What a repair may take back, another set that was deployed meanwhile may not.
                if isRepair, !again.isRepair(by: set) { throw PlanOutdated() }
                return again
            },
            approve: { prepared in
                try await approve(prepared.plan, settings)
                await onPlan(prepared.plan, SyncRules(settings.sync), set.digest)
            },
            listener: listener)
        let run = try await transaction.run()
        result.revision = run.revision ?? result.revision
        result.outcome = try await Self.outcome(of: run, isRepair: isRepair, context.store)
        let hasSucceeded = run.outcome == .succeeded
        if !hasSucceeded { result.repaired = [] }
        do {
            let after = try await plan(set, by: maker, source: source)
            // What was undone, or stays as it is, is no drift either.
            result.drifted = await check(after).union(hasSucceeded ? after.plan.writes : [])
        } catch {
            // What came of the run stays true; whether all is as declared is found out as if it were not.
            if hasSucceeded { result.drifted = Set(first.plan.writes) }
        }
    }

    private func approve(_ plan: Plan, _ settings: ApplicationSettings) async throws {
        try plan.checkGuardrails()
        try await checkHold(settings)
        if let step = plan.steps.first(where: { $0.pause == .person }) { throw Diagnostic.personNeeded(step.node) }
        if job.isInsisting { return }
        if case .refused(let why, let until) = limits.check(plan, settings.sync.limits, at: world.now()) {
            throw Held(hold: .limit(why, until: until))
        }
    }

    /// What the source itself says of when it may be applied is only known once it is read.
    private func checkHold(_ settings: ApplicationSettings) async throws {
        let rules = SyncRules(settings.sync)
        let hold: SyncHold?
        if job.endsOpenRun, !rules.isSuspended { return }
        let waiting = await unhealthy(settings.dependsOn)
        if rules.isSuspended {
            hold = .suspended
        } else if !waiting.isEmpty {
            hold = .dependencies(waiting)
        } else if !rules.windows.isOpen(at: world.now()) {
            hold = .window(opens: rules.windows.nextOpening(after: world.now()))
        } else {
            hold = nil
        }
        if let hold { throw Held(hold: hold) }
    }

    /// Takes what the plan leaves alone for being as declared.
    /// - Returns: What has changed since.
    func check(_ prepared: PreparedPlan) async -> Set<ObjectIdentity> {
        let context = await HealthFacts(client: target.client, now: world.now).context(before: prepared.plan)
        await beforeCheck()
        return await target.watch.check(
            Array(prepared.state.members.values), of: target.identity.applySetID,
            resources: Set(prepared.state.resources.values),
            namespaces: Set(prepared.plan.applySet.namespaces).union(prepared.state.recorded?.namespaces ?? []),
            context: context)
    }

    /// What a plan that only repairs would change, and whose fields it takes back.
    static func drift(in plan: Plan) -> (Set<ObjectIdentity>, [ObjectIdentity: [String]]) {
        var rivals: [ObjectIdentity: [String]] = [:]
        let changes = plan.changes.filter { $0.action.isWrite }
        for change in changes {
            guard let desired = change.desired, let live = change.live else { continue }
            let drift = ObjectDiff.drift(desired: desired, live: live, manager: KubeClient.fieldManager)
            rivals[change.identity] = Set(drift.flatMap(\.managers)).sorted()
        }
        return (Set(changes.map(\.identity)), rivals)
    }
}

extension Plan {
    /// What it writes.
    var writes: [ObjectIdentity] { changes.filter { $0.action.isWrite }.map(\.identity) }
}

extension PreparedPlan {
    /// The revision that is in force.
    var deployed: Revision? { history.deployed?.revision }

    /// Whether the set is the one that was last deployed, so that all its changes repair what somebody else has done.
    func isRepair(by set: ManifestSet) -> Bool { deployed?.manifestDigest == plan.manifestDigest }

    /// Whether a run of the set has begun that is not ended, and that nobody has stopped.
    fileprivate var isOpen: Bool {
        guard let newest = history.first?.revision else { return false }
        return newest.state == .pending && newest.manifestDigest == plan.manifestDigest && newest.stopped == nil
    }

    /// Whether others own fields that the set declares.
    fileprivate var hasConflicts: Bool { plan.violations.contains { $0.code == .ownershipConflict } }

    /// Why the set's run was stopped, which waits for a person or another set; nil where it was not.
    fileprivate var stopped: String? {
        guard let newest = history.first?.revision, newest.manifestDigest == plan.manifestDigest else { return nil }
        return newest.stopped
    }
}

extension Diagnostic {
    fileprivate static func personNeeded(_ node: GraphNode) -> Diagnostic {
        Diagnostic(
            code: "nobody-to-ask", "the plan waits for a person's yes after \(node), and nobody can be asked",
            hint: "give the pause a soak in endstate.yaml, or apply it by hand")
    }
}
