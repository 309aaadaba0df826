internal import Resources

/// Judges a lease by what was seen of it: how long ago it changed last by this process' own clock. The times written in it
/// are another machine's and are compared with nothing.
struct LeaseWatch: Sendable {
    enum Verdict: Hashable {
        /// It may be written.
        case free
        /// It must be left alone, and will be free after this time if it does not change.
        case held(Duration)
    }

    private struct Sign: Hashable {
        let holder: String
        let renewTime: String
        let resourceVersion: String?
    }

    private var last: (sign: Sign, time: Duration)?

    /// Whether a lease, or that there is none, was ever seen.
    private(set) var hasLooked = false

    /// - Parameter time: When the lease was seen, after the answer had come.
    mutating func judge(_ lease: Lease?, at time: Duration, for claim: LeaseClaim) -> Verdict {
        hasLooked = true
        guard let lease else { return .free }
        let sign = Sign(
            holder: lease.holder, renewTime: lease.renewTime, resourceVersion: lease.object.resourceVersion)
        if last?.sign != sign { last = (sign, time) }
        if lease.holder.isEmpty || lease.holder == claim.identity { return .free }
        if let process = lease.process, process.isCertainlyDead(seenBy: claim.mark, claim.processes) { return .free }
        let age = time - (last?.time ?? time)
        let duration = lease.duration ?? claim.times.leaseDuration
        return age < duration ? .held(duration - age) : .free
    }
}
