package import FoundationEssentials
internal import KubeClient
package import Manifests
package import Planning
package import Reconciler
internal import Synchronization

/// What all applications share.
package struct SyncWorld: Sendable {
    package var source: SourceAccess
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Date
    /// From 0 up to 1, so that not all do the same at once.
    package var random: @Sendable () -> Double
    package var holder: LockHolder
    /// The program's own version.
    package var version: String
    package var leaseTimes: LeaseTimes
    package var leaseClock: any Clock<Duration>
    /// Reading and planning, which take processor time and memory, are done for so many of a cluster's applications at once.
    let concurrency: Int

    package init(
        source: SourceAccess, clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        holder: LockHolder, version: String, leaseTimes: LeaseTimes = LeaseTimes(),
        leaseClock: any Clock<Duration> = ContinuousClock(), concurrency: Int
    ) {
        self.source = source
        self.clock = clock
        self.now = now
        self.random = random
        self.holder = holder
        self.version = version
        self.leaseTimes = leaseTimes
        self.leaseClock = leaseClock
        self.concurrency = concurrency
    }
}

extension SyncWorld {
    /// What a commit declares for an application.
    /// - Parameter namespace: Where objects live that name none.
    func manifests(
        of application: SyncApplication, at commit: PlanSource, namespace: String
    ) async throws -> ManifestSet {
        let files = try await source.read(application, commit)
        return try ManifestReader.read(files, defaultNamespace: namespace, takesApplications: true).set
    }
}

/// The way to sources; tests hand in their own.
package struct SourceAccess: Sendable {
    /// The commit that the source's revision names now, cheap where it has not changed.
    package let tip: @Sendable (SyncApplication) async throws -> PlanSource
    /// The files of a commit.
    package let read: @Sendable (SyncApplication, PlanSource) async throws -> [ManifestFile]

    package init(
        tip: @escaping @Sendable (SyncApplication) async throws -> PlanSource,
        read: @escaping @Sendable (SyncApplication, PlanSource) async throws -> [ManifestFile]
    ) {
        self.tip = tip
        self.read = read
    }
}

/// One application on its cluster.
struct SyncTarget: Sendable {
    let name: String
    let identity: ApplicationIdentity
    /// May write only while this process leads.
    let client: KubeClient
    /// What people call the cluster.
    let cluster: String
    let watch: ClusterWatch
    /// Those of the cluster, so that one that doesn't answer holds up no other.
    let slots: Slots
}

/// A value that can be taken once.
final class OneTime<Value: Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    /// Nil the second time.
    func take() -> Value? {
        value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}
