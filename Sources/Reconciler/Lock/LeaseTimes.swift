/// How a lease is kept; the defaults are those of leader election in client-go.
package struct LeaseTimes: Hashable, Sendable {
    /// How long others leave a lease alone that does not change; longer than `renewDeadline`, so that a holder stops
    /// writing before anyone else may begin.
    package var leaseDuration: Duration
    /// How long a holder may write after it began its last successful renewal.
    package var renewDeadline: Duration
    /// How long to wait between two renewals, and between two looks at a lease that another run holds.
    package var retryPeriod: Duration

    package init(
        leaseDuration: Duration = .seconds(15),
        renewDeadline: Duration = .seconds(10),
        retryPeriod: Duration = .seconds(2)
    ) {
        self.leaseDuration = leaseDuration
        self.renewDeadline = renewDeadline
        self.retryPeriod = retryPeriod
    }
}
