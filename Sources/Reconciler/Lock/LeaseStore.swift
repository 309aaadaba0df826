internal import KubeClient
internal import Resources

/// Whose lease it is, and where.
struct LeasePlace: Hashable, Sendable, CustomStringConvertible {
    let namespace: String
    /// The application's name, or that of the leader's Lease.
    let name: String
    /// Whether it is the lease of a group of servers, one of which leads, and not that of an application.
    var isOfLeader = false

    var leaseName: String { isOfLeader ? name : "endstate.\(name)" }
    var title: String { isOfLeader ? "the lead of \(self)" : "the lock of application \(self)" }
    var description: String { "\(namespace)/\(name)" }
}

/// One lease on the server.
struct LeaseStore: Sendable {
    let client: KubeClient
    let place: LeasePlace

    /// - Parameter client: Its permit to write is left aside: what is permitted hangs on the lease itself.
    init(client: KubeClient, place: LeasePlace, times: LeaseTimes) {
        var client = client
        client.writePermit = nil
        // One request that hangs must not take all the time that a renewal has.
        client.requestTimeout = min(client.requestTimeout, times.renewDeadline / 2)
        self.client = client
        self.place = place
    }

    /// The lease; nil where there is none.
    func read() async throws -> Lease? {
        try await named { try await client.get(.leases, namespace: place.namespace, name: place.leaseName) }
            .map(Lease.init)
    }

    /// Creates the lease, or replaces exactly the one that was read.
    /// - Parameter limit: How long it may take at most.
    /// - Returns: The lease as it is stored now.
    /// - Throws: `APIError` of status 409 where somebody else was faster.
    func write(_ lease: Lease, within limit: Duration? = nil) async throws -> Lease {
        var client = client
        if let limit { client.requestTimeout = min(client.requestTimeout, limit) }
        return try await named {
            lease.exists
                ? try await Lease(client.update(lease.object, as: .leases).object)
                : try await Lease(client.create(lease.object, as: .leases).object)
        }
    }

    /// Deletes exactly the lease that was read.
    func delete(_ lease: Lease) async throws {
        _ = try await client.delete(
            .leases, namespace: place.namespace, name: place.leaseName,
            preconditions: DeletePreconditions(uid: lease.object.uid, resourceVersion: lease.object.resourceVersion))
    }

    private func named<Answer>(_ request: () async throws -> Answer) async throws -> Answer {
        do {
            return try await request()
        } catch let error as APIError where error.isForbidden && !error.isNamespaceTerminating {
            throw LockError.forbidden(place, error)
        }
    }
}

/// What a failed request for a lease means.
enum LeaseFailure {
    /// Somebody else has written the lease first.
    case collision
    /// The server can't be asked now; a write may have been carried out.
    case interruption
    /// Asking again would not help.
    case final

    init(_ error: any Error) {
        switch error {
        case let error as APIError where error.isConflict || error.isAlreadyExists: self = .collision
        case let error as APIError where error.status == 429 || error.status >= 500: self = .interruption
        case let error as KubeClientError where Self.interruptions.contains(error.code): self = .interruption
        default: self = .final
        }
    }

    private static let interruptions: Set<KubeClientError.Code> = [
        .connectionLost, .connectionRefused, .nameNotResolved, .notProcessed, .timedOut, .unreachable, .proxyFailed,
        .responseTooLarge, .invalidResponse,
    ]
}
