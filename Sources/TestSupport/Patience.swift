package import KubeClient
package import Reconciler

extension HTTPTransportOptions {
    /// Those of a test, whose machine may be busy with others.
    package static var patient: Self {
        var options = Self()
        options.connectTimeout = .seconds(600)
        return options
    }
}

extension LeaseTimes {
    /// Those of a run that no stall of a busy machine takes the lock from; that of a process that is gone is free at once.
    package static let patient = LeaseTimes(leaseDuration: .seconds(660), renewDeadline: .seconds(600))
}
