internal import Resources

/// Judges a lease by what was seen of it: how long ago its spec changed last by this process' own clock, as client-go's
/// leaderelection.go does. The times written in it are another machine's and are compared with nothing; what others write
/// into its metadata does not prolong it.
struct LeaseWatch: Sendable {
    enum Verdict: Hashable {
        /// It may be written.
        case free
        /// It must be left alone, and will be free after this time if it does not change.
        case held(Duration)
    }

    private var last: (spec: Value, time: Duration)?

    /// Whether a lease, or that there is none, was ever seen.
    private(set) var hasLooked = false

    /// - Parameter time: When the lease was seen, after the answer had come.
    mutating func judge(_ lease: Lease?, at time: Duration, for claim: LeaseClaim) -> Verdict {
        hasLooked = true
        guard let lease else { return .free }
        let spec = lease.object.value["spec"] ?? .null
        if last?.spec != spec { last = (spec, time) }
        if lease.holder.isEmpty || lease.holder == claim.identity { return .free }
        if let process = lease.process,
            process == claim.predecessor || process.isCertainlyDead(seenBy: claim.mark, claim.processes)
        {
            return .free
        }
        let age = time - (last?.time ?? time)
        let duration = lease.duration ?? claim.times.leaseDuration
        return age < duration ? .held(duration - age) : .free
    }
}
