/// How a target has answered.
package struct NotificationAnswer: Hashable, Sendable {
    /// Of HTTP.
    package var status: Int
    /// How long to wait, by the target's own word.
    package var retryAfter: Duration?

    package init(status: Int, retryAfter: Duration? = nil) {
        self.status = status
        self.retryAfter = retryAfter
    }
}

/// Why there is no answer, in words that show nothing of the target's URL.
package struct NotificationFailure: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}

/// Whether a notification is sent again.
struct NotificationRetry: Sendable {
    enum Decision: Hashable, Sendable {
        case delivered
        case retry(after: Duration)
        case giveUp
    }

    var mostTries = 5
    /// Before the second try; it doubles with each.
    var firstDelay = Duration.seconds(2)
    /// The longest that a target may ask for; what waits behind would grow too old.
    var longestDelay = Duration.seconds(600)

    /// - Parameters:
    ///   - answer: nil where there was none.
    ///   - tries: how often it has been sent.
    func decision(_ answer: NotificationAnswer?, tries: Int) -> Decision {
        if let answer, (200...299).contains(answer.status) { return .delivered }
        let isTransient = answer.map { $0.status == 429 || (500...599).contains($0.status) } ?? true
        let delay = max(answer?.retryAfter ?? .zero, firstDelay * (1 << max(0, tries - 1)))
        guard isTransient, tries < mostTries, delay <= longestDelay else { return .giveUp }
        return .retry(after: delay)
    }
}
