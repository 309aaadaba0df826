internal import KubeClient
internal import Resources

/// What a watch tells of one object.
enum Sighting: Sendable {
    case present(KubernetesObject)
    case gone
}

/// Follows the members of the kinds that somebody waits for: one list and then one watch for a kind and namespace.
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
    private var listed: Set<Scope> = []
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
        if let object = latest[scope]?[identity] {
            continuation.yield(.present(object))
        } else if listed.contains(scope) {
            continuation.yield(.gone)
        }
        if followed.insert(scope).inserted { open.yield(scope) }
        return (lastSubscriber, stream)
    }

    private func unsubscribe(_ identity: ObjectIdentity, _ number: Int) {
        subscribers[identity]?.removeValue(forKey: number)?.finish()
        if subscribers[identity]?.isEmpty ?? false { subscribers[identity] = nil }
    }

    private func follow(_ scope: Scope) async {
        var version: String?
        var failures = 0
        while !Task.isCancelled {
            do {
                version = try await read(scope, from: version)
                failures = 0
            } catch is CancellationError {
                return
            } catch {
                // Whatever it was (a lost connection, an expired version, no right to watch): list anew, a little later.
                version = nil
                failures += 1
                let delay = Duration.milliseconds(min(200 << min(failures, 6), 5000))
                try? await client.clock.sleep(for: delay)
            }
        }
    }

    /// Lists where there is no version to go on from, then watches until the server ends it.
    private func read(_ scope: Scope, from version: String?) async throws -> String? {
        var version = version ?? ""
        let namespace = scope.resource.isNamespaced ? scope.namespace : nil
        if version.isEmpty {
            let list = try await client.list(scope.resource, namespace: namespace, labelSelector: labelSelector)
            replace(scope, with: list.items)
            version = list.resourceVersion
        }
        let events = client.watch(scope.resource, namespace: namespace, labelSelector: labelSelector, from: version)
        for try await event in events {
            guard let next = event.resourceVersion else { return nil }
            version = next
            switch event {
            case .added(let object), .modified(let object): see(object, in: scope)
            case .deleted(let object): lose(object.identity, in: scope)
            case .bookmark, .expired: break
            }
        }
        return version
    }

    private func replace(_ scope: Scope, with objects: [KubernetesObject]) {
        let before = latest[scope] ?? [:]
        listed.insert(scope)
        for object in objects { see(object, in: scope) }
        let now = Set(objects.map(\.identity))
        for identity in Set(before.keys).union(subscribers.keys.filter { belongs($0, to: scope) }).subtracting(now) {
            lose(identity, in: scope)
        }
    }

    private func belongs(_ identity: ObjectIdentity, to scope: Scope) -> Bool {
        identity.groupKind == scope.resource.groupKind && identity.namespace == scope.namespace
    }

    private func see(_ object: KubernetesObject, in scope: Scope) {
        latest[scope, default: [:]][object.identity] = object
        for continuation in (subscribers[object.identity] ?? [:]).values { continuation.yield(.present(object)) }
    }

    private func lose(_ identity: ObjectIdentity, in scope: Scope) {
        latest[scope]?[identity] = nil
        for continuation in (subscribers[identity] ?? [:]).values { continuation.yield(.gone) }
    }
}
