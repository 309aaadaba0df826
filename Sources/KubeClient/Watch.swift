package import Resources

/// What a watch tells.
package enum WatchEvent: Sendable, Hashable {
    case added(KubernetesObject)
    case modified(KubernetesObject)
    case deleted(KubernetesObject)
    /// Nothing happened, but a later watch can take up from this resource version.
    case bookmark(resourceVersion: String)
    /// The server no longer knows the resource version: list anew. It is the last event.
    case expired

    /// Where a later watch takes up; nil after `expired`.
    package var resourceVersion: String? {
        switch self {
        case .added(let object), .modified(let object), .deleted(let object): object.resourceVersion
        case .bookmark(let version): version
        case .expired: nil
        }
    }
}

/// The changes to the objects of a kind, as one request tells them.
///
/// The request is sent when the first event is asked for. The sequence ends when the server closes the watch, which it
/// does after some minutes; it throws where the connection is lost, in the middle of an event too. Either way, a new watch
/// takes up at the last event's resource version.
package struct Watch: AsyncSequence, Sendable {
    package typealias Element = WatchEvent

    let client: KubeClient
    let call: Call
    let timeout: Duration

    package struct AsyncIterator: AsyncIteratorProtocol {
        private let watch: Watch
        private var lines: LineIterator?
        private var isFinished = false

        /// Whether the server has begun to answer.
        var isOpen: Bool { lines != nil }

        init(_ watch: Watch) {
            self.watch = watch
        }

        package mutating func next() async throws -> WatchEvent? {
            if isFinished { return nil }
            do {
                if lines == nil { lines = LineIterator(try await watch.open(), watch) }
                guard let line = try await lines?.next() else {
                    isFinished = true
                    try Task.checkCancellation()
                    if lines?.isBroken ?? false { throw watch.brokenEvent }
                    return nil
                }
                let event = try watch.event(line)
                if event == .expired { isFinished = true }
                return event
            } catch let error as APIError where error.isExpired {
                isFinished = true
                return .expired
            } catch {
                isFinished = true
                throw error
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    private func open() async throws -> HTTPStream {
        var request = client.request(call, timeout: timeout)
        // Not the whole watch is limited, but each event.
        request.bodyLimit = .max
        let stream = try await client.transport.stream(request)
        guard stream.status == 200 else {
            var body: [UInt8] = []
            for try await chunk in stream.chunks {
                body += chunk
                // No refusal is longer, and no more of one is told.
                if body.count > client.bodyLimit { break }
            }
            let response = HTTPResponse(status: stream.status, headers: stream.headers, body: body)
            throw APIError(response, operation: call.operation, about: call.groupKind)
        }
        return stream
    }

    private var brokenEvent: KubeClientError {
        KubeClientError(
            .connectionLost,
            "\(client.transport.server) ended the connection in the middle of an event",
            hint: "run again; if it happens each time, look at what is in between"
        )
    }

    private var largeEvent: KubeClientError {
        KubeClientError(
            .responseTooLarge,
            "cannot \(call.operation): \(client.transport.server) sent an event of more than \(client.bodyLimit >> 20) MiB",
            hint: "check that this is the address of a Kubernetes API server"
        )
    }

    private func event(_ line: [UInt8]) throws -> WatchEvent {
        let value = try client.decode(line, of: call)
        let object = value["object"] ?? .null
        switch value["type"]?.string {
        case "ADDED": return .added(KubernetesObject(object))
        case "MODIFIED": return .modified(KubernetesObject(object))
        case "DELETED": return .deleted(KubernetesObject(object))
        case "BOOKMARK": return .bookmark(resourceVersion: KubernetesObject(object).resourceVersion ?? "")
        case "ERROR": throw APIError(statusObject: object, operation: call.operation, about: call.groupKind)
        default:
            throw KubeClientError(
                .invalidResponse,
                "cannot \(call.operation): \(client.transport.server) sent an event of unknown type"
            )
        }
    }

    /// Cuts the chunks of a stream into lines.
    private struct LineIterator {
        private var chunks: any AsyncIteratorProtocol<[UInt8], any Error>
        private var buffer: [UInt8] = []
        private var start = 0
        private let watch: Watch

        init(_ stream: HTTPStream, _ watch: Watch) {
            chunks = Self.iterator(stream.chunks)
            self.watch = watch
        }

        private static func iterator<S: AsyncSequence>(_ sequence: S) -> any AsyncIteratorProtocol<[UInt8], any Error>
        where S.Element == [UInt8], S.Failure == any Error {
            sequence.makeAsyncIterator()
        }

        /// Whether the stream has ended in the middle of a line.
        var isBroken: Bool { start < buffer.count }

        /// The next line that is not empty and that has an end.
        mutating func next() async throws -> [UInt8]? {
            var searched = start
            while true {
                if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Array(buffer[start..<end])
                    start = end + 1
                    searched = start
                    if !line.isEmpty { return line }
                } else {
                    buffer.removeFirst(start)
                    start = 0
                    searched = buffer.count
                    if buffer.count > watch.client.bodyLimit { throw watch.largeEvent }
                    guard let chunk = try await chunks.next(isolation: nil) else { return nil }
                    buffer += chunk
                }
            }
        }
    }
}

extension KubeClient {
    /// Watches the objects of a kind from a resource version on, with bookmarks.
    /// - Parameter duration: After this time the server closes the watch.
    package func watch(
        _ resource: APIResource,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        from resourceVersion: String,
        duration: Duration = .seconds(290)
    ) -> Watch {
        let seconds = max(1, duration.components.seconds)
        var query = [
            (name: "watch", value: "true"), (name: "allowWatchBookmarks", value: "true"),
            (name: "resourceVersion", value: resourceVersion), (name: "timeoutSeconds", value: String(seconds)),
        ]
        if let labelSelector { query.append((name: "labelSelector", value: labelSelector)) }
        if let fieldSelector { query.append((name: "fieldSelector", value: fieldSelector)) }
        var call = Call.get(resource.path(namespace: namespace), query: query, operation: "watch \(resource.plural)")
        call.groupKind = resource.groupKind
        // The server should end the watch; where it does not, the connection is dead.
        return Watch(client: self, call: call, timeout: .seconds(seconds) + .seconds(30))
    }
}
