/// How far an object has come, in the words of kstatus (sigs.k8s.io/cli-utils).
package enum HealthStatus: String, Hashable, Sendable, CaseIterable {
    /// The object is what its manifest asks for.
    case current
    /// Its controllers are still at work.
    case inProgress
    /// It will not become current without a change.
    case failed
    /// It is being deleted.
    case terminating
    /// It does not exist.
    case notFound
    /// Its state could not be read.
    case unknown
}

/// One object's health and why it is so.
package struct ObjectHealth: Hashable, Sendable {
    package let status: HealthStatus
    /// A stable CamelCase word for machines, such as `LessUpdated`.
    package let reason: String
    /// One sentence for people, without a full stop: `2 of 3 replicas updated, 1 available`.
    package let message: String

    package init(_ status: HealthStatus, _ reason: String, _ message: String) {
        self.status = status
        self.reason = reason
        self.message = message
    }
}

extension ObjectHealth {
    static func current(_ reason: String, _ message: String) -> ObjectHealth {
        ObjectHealth(.current, reason, message)
    }

    static func inProgress(_ reason: String, _ message: String) -> ObjectHealth {
        ObjectHealth(.inProgress, reason, message)
    }

    static func failed(_ reason: String, _ message: String) -> ObjectHealth {
        ObjectHealth(.failed, reason, message)
    }
}
