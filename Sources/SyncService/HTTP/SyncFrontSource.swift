package import Resources

/// What the HTTP front serves. All of it is asked for while a request waits, so that none may take long, and all have to
/// end when their task is cancelled.
package struct SyncFrontSource: Sendable {
    /// All applications, for `GET /api/v1/applications`.
    package var applications: @Sendable () async -> Value
    /// One application; nil where there is none of that name.
    package var application: @Sendable (_ name: String) async -> Value?
    /// Has an application reconciled now because a person wants it; false where there is none of that name.
    package var trigger: @Sendable (_ name: String) async -> Bool
    /// Has the source of an application, or with nil those of all, asked for news; false where there is none of that name,
    /// or where the server that leads can't be told.
    package var poll: @Sendable (_ name: String?) async -> Bool
    /// Why this server can't tell of applications and can't have them reconciled, another one leads; nil where it can.
    package var standby: @Sendable () async -> String?
    /// In the text format of Prometheus, version 0.0.4.
    package var metrics: @Sendable () async -> String
    /// What stands in the way of being ready, a line each; empty where nothing does.
    package var readiness: @Sendable () async -> [String]
    /// Told of each request to a webhook, for logs and metrics.
    package var webhookSeen: @Sendable (WebhookOutcome) async -> Void

    package init(
        applications: @escaping @Sendable () async -> Value,
        application: @escaping @Sendable (_ name: String) async -> Value?,
        trigger: @escaping @Sendable (_ name: String) async -> Bool,
        poll: @escaping @Sendable (_ name: String?) async -> Bool,
        standby: @escaping @Sendable () async -> String? = { nil },
        metrics: @escaping @Sendable () async -> String,
        readiness: @escaping @Sendable () async -> [String],
        webhookSeen: @escaping @Sendable (WebhookOutcome) async -> Void = { _ in }
    ) {
        self.applications = applications
        self.application = application
        self.trigger = trigger
        self.poll = poll
        self.standby = standby
        self.metrics = metrics
        self.readiness = readiness
        self.webhookSeen = webhookSeen
    }
}

/// What became of a request to a webhook.
package enum WebhookOutcome: Hashable, Sendable {
    case accepted(WebhookDelivery)
    /// It was known, and triggered nothing.
    case replayed(WebhookDelivery)
    case refused(WebhookRefusal)
    /// Well signed, for an application that there is none of.
    case misdirected(WebhookDelivery)
    case tooLarge
    /// Well signed, for the server that leads, which can't be told of it.
    case standby(WebhookDelivery)
}
