internal import FoundationEssentials
package import KubeClient
package import Manifests
internal import Planning
internal import Reconciler
internal import Resources

/// A cluster as applications are brought to it.
package struct SyncCluster: Sendable {
    package let client: KubeClient
    /// What people call it.
    package let name: String
    /// Where applications live that name no namespace.
    package let namespace: String

    package init(client: KubeClient, name: String, namespace: String) {
        self.client = client
        self.name = name
        self.namespace = namespace
    }
}

/// Keeps all applications, each by a worker of its own: one that fails or hangs delays no other.
package actor SyncEngine {
    private struct Kept {
        let worker: ApplicationWorker
        let stop: RunStop
        let context: String?
    }

    private struct Cluster {
        let access: SyncCluster
        let watch: ClusterWatch
        let slots: Slots
    }

    /// How long it takes until a cluster that there is no way to is tried again.
    private static let retryPause = Duration.seconds(60)

    private let world: SyncWorld
    private let connect: @Sendable (_ context: String?) throws -> SyncCluster
    private let tell: @Sendable (SyncNews) -> Void
    private let work: AsyncStream<@Sendable () async -> Void>
    private let begin: AsyncStream<@Sendable () async -> Void>.Continuation

    private var roots: [SyncApplication] = []
    private var nested: [String: [SyncApplication]] = [:]
    private var kept: [String: Kept] = [:]
    private var clusters: [String?: Cluster] = [:]
    private var isUpdating = false
    private var isStale = false
    /// Why applications are not kept at all.
    private var refused: [String: String] = [:]
    private var isRetrying = false
    /// The circles of dependencies that are told already.
    private var circles: Set<String> = []

    /// - Parameters:
    ///   - connect: The way to the cluster of a kubeconfig's context; nil for the default one. What it returns may write
    ///     only while this process leads.
    ///   - tell: Must return at once.
    package init(
        world: SyncWorld, connect: @escaping @Sendable (_ context: String?) throws -> SyncCluster,
        tell: @escaping @Sendable (SyncNews) -> Void
    ) {
        self.world = world
        self.connect = connect
        self.tell = tell
        (work, begin) = AsyncStream.makeStream()
    }

    /// Works until the task is cancelled; runs are closed cleanly then.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await work in work { group.addTask { await work() } }
        }
    }

    // MARK: Which applications

    /// Keeps exactly these applications, and those that they declare. The objects of one that is no longer kept stay.
    package func keep(_ applications: [SyncApplication]) async {
        roots = applications
        await update()
    }

    private func keep(nested applications: [SyncApplication], of parent: String, by stop: RunStop) async {
        guard let known = kept[parent], known.stop === stop else { return }
        do {
            let children = try SyncApplication.checkNested(applications, in: await known.worker.application)
            // Another one may have taken the name meanwhile.
            guard kept[parent]?.stop === stop, nested[parent] ?? [] != children else { return }
            nested[parent] = children
        } catch {
            // What was declared before stays in force.
            for diagnostic in error.diagnostics { tell(.trouble(diagnostic)) }
            return
        }
        await update()
    }

    /// One after the other, until what is kept is what is wanted.
    private func update() async {
        isStale = true
        if isUpdating { return }
        isUpdating = true
        defer { isUpdating = false }
        while isStale {
            isStale = false
            await updateOnce()
        }
    }

    private func updateOnce() async {
        let all = WantedApplications(roots: roots, nested: nested)
        for problem in all.problems { tell(.trouble(problem)) }
        let wanted = all.byName
        for name in kept.keys where wanted[name] == nil { await drop(name) }
        refused = refused.filter { wanted[$0.key] != nil }
        var started: [(worker: ApplicationWorker, stop: RunStop)] = []
        var additions: [String?: [(set: String, tell: @Sendable (ClusterWatch.News) -> Void)]] = [:]
        for application in wanted.values.sorted(by: { $0.name < $1.name }) {
            do {
                guard let (worker, stop) = try await start(application) else { continue }
                started.append((worker, stop))
                additions[application.settings.context, default: []].append(
                    (worker.target.identity.applySetID, { news in worker.take(news) }))
            } catch {
                let known = refused.updateValue(ErrorText.of(error), forKey: application.name)
                if known == refused[application.name] { continue }
                tell(
                    .trouble(
                        Diagnostic(
                            code: "application-refused", "application \(application.name) can't be kept",
                            at: application.location, causes: [ErrorText.of(error)])))
            }
        }
        await tellCircles()
        retryLater()
        for (context, additions) in additions { await clusters[context]?.watch.add(additions) }
        // Only then: what a worker finds out first is told to the watch.
        for (worker, stop) in started {
            begin.yield {
                _ = await stop.stoppable { await worker.run() }
                if stop.isAsked { await self.tellRemoval(of: worker.target.name) }
            }
        }
    }

    /// What several sources declare makes a circle that none of them has. Its applications wait for ever, and nothing else
    /// does: it is for people to open.
    private func tellCircles() async {
        var applications: [SyncApplication] = []
        for one in kept.values {
            var application = await one.worker.application
            application.settings.dependsOn = await one.worker.dependencies
            applications.append(application)
        }
        let found = SyncConfiguration.problems(between: applications).filter { $0.code == SyncConfiguration.cycleCode }
        for diagnostic in found where !circles.contains(diagnostic.message) { tell(.trouble(diagnostic)) }
        circles = Set(found.map(\.message))
    }

    /// A kubeconfig or a credential may come, or be mended.
    private func retryLater() {
        if refused.isEmpty || isRetrying { return }
        isRetrying = true
        begin.yield { [world] in
            do { try await world.clock.sleep(for: Self.retryPause) } catch { return }
            await self.retry()
        }
    }

    private func retry() async {
        isRetrying = false
        if !refused.isEmpty { await update() }
    }

    /// - Returns: The worker where it is a new one.
    private func start(_ application: SyncApplication) async throws -> (ApplicationWorker, RunStop)? {
        let context = application.settings.context
        let cluster = try cluster(context)
        let identity = try ApplicationIdentity(
            name: application.name, namespace: application.settings.namespace ?? cluster.access.namespace)
        refused[application.name] = nil
        if let known = kept[application.name] {
            if known.worker.target.identity == identity, known.context == context {
                await known.worker.configure(application)
                return nil
            }
            // As another application: what the old one had stays.
            await drop(application.name)
        }
        let target = SyncTarget(
            name: application.name, identity: identity, client: cluster.access.client, cluster: cluster.access.name,
            watch: cluster.watch, slots: cluster.slots)
        let stop = RunStop()
        let worker = ApplicationWorker(
            application, target: target, world: world,
            unhealthy: { [weak self] names in await self?.unhealthy(among: names) ?? names },
            onNested: { [weak self] applications in
                await self?.keep(nested: applications, of: application.name, by: stop)
            },
            onHealth: { [weak self] in await self?.reconsider(dependentsOf: application.name) },
            onDependencies: { [weak self] in await self?.tellCircles() },
            tell: tell)
        kept[application.name] = Kept(worker: worker, stop: stop, context: context)
        return (worker, stop)
    }

    private func drop(_ name: String) async {
        guard let old = kept.removeValue(forKey: name) else { return }
        nested[name] = nil
        old.stop.stop()
        await old.worker.target.watch.remove(old.worker.target.identity.applySetID)
    }

    /// Nothing more is told of it from here on, unless another one has its name by now.
    private func tellRemoval(of name: String) {
        if kept[name] == nil { tell(.removed(name)) }
    }

    private func cluster(_ context: String?) throws -> Cluster {
        if let known = clusters[context] { return known }
        let access = try connect(context)
        let watch = ClusterWatch(client: access.client, now: world.now)
        let cluster = Cluster(access: access, watch: watch, slots: Slots(world.concurrency))
        clusters[context] = cluster
        begin.yield { await watch.run() }
        return cluster
    }

    // MARK: Dependencies

    /// The applications of these that are not healthy, or not kept.
    private func unhealthy(among names: [String]) async -> [String] {
        var unhealthy: [String] = []
        for name in names {
            if await kept[name]?.worker.isHealthy != true { unhealthy.append(name) }
        }
        return unhealthy
    }

    private func reconsider(dependentsOf name: String) async {
        for other in kept.values where await other.worker.dependencies.contains(name) { other.worker.reconsider() }
    }

    // MARK: What people ask

    /// Polls the source of one application, or of all: what it says is what counts.
    /// - Returns: Whether there is such an application.
    package func poll(_ name: String?) -> Bool {
        guard let name else {
            for one in kept.values { one.worker.trigger() }
            return true
        }
        kept[name]?.worker.trigger()
        return kept[name] != nil
    }

    /// What a server that does not lead asks for.
    func poll(_ request: PollRequest) {
        switch request {
        case .all: _ = poll(nil)
        case .applications(let names): for name in names { _ = poll(name) }
        }
    }

    /// Reconciles an application because a person wants it, also what has failed.
    /// - Returns: Whether there is such an application.
    package func request(_ name: String) async -> Bool {
        guard let worker = kept[name]?.worker else { return false }
        await worker.request()
        return true
    }

    /// How many applications wait for their turn to be read and planned.
    var waiting: Int { clusters.values.reduce(0) { $0 + $1.slots.waiting } }

    /// How many applications are being reconciled.
    var running: Int {
        get async {
            var count = 0
            for one in kept.values where await one.worker.isRunning { count += 1 }
            return count
        }
    }

    /// The applications that are kept, sorted.
    var names: [String] { kept.keys.sorted() }

    func worker(_ name: String) -> ApplicationWorker? { kept[name]?.worker }

    /// The applications that can't be kept, and why.
    var refusals: [String: String] { refused }

    /// The kinds that can't be watched, by cluster.
    func blindness() async -> [String: [String: String]] {
        var blind: [String: [String: String]] = [:]
        for cluster in clusters.values {
            let kinds = await cluster.watch.blind
            if !kinds.isEmpty { blind[cluster.access.name] = kinds }
        }
        return blind
    }
}
