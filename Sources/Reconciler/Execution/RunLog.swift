internal import Resources

/// Collects what happens during a run, and tells it to whoever listens.
actor RunLog {
    private let listener: @Sendable (RunEvent) -> Void
    private let clock: any Clock<Duration>
    private let elapsedSinceStart: @Sendable () -> Duration
    private(set) var written: [ObjectIdentity] = []
    private(set) var deleted: [ObjectIdentity] = []
    private(set) var failures: [RunResult.Failure] = []

    init(clock: any Clock<Duration>, listener: @escaping @Sendable (RunEvent) -> Void) {
        self.clock = clock
        self.listener = listener
        elapsedSinceStart = Self.stopwatch(clock)
    }

    var elapsed: Duration { elapsedSinceStart() }

    func tell(_ kind: RunEvent.Kind, _ object: ObjectIdentity? = nil, _ message: String = "") {
        switch (kind, object) {
        case (.applied, let object?): written.append(object)
        case (.deleted, let object?): deleted.append(object)
        default: break
        }
        listener(RunEvent(kind, object, message, elapsed: elapsed))
    }

    func fail(_ object: ObjectIdentity, at location: SourceLocation?, _ failure: StepFailure) {
        failures.append(RunResult.Failure(object: object, location: location, failure: failure))
        tell(.failed, object, failure.message)
    }

    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
