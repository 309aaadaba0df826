package import Resources

/// Why an object is not healthy, as a person needs to hear it.
package struct Diagnosis: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// It will not become healthy without a change: waiting on is pointless.
        case failed
        /// It may still become healthy.
        case waiting
    }

    package let severity: Severity
    /// A stable CamelCase word for machines, such as `ImagePullBackOff` or `CrashLoopBackOff`.
    package let reason: String
    /// One sentence without a full stop: `container web: image "shop:9" cannot be pulled: manifest unknown`.
    package let headline: String
    /// What else helps: where it is seen, further reasons, last log lines as `container | line`.
    package let details: [String]
    /// The object that shows it, often a pod of the one that was asked about.
    package let subject: ObjectIdentity

    package init(
        severity: Severity, reason: String, headline: String, details: [String] = [], subject: ObjectIdentity
    ) {
        self.severity = severity
        self.reason = reason
        self.headline = headline
        self.details = details
        self.subject = subject
    }

    /// Whether to stop waiting before the time that the object was given is over.
    package var isTerminalFailure: Bool { severity == .failed }
}
