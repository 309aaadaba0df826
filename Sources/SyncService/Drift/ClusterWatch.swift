internal import FoundationEssentials
internal import Health
internal import KubeClient
internal import Planning
internal import Resources
internal import Synchronization

/// Follows the members of all applications on a cluster: one watch a kind, limited to our members by their label.
///
/// `run()` does the work and must be running for anything to be seen. Of a kind that may not be watched in all namespaces,
/// those of the applications are watched one by one; of one that may not be watched at all, `blind` tells.
actor ClusterWatch {
    /// What is told of an application.
    enum News: Sendable {
        case drifted(Set<ObjectIdentity>)
        case healthChanged
    }

    private struct Scope: Hashable {
        let resource: APIResource
        /// Nil for all namespaces.
        let namespace: String?
    }

    private struct Interest {
        var resources: Set<APIResource> = []
        var namespaces: Set<String> = []
        let tell: @Sendable (News) -> Void
    }

    private let client: KubeClient
    private let now: @Sendable () -> Date
    private var table = MemberTable()
    private var interests: [String: Interest] = [:]
    /// What health is judged by; feeds that run learn of it, too.
    private let contexts = Mutex<[String: HealthContext]>([:])
    private var stops: [Scope: Signal] = [:]
    /// The kinds that may not be watched in all namespaces at once.
    private var narrow: Set<APIResource> = []
    private var failures: [Scope: String] = [:]
    private let requests: AsyncStream<(Scope, Signal)>
    private let request: AsyncStream<(Scope, Signal)>.Continuation

    /// With more applications than that, all members of ApplySets are watched, since a selector that names all would be
    /// too long for a URL.
    static let maximumNamedSets = 50

    init(client: KubeClient, now: @escaping @Sendable () -> Date) {
        self.client = client
        self.now = now
        (requests, request) = AsyncStream.makeStream()
    }

    /// Follows what there is an interest in until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await (scope, stop) in requests {
                group.addTask {
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask { await self.follow(scope) }
                        group.addTask { await stop.wait() }
                        await group.next()
                        group.cancelAll()
                    }
                }
            }
        }
    }

    // MARK: Applications

    /// Begins to follow an application; of which kinds is told by `check`.
    func add(_ applications: [(set: String, tell: @Sendable (News) -> Void)]) {
        for (set, tell) in applications {
            table.add(set)
            interests[set] = Interest(tell: tell)
        }
        restart()
    }

    func remove(_ set: String) {
        table.remove(set)
        interests[set] = nil
        contexts.withLock { $0[set] = nil }
        restart()
    }

    /// Takes an application's members, as a plan has just read them, for being as they are declared.
    /// - Returns: Those that have changed since.
    func check(
        _ members: [KubernetesObject], of set: String, resources: Set<APIResource>, namespaces: Set<String>,
        context: HealthContext
    ) -> Set<ObjectIdentity> {
        guard interests[set] != nil else { return [] }
        contexts.withLock { $0[set] = context }
        interests[set]?.resources = resources
        interests[set]?.namespaces = namespaces
        let drifted = table.check(
            members.map { MemberSighting($0, context: context) }, of: set, kinds: Set(resources.map(\.groupKind)),
            namespaces: namespaces)
        follow(scopes())
        return drifted
    }

    /// Whether an application's members have been taken for being as they are declared before.
    func isChecked(_ set: String) -> Bool { table.isChecked(set) }

    func health(of set: String) -> [HealthStatus: Int] { table.health(of: set) }
    func healthy(of set: String) -> Set<ObjectIdentity> { table.healthy(of: set) }
    func members(of set: String) -> [(identity: ObjectIdentity, health: HealthStatus)] { table.members(of: set) }

    /// The kinds that nothing is known of, and why.
    var blind: [String: String] {
        Dictionary(
            failures.map { ($0.key.resource.groupKind.description, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Watches

    private func scopes() -> Set<Scope> {
        var scopes: Set<Scope> = []
        for interest in interests.values {
            for resource in interest.resources {
                guard resource.isNamespaced, narrow.contains(resource) else {
                    scopes.insert(Scope(resource: resource, namespace: nil))
                    continue
                }
                for namespace in interest.namespaces { scopes.insert(Scope(resource: resource, namespace: namespace)) }
            }
        }
        return scopes
    }

    private func follow(_ scopes: Set<Scope>) {
        for (scope, stop) in stops where !scopes.contains(scope) {
            stop.raise()
            stops[scope] = nil
            failures[scope] = nil
        }
        for scope in scopes where stops[scope] == nil {
            let stop = Signal()
            stops[scope] = stop
            request.yield((scope, stop))
        }
    }

    /// The selector has changed.
    private func restart() {
        let scopes = scopes()
        for stop in stops.values { stop.raise() }
        stops = [:]
        failures = failures.filter { scopes.contains($0.key) }
        follow(scopes)
    }

    private var selector: String {
        let sets = interests.keys.sorted()
        if sets.count > Self.maximumNamedSets { return ApplySet.memberLabel }
        return "\(ApplySet.memberLabel) in (\(sets.joined(separator: ",")))"
    }

    private func follow(_ scope: Scope) async {
        var failureCount = 0
        while !Task.isCancelled {
            do {
                let now = now
                let feed = client.feed(scope.resource, namespace: scope.namespace, labelSelector: selector) { object in
                    let set = object.labels[ApplySet.memberLabel] ?? ""
                    var context = self.contexts.withLock { $0[set] } ?? HealthContext()
                    context.now = now()
                    return MemberSighting(object, context: context)
                }
                for try await event in feed {
                    failureCount = 0
                    failures[scope] = nil
                    take(event, scope)
                }
            } catch {
                if Task.isCancelled { return }
                if narrows(scope, error) { return }
                failures[scope] = ErrorText.of(error)
                failureCount += 1
                try? await client.clock.sleep(for: min(.seconds(300), .seconds(1 << min(failureCount, 9))))
            }
        }
    }

    /// Who may not watch all namespaces may be allowed to watch some.
    private func narrows(_ scope: Scope, _ error: any Error) -> Bool {
        guard let error = error as? APIError, error.isForbidden, scope.resource.isNamespaced, scope.namespace == nil
        else { return false }
        narrow.insert(scope.resource)
        stops[scope] = nil
        follow(scopes())
        return true
    }

    private func take(_ event: FeedEvent<MemberSighting>, _ scope: Scope) {
        switch event {
        case .listed(let sightings):
            let drifted = table.replace(scope.resource.groupKind, namespace: scope.namespace, with: sightings)
            for (set, interest) in interests {
                if let identities = drifted[set] { interest.tell(.drifted(identities)) }
                interest.tell(.healthChanged)
            }
        case .changed(let sighting):
            let isDrift = table.see(sighting)
            tell(sighting, isDrift: isDrift)
        case .deleted(let sighting):
            let isDrift = table.lose(sighting)
            tell(sighting, isDrift: isDrift)
        }
    }

    private func tell(_ sighting: MemberSighting, isDrift: Bool) {
        guard let interest = interests[sighting.set] else { return }
        if isDrift { interest.tell(.drifted([sighting.identity])) }
        interest.tell(.healthChanged)
    }
}
