/// When a request is sent again, and after how long.
package struct RetryPolicy: Sendable {
    /// How often a request is sent again at most.
    package var maximumRetries: Int
    /// How often a request is sent again at most because the connection was lost.
    package var maximumReconnects: Int
    /// The first delay where the server names none; it doubles with each retry.
    package var firstDelay: Duration
    /// The longest delay where the server names none.
    package var longestDelay: Duration

    package init(
        maximumRetries: Int = 10,
        maximumReconnects: Int = 3,
        firstDelay: Duration = .milliseconds(250),
        longestDelay: Duration = .seconds(10)
    ) {
        self.maximumRetries = maximumRetries
        self.maximumReconnects = maximumReconnects
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// How long to wait before the request is sent again; nil where it must not be.
    ///
    /// Status 429, and 5xx where the server names a delay, mean that the request was not carried out: these are
    /// retried whatever it is. All else may have been carried out, and is retried only if it is idempotent.
    /// - Parameters:
    ///   - failure: An `APIError` or a `KubeClientError`.
    ///   - retries: How often the request has been sent again so far.
    ///   - random: From 0 up to 1; spreads the delays of many clients over another quarter of their length.
    package func delay(after failure: any Error, isIdempotent: Bool, retries: Int, random: Double) -> Duration? {
        guard retries < maximumRetries else { return nil }
        switch failure {
        case let error as APIError:
            if error.status == 429 || (500...599).contains(error.status) && error.retryAfter != nil {
                return (error.retryAfter ?? backOff(retries)) + spread(error.retryAfter ?? backOff(retries), random)
            }
            guard error.isStorageInterrupted, isIdempotent else { return nil }
        case let error as KubeClientError:
            guard retries < maximumReconnects else { return nil }
            guard error.code == .notProcessed || error.code == .connectionLost && isIdempotent else { return nil }
        default: return nil
        }
        return backOff(retries) + spread(backOff(retries), random)
    }

    private func backOff(_ retries: Int) -> Duration {
        min(longestDelay, firstDelay * (1 << min(retries, 20)))
    }

    private func spread(_ delay: Duration, _ random: Double) -> Duration {
        max(delay, firstDelay) * (random / 4)
    }
}

/// The time that has passed on a clock since this was made.
package struct Stopwatch: Sendable {
    package let elapsed: @Sendable () -> Duration

    package init(_ clock: any Clock<Duration>) {
        elapsed = Self.measure(clock)
    }

    private static func measure<C: Clock>(_ clock: C) -> @Sendable () -> Duration where C.Duration == Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
