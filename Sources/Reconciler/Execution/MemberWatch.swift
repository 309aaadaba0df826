internal import KubeClient
internal import Resources

/// What a watch tells of one object.
enum Sighting: Sendable {
    case present(KubernetesObject)
    /// It was not there, which may have been before it was written.
    case gone
    /// The kind can't be followed; the error says why.
    case lost(StepFailure)
}

/// Follows the members of the kinds that somebody waits for: one feed for a kind and namespace.
///
/// `run()` does the work and must be running for anything to be seen.
actor MemberWatch {
    private struct Scope: Hashable {
        let resource: APIResource
        let namespace: String
    }

    private let client: KubeClient
    private let labelSelector: String
    private let scopes: AsyncStream<Scope>
    private let open: AsyncStream<Scope>.Continuation
    private var followed: Set<Scope> = []
    private var lost: [Scope: StepFailure] = [:]
    private var latest: [Scope: [ObjectIdentity: KubernetesObject]] = [:]
    private var subscribers: [ObjectIdentity: [Int: AsyncStream<Sighting>.Continuation]] = [:]
    private var lastSubscriber = 0

    init(client: KubeClient, label: (key: String, value: String)) {
        self.client = client
        labelSelector = "\(label.key)=\(label.value)"
        (scopes, open) = AsyncStream.makeStream()
    }

    /// Follows what is subscribed to until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await scope in scopes {
                group.addTask { await self.follow(scope) }
            }
        }
    }

    /// Runs `body` with every state of the object from now on, the latest known one first.
    nonisolated func withSightings<Result: Sendable>(
        of identity: ObjectIdentity,
        as resource: APIResource,
        _ body: (AsyncStream<Sighting>) async throws -> Result
    ) async rethrows -> Result {
        let (number, stream) = await subscribe(to: identity, as: resource)
        do {
            let result = try await body(stream)
            await unsubscribe(identity, number)
            return result
        } catch {
            await unsubscribe(identity, number)
            throw error
        }
    }

    private func subscribe(to identity: ObjectIdentity, as resource: APIResource) -> (Int, AsyncStream<Sighting>) {
        let scope = Scope(resource: resource, namespace: identity.namespace)
        let (stream, continuation) = AsyncStream<Sighting>.makeStream(bufferingPolicy: .bufferingNewest(1))
        lastSubscriber += 1
        subscribers[identity, default: [:]][lastSubscriber] = continuation
        if let object = latest[scope]?[identity] { continuation.yield(.present(object)) }
        if let failure = lost[scope] { continuation.yield(.lost(failure)) }
        if followed.insert(scope).inserted { open.yield(scope) }
        return (lastSubscriber, stream)
    }

    private func unsubscribe(_ identity: ObjectIdentity, _ number: Int) {
        subscribers[identity]?.removeValue(forKey: number)?.finish()
        if subscribers[identity]?.isEmpty ?? false { subscribers[identity] = nil }
    }

    private func follow(_ scope: Scope) async {
        var attempts = 0
        while !Task.isCancelled {
            do {
                for try await event in feed(scope) {
                    // Who may list may still not be allowed to watch.
                    if case .listed = event {} else { attempts = 0 }
                    take(event, in: scope)
                }
            } catch {
                // A kind whose definition is a moment old is not served everywhere yet.
                attempts += 1
                guard attempts < 5, !(error is CancellationError) else { return lose(scope, error) }
                try? await client.clock.sleep(for: .milliseconds(200 << attempts))
            }
        }
    }

    private func feed(_ scope: Scope) -> ObjectFeed<KubernetesObject> {
        let namespace = scope.resource.isNamespaced ? scope.namespace : nil
        return client.feed(scope.resource, namespace: namespace, labelSelector: labelSelector)
    }

    private func take(_ event: FeedEvent<KubernetesObject>, in scope: Scope) {
        switch event {
        case .listed(let objects): replace(scope, with: objects)
        case .changed(let object): see(object, in: scope)
        case .deleted(let object):
            latest[scope]?[object.identity] = nil
            tell(object.identity, .gone)
        }
    }

    private func replace(_ scope: Scope, with objects: [KubernetesObject]) {
        let before = Set((latest[scope] ?? [:]).keys)
        latest[scope] = [:]
        for object in objects { see(object, in: scope) }
        let awaited = subscribers.keys.filter {
            $0.groupKind == scope.resource.groupKind && $0.namespace == scope.namespace
        }
        for identity in before.union(awaited).subtracting(objects.map(\.identity)) { tell(identity, .gone) }
    }

    private func see(_ object: KubernetesObject, in scope: Scope) {
        latest[scope, default: [:]][object.identity] = object
        tell(object.identity, .present(object))
    }

    private func lose(_ scope: Scope, _ error: any Error) {
        if error is CancellationError { return }
        let told = StepFailure(error)
        let failure = StepFailure(
            phase: .health, message: "its health can't be followed: \(told.message)", details: told.details,
            hint: told.hint)
        lost[scope] = failure
        for identity in subscribers.keys
        where identity.groupKind == scope.resource.groupKind && identity.namespace == scope.namespace {
            tell(identity, .lost(failure))
        }
    }

    private func tell(_ identity: ObjectIdentity, _ sighting: Sighting) {
        for continuation in (subscribers[identity] ?? [:]).values { continuation.yield(sighting) }
    }
}
