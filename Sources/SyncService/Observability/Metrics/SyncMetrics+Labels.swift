internal import Health

extension SyncMetrics {
    /// What a fetch has brought.
    package enum FetchResult: String, CaseIterable, Sendable {
        case changed, unchanged, failed
    }

    /// What a webhook has led to.
    package enum WebhookResult: String, CaseIterable, Sendable {
        /// The sources were asked.
        case accepted
        /// It came before.
        case replayed
        /// Its signature or token is not the right one, or missing.
        case refused
        /// It is genuine, and about no application of this server's.
        case misdirected
        case tooLarge = "too_large"
        /// Another server leads.
        case standby
    }

    /// What has become of a notification.
    package enum NotificationResult: String, CaseIterable, Sendable {
        case delivered
        /// The target refused it, or did not answer often enough.
        case failed
        /// It made place for newer ones.
        case dropped
        /// The same was told a short time ago.
        case repeated
    }

    static let other = "other"
    /// The methods of HTTP that the API has, and watches.
    static let verbs: Set<String> = ["get", "watch", "post", "put", "patch", "delete"]
    /// What an API server and the proxies before one answer.
    static let codes: Set<Int> = [
        200, 201, 202, 204, 301, 302, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410, 413, 415, 422, 429, 500,
        501,
        502, 503, 504,
    ]

    /// The word for a health status in lower case with underscores.
    static func label(_ status: HealthStatus) -> String {
        switch status {
        case .current: "current"
        case .inProgress: "in_progress"
        case .failed: "failed"
        case .terminating: "terminating"
        case .notFound: "not_found"
        case .unknown: "unknown"
        }
    }
}
