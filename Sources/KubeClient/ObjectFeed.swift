package import Resources

/// What has become of the objects of a kind; an item is an object, or what was made of it.
package enum FeedEvent<Item: Sendable>: Sendable {
    /// All of them; comes first, and again whenever changes may have been missed.
    case listed([Item])
    /// The object is new, or has changed.
    case changed(Item)
    /// The object as it last was.
    case deleted(Item)
}

extension FeedEvent: Equatable where Item: Equatable {}
extension FeedEvent: Hashable where Item: Hashable {}

/// The objects of a kind and all that happens to them: a list, followed by watches that take up one after the other.
///
/// It never ends by itself. A lost connection or an overloaded server is waited out; a refusal is thrown.
package struct ObjectFeed<Item: Sendable>: AsyncSequence, Sendable {
    package typealias Element = FeedEvent<Item>

    let client: KubeClient
    let resource: APIResource
    let namespace: String?
    let labelSelector: String?
    let fieldSelector: String?
    let transform: @Sendable (KubernetesObject) -> Item

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let feed: ObjectFeed
        private var watch: Watch.AsyncIterator?
        private var version: String?
        /// How often nothing has come of a request in a row.
        private var failures = 0

        init(_ feed: ObjectFeed) {
            self.feed = feed
        }

        package mutating func next() async throws -> FeedEvent<Item>? {
            while true {
                try Task.checkCancellation()
                do {
                    if let event = try await step() { return event }
                } catch  where ObjectFeed.isPassing(error) {
                    watch = nil
                    failures += 1
                    // What no watch tells, a list may.
                    if failures >= 2 { version = nil }
                }
                if failures > 0 { try await feed.client.clock.sleep(for: feed.pause(failures)) }
            }
        }

        /// One list, or one event of a watch; nil where there is nothing to tell.
        private mutating func step() async throws -> FeedEvent<Item>? {
            guard let version else {
                let list = try await feed.list()
                version = list.resourceVersion
                return .listed(list.items)
            }
            var watch = self.watch ?? feed.watch(from: version).makeAsyncIterator()
            let isNew = self.watch == nil
            let event: WatchEvent?
            do {
                event = try await watch.next()
            } catch let error as APIError {
                // An error within a watch is about where it stands, one instead of it is not.
                if watch.isOpen { self.version = nil }
                throw error
            }
            self.watch = event == nil ? nil : watch
            return take(event, isFirst: isNew)
        }

        /// - Parameter isFirst: Whether nothing has come of the watch before.
        private mutating func take(_ event: WatchEvent?, isFirst: Bool) -> FeedEvent<Item>? {
            if let newer = event?.resourceVersion, !newer.isEmpty { version = newer }
            switch event {
            case .added(let object), .modified(let object):
                failures = 0
                return .changed(feed.transform(object))
            case .deleted(let object):
                failures = 0
                return .deleted(feed.transform(object))
            case .bookmark:
                failures = 0
                return nil
            case .expired:
                (watch, version) = (nil, nil)
                // A server that knows none of its own versions must not be asked without pause.
                if isFirst { failures += 1 }
                return nil
            case nil:
                // Nor must one that ends each watch at once.
                if isFirst { failures += 1 }
                if failures >= 2 { version = nil }
                return nil
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    private func list() async throws -> (items: [Item], resourceVersion: String) {
        try await client.list(
            resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector, as: transform)
    }

    private func watch(from version: String) -> Watch {
        client.watch(
            resource,
            namespace: namespace,
            labelSelector: labelSelector,
            fieldSelector: fieldSelector,
            from: version
        )
    }

    /// From a second on, doubling, up to half a minute.
    private func pause(_ failures: Int) -> Duration {
        Swift.min(.seconds(30), .seconds(1 << Swift.min(failures - 1, 5)))
    }

    /// Whether the same request may succeed later.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let error as APIError: error.status == 429 || error.status >= 500
        case let error as KubeClientError:
            [.connectionLost, .notProcessed, .connectionRefused, .unreachable, .timedOut].contains(error.code)
        default: false
        }
    }
}

extension KubeClient {
    /// Lists the objects of a kind and goes on to tell what happens to them, until the task is cancelled.
    package func feed(
        _ resource: APIResource,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil
    ) -> ObjectFeed<KubernetesObject> {
        feed(resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector) { $0 }
    }

    /// As `feed`, but of each object only what is made of it: no more than a page of objects is held at once.
    package func feed<Item: Sendable>(
        _ resource: APIResource,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        as transform: @escaping @Sendable (KubernetesObject) -> Item
    ) -> ObjectFeed<Item> {
        ObjectFeed(
            client: self,
            resource: resource,
            namespace: namespace,
            labelSelector: labelSelector,
            fieldSelector: fieldSelector,
            transform: transform
        )
    }
}
