/// What an application says of how `endstate sync` keeps it; nil for what it doesn't say.
package struct SyncSettings: Hashable, Sendable {
    /// What is done about an object that was changed by somebody else.
    package enum Drift: String, CaseIterable, Sendable {
        case repair
        case report
        case off
    }

    /// How often something may be done.
    package struct Limit: Hashable, Sendable {
        package let count: Int
        package let per: Duration

        package init(count: Int, per: Duration) {
            self.count = count
            self.per = per
        }
    }

    /// What is limited; nil where it isn't.
    package struct Limits: Hashable, Sendable {
        /// Objects that are deleted.
        package var deletions: Limit?
        /// Objects that are deleted and created anew.
        package var replacements: Limit?
        /// Workloads whose pods are all created anew.
        package var restarts: Limit?

        package init() {}
    }

    /// When an application is left alone until a person has looked.
    package struct Breaker: Hashable, Sendable {
        /// Failed runs in a row, from 1 to 100.
        package var failures: Int?
        /// Unhealthy objects of a hundred, from 1 to 100.
        package var unhealthyPercent: Int?
        /// How long an object still counts that has become healthy again.
        package var window: Duration?

        package init() {}
    }

    /// How long to wait between two looks at the source.
    package var interval: Duration?
    package var drift: Drift?
    package var suspend: Bool?
    /// Whether a newer commit ends a run that only waits for health.
    package var supersede: Bool?
    /// When changes may be made; always where there are none.
    package var windows: [ChangeWindow] = []
    package var limits = Limits()
    package var breaker = Breaker()

    package static let minimumInterval = Duration.seconds(5)

    package init() {}

    /// The same, with another's word on what this doesn't say.
    package func completed(by other: SyncSettings) -> SyncSettings {
        var result = SyncSettings()
        result.interval = interval ?? other.interval
        result.drift = drift ?? other.drift
        result.suspend = suspend ?? other.suspend
        result.supersede = supersede ?? other.supersede
        result.windows = windows.isEmpty ? other.windows : windows
        result.limits.deletions = limits.deletions ?? other.limits.deletions
        result.limits.replacements = limits.replacements ?? other.limits.replacements
        result.limits.restarts = limits.restarts ?? other.limits.restarts
        result.breaker.failures = breaker.failures ?? other.breaker.failures
        result.breaker.unhealthyPercent = breaker.unhealthyPercent ?? other.breaker.unhealthyPercent
        result.breaker.window = breaker.window ?? other.breaker.window
        return result
    }
}

/// How `endstate sync` keeps an application: the settings with their defaults.
package struct SyncRules: Hashable, Sendable {
    package let interval: Duration
    package let drift: SyncSettings.Drift
    package let isSuspended: Bool
    package let supersedes: Bool
    package let windows: [ChangeWindow]
    package let limits: SyncSettings.Limits
    /// Failed runs in a row after which the application is left alone.
    package let breakerFailures: Int
    /// Nil where health doesn't count.
    package let breakerUnhealthyPercent: Int?
    package let breakerWindow: Duration

    package init(_ settings: SyncSettings = SyncSettings()) {
        interval = settings.interval ?? .seconds(60)
        drift = settings.drift ?? .repair
        isSuspended = settings.suspend ?? false
        supersedes = settings.supersede ?? true
        windows = settings.windows
        limits = settings.limits
        breakerFailures = settings.breaker.failures ?? 3
        breakerUnhealthyPercent = settings.breaker.unhealthyPercent
        breakerWindow = settings.breaker.window ?? .seconds(300)
    }
}
