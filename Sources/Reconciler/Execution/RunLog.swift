internal import KubeClient
internal import Resources

/// Collects what happens during a run, and tells it to whoever listens.
actor RunLog {
    private nonisolated let listener: @Sendable (RunEvent) -> Void
    private nonisolated let stopwatch: Stopwatch
    private(set) var written: [ObjectIdentity] = []
    private(set) var deleted: [ObjectIdentity] = []
    private(set) var failures: [RunResult.Failure] = []
    /// The objects that may have been written or deleted: all but those whose write was certainly refused.
    private(set) var attempted: Set<ObjectIdentity> = []
    /// The UIDs of the objects that this run created.
    private(set) var created: [ObjectIdentity: String] = [:]
    /// The objects that somebody else created after they were planned to be.
    private(set) var foreign: Set<ObjectIdentity> = []
    /// What objects were last told to wait for.
    private(set) var waiting: [ObjectIdentity: String] = [:]
    /// Whether anything in the cluster may be other than before the run.
    private(set) var hasTouched = false

    init(clock: any Clock<Duration>, listener: @escaping @Sendable (RunEvent) -> Void) {
        self.listener = listener
        stopwatch = Stopwatch(clock)
    }

    /// A log of what comes after, with the same listener and start.
    init(after former: RunLog) {
        listener = former.listener
        stopwatch = former.stopwatch
    }

    var elapsed: Duration { stopwatch.elapsed() }

    func tell(
        _ kind: RunEvent.Kind, _ object: ObjectIdentity? = nil, _ message: String = "", digests: WriteDigests? = nil
    ) {
        switch (kind, object) {
        case (.applied, let object?), (.restored, let object?): written.append(object)
        case (.deleted, let object?): deleted.append(object)
        default: break
        }
        if let object { waiting[object] = kind == .waiting ? message : nil }
        listener(RunEvent(kind, object, message, elapsed: elapsed, digests: digests))
    }

    /// Notes whether a write created its object, which decides what undoing it may delete.
    func noteCreation(_ result: WriteResult, planned: Bool) {
        let object = result.object
        if result.created {
            created[object.identity] = object.uid
        } else if planned, result.attempts == 1 {
            foreign.insert(object.identity)
        }
    }

    func fail(_ object: ObjectIdentity, at location: SourceLocation?, _ failure: StepFailure) {
        failures.append(RunResult.Failure(object: object, location: location, failure: failure))
        tell(.failed, object, failure.message)
    }

    /// Performs a write, and notes that the cluster has changed, unless the server has certainly not acted on it.
    nonisolated func noting<Result: Sendable>(
        _ object: ObjectIdentity? = nil, _ write: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await write()
            await touch(object)
            return result
        } catch {
            if !Self.isRefusal(error) { await touch(object) }
            throw error
        }
    }

    func touch(_ object: ObjectIdentity? = nil) {
        hasTouched = true
        if let object { attempted.insert(object) }
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        switch error {
        // Of several tries an earlier one may have been acted on.
        case let error as APIError: (400..<500).contains(error.status) && error.attempts == 1
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
