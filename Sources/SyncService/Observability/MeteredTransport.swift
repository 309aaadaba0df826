package import KubeClient
internal import Resources

/// Counts the requests to an API server on their way.
package struct MeteredTransport: Transport {
    let base: any Transport
    let clock: any Clock<Duration>
    /// Told of each request: its verb, the status of the answer, nil where there was none, and how long it took in seconds.
    let note: @Sendable (_ verb: String, _ status: Int?, _ seconds: Double) -> Void

    package init(
        _ base: any Transport, clock: any Clock<Duration>,
        note: @escaping @Sendable (_ verb: String, _ status: Int?, _ seconds: Double) -> Void
    ) {
        self.base = base
        self.clock = clock
        self.note = note
    }

    package var server: String { base.server }

    package func authenticate() async throws { try await base.authenticate() }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await counted(request.method.rawValue) {
            try await base.send(request)
        } status: {
            $0.status
        }
    }

    /// A watch counts as it begins.
    package func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        try await counted("WATCH") {
            try await base.stream(request)
        } status: {
            $0.status
        }
    }

    package func shutdown() async { await base.shutdown() }

    private func counted<Answer>(
        _ verb: String, _ work: () async throws -> Answer, status: (Answer) -> Int
    ) async throws -> Answer {
        let stopwatch = Stopwatch(clock)
        do {
            let answer = try await work()
            note(verb, status(answer), stopwatch.elapsed().seconds)
            return answer
        } catch {
            note(verb, nil, stopwatch.elapsed().seconds)
            throw error
        }
    }
}
