internal import FoundationEssentials
internal import KubeClient
internal import Resources

/// One holding of a lease, from taking it to giving it back.
struct LeaseClaim: Sendable {
    /// Unlike that of all other claims, so that a lease with this holder is certainly ours.
    let identity: String
    let mark: ProcessMark?
    let predecessor: ProcessMark?
    let processes: ProcessTable
    let times: LeaseTimes

    init(_ holder: LockHolder, _ times: LeaseTimes) {
        identity = holder.newIdentity()
        mark = holder.mark
        predecessor = holder.predecessor
        processes = holder.processes
        self.times = times
    }
}

/// A Lease of `coordination.k8s.io/v1`, as it is in the cluster or is to be.
struct Lease: Hashable, Sendable {
    private(set) var object: KubernetesObject

    init(_ object: KubernetesObject) {
        self.object = object
    }

    /// A lease that does not exist yet.
    init(namespace: String, name: String) {
        object = KubernetesObject([
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
        ])
    }

    private func field(_ name: String) -> Value? { object.value[path: "spec", name] }

    var exists: Bool { object.resourceVersion != nil }
    /// Empty where nobody holds it.
    var holder: String { field("holderIdentity")?.string ?? "" }
    /// Which process holds it, where its holder says so.
    var process: ProcessMark? {
        object.annotations[ProcessMark.annotation].flatMap { ProcessMark($0, of: holder) }
    }

    /// How long others must leave it alone; nil where it does not say, or nothing sensible.
    var duration: Duration? {
        guard let seconds = field("leaseDurationSeconds")?.integer, (1...3600).contains(seconds) else { return nil }
        return .seconds(seconds)
    }

    /// How its holder and since when it holds it are told to people.
    var shownHolder: String { Printable.escaped(holder) }
    var shownSince: String? {
        guard let time = field("acquireTime")?.string, !time.isEmpty else { return nil }
        let isFraction = time.contains(".") && time.hasSuffix("Z")
        return Printable.escaped(isFraction ? time.prefix { $0 != "." } + "Z" : time)
    }

    /// The lease as held by the claim; the time and the number of changes of hands are kept as client-go does.
    func taken(by claim: LeaseClaim, at date: Date) -> Lease {
        var lease = renewed(at: date)
        if holder != claim.identity {
            let transitions = field("leaseTransitions")?.integer ?? 0
            lease.set("acquireTime", .string(Self.text(date)))
            lease.set("leaseTransitions", .integer(exists ? Int64(transitions) &+ 1 : 0))
        }
        lease.set("holderIdentity", .string(claim.identity))
        lease.set("leaseDurationSeconds", .integer(max(1, Int64(claim.times.leaseDuration.seconds.rounded(.up)))))
        lease.object.annotations[ProcessMark.annotation] = claim.mark?.text(for: claim.identity)
        return lease
    }

    /// What others ask of the holder; nil where they ask for nothing.
    var pollRequest: PollRequest? { object.annotations[PollRequest.annotation].flatMap(PollRequest.init) }

    /// The lease with another request for its holder beside those that are there.
    func asking(_ request: PollRequest) -> Lease {
        var lease = self
        lease.object.annotations[PollRequest.annotation] = request.joined(with: pollRequest).text
        return lease
    }

    /// Without any request: the holder has read it, and whoever takes the lease asks all sources anyway.
    func renewed(at date: Date) -> Lease {
        var lease = self
        lease.object.annotations[PollRequest.annotation] = nil
        lease.set("renewTime", .string(Self.text(date)))
        return lease
    }

    /// The lease as nobody's, as client-go's `ReleaseOnCancel` leaves it.
    func released(at date: Date) -> Lease {
        var lease = renewed(at: date)
        lease.set("acquireTime", .string(Self.text(date)))
        lease.set("holderIdentity", "")
        lease.set("leaseDurationSeconds", 1)
        lease.object.annotations[ProcessMark.annotation] = nil
        return lease
    }

    private mutating func set(_ name: String, _ value: Value) {
        var spec = object.value["spec"] ?? [:]
        spec[name] = value
        object.value["spec"] = spec
    }

    /// As `MicroTime` is written, which is read only with all six digits.
    static func text(_ date: Date) -> String {
        let microseconds = Int64((date.timeIntervalSince1970 * 1_000_000).rounded(.down))
        let (seconds, rest) = (microseconds / 1_000_000, microseconds % 1_000_000)
        let digits = String(rest)
        let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        return whole.dropLast() + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
    }
}

extension APIResource {
    static let leases = APIResource(
        .init(apiVersion: "coordination.k8s.io/v1", kind: "Lease"), plural: "leases", isNamespaced: true)
}
