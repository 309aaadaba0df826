/// What answers a request of the API as HTTP carries it.
package struct SandboxResponse: Sendable {
    package var status: Int
    /// `Content-Length`, `Transfer-Encoding`, `Date` and `Connection` are the transport's.
    package var headers: [(name: String, value: String)]
    package var body: Body

    package enum Body: Sendable {
        case bytes([UInt8])
        /// A watch. It ends when the stream does, and whoever stops reading the stream ends the watch.
        ///
        /// The transport reads on only when its peer has taken what came before. So the stream should be bounded.
        case chunks(AsyncStream<[UInt8]>)
        /// A watch whose connection breaks off where the stream ends. An injected fault.
        case brokenChunks(AsyncStream<[UInt8]>)
        /// The start of a body of `announced` bytes, after which the connection breaks off. An injected fault.
        case cut([UInt8], announced: Int)
        /// No answer at all: the connection is reset. An injected fault.
        case reset
    }

    package init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, in whatever case it was written.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.isSameHeader(as: name) }?.value
    }
}

/// What answers requests of the API.
package protocol SandboxResponder: Sendable {
    /// Never fails: errors are responses. A task that is cancelled has lost its client.
    func respond(to request: SandboxRequest) async -> SandboxResponse
    /// Sets the time that answers tell, forward or back; nothing happens where they tell none.
    func jump(by duration: Duration)
}

extension SandboxResponder {
    package func jump(by duration: Duration) {}
}
