internal import KubeClient
package import Resources

/// Why a lock could not be had, or is no longer held.
package struct LockError: DiagnosticError, Hashable {
    package enum Code: String, Hashable, Sendable {
        /// Another run holds it, and the time to wait for it is over.
        case held = "lock-held"
        /// It was held, and is no longer, or may no longer be.
        case lost = "lock-lost"
        /// The server does not let this user have it.
        case forbidden = "lock-forbidden"
    }

    package let code: Code
    /// Names the application; safe to print.
    package let message: String
    package let causes: [String]
    package let hint: String?

    package var diagnostics: [Diagnostic] {
        [Diagnostic(code: code.rawValue, message, causes: causes, hint: hint)]
    }
}

extension LockError {
    static func held(_ lease: Lease, _ place: LeasePlace, _ times: LeaseTimes) -> LockError {
        let since = lease.shownSince.map { ", since \($0)" } ?? ""
        let duration = (lease.duration ?? times.leaseDuration).brief
        return LockError(
            code: .held,
            message: "another run holds \(place.title): \(lease.shownHolder)\(since)",
            causes: [],
            hint: """
                wait for it with --lock-timeout (a run that was killed holds it for \(duration) more), or, if that run is \
                certainly gone, `kubectl delete lease \(place.leaseName) -n \(place.namespace)`
                """
        )
    }

    static func lost(_ place: LeasePlace, _ how: String, causes: [String] = []) -> LockError {
        LockError(
            code: .lost,
            message: "\(place.title) \(how): nothing more is written without it",
            causes: causes,
            hint: "run again"
        )
    }

    static func forbidden(_ place: LeasePlace, _ error: APIError) -> LockError {
        LockError(
            code: .forbidden,
            message: "\(place.title) can't be taken without the rights to its Lease",
            causes: error.diagnostics.map(\.message).map(Printable.escaped),
            hint: """
                ask the cluster's administrator for get, create and update of leases.coordination.k8s.io in namespace \
                \(place.namespace)
                """
        )
    }
}
