internal import KubeClient
internal import Resources

/// Collects what happens during a run, and tells it to whoever listens.
actor RunLog {
    private let listener: @Sendable (RunEvent) -> Void
    private let stopwatch: Stopwatch
    private(set) var written: [ObjectIdentity] = []
    private(set) var deleted: [ObjectIdentity] = []
    private(set) var failures: [RunResult.Failure] = []
    /// What objects were last told to wait for.
    private(set) var waiting: [ObjectIdentity: String] = [:]
    /// Whether anything in the cluster may be other than before the run.
    private(set) var hasTouched = false

    init(clock: any Clock<Duration>, listener: @escaping @Sendable (RunEvent) -> Void) {
        self.listener = listener
        stopwatch = Stopwatch(clock)
    }

    var elapsed: Duration { stopwatch.elapsed() }

    func tell(_ kind: RunEvent.Kind, _ object: ObjectIdentity? = nil, _ message: String = "") {
        switch (kind, object) {
        case (.applied, let object?): written.append(object)
        case (.deleted, let object?): deleted.append(object)
        default: break
        }
        if let object { waiting[object] = kind == .waiting ? message : nil }
        listener(RunEvent(kind, object, message, elapsed: elapsed))
    }

    func fail(_ object: ObjectIdentity, at location: SourceLocation?, _ failure: StepFailure) {
        failures.append(RunResult.Failure(object: object, location: location, failure: failure))
        tell(.failed, object, failure.message)
    }

    /// Performs a write, and notes that the cluster has changed, unless the server has certainly not acted on it.
    nonisolated func noting<Result: Sendable>(_ write: () async throws -> Result) async throws -> Result {
        do {
            let result = try await write()
            await touch()
            return result
        } catch {
            if !Self.isRefusal(error) { await touch() }
            throw error
        }
    }

    private func touch() {
        hasTouched = true
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        switch error {
        case let error as APIError: (400..<500).contains(error.status)
        case let error as KubeClientError:
            [
                .connectionRefused, .unreachable, .nameNotResolved, .untrustedCertificate, .wrongServerName, .tlsFailed,
                .proxyFailed, .notProcessed, .invalidRequest, .credentialPlugin, .unreadableCredential,
                .expiredClientCertificate,
            ].contains(error.code)
        default: false
        }
    }
}
