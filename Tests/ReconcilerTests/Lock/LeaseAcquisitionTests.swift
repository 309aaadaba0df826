import FoundationEssentials
import KubeClient
import Resources
import Synchronization
import TestSupport
import Testing

@testable import Reconciler

@Suite(.timeLimit(.minutes(15)))
struct LeaseAcquisitionTests {
    private let clock = SteppedClock()

    private static let other: Value = [
        "holderIdentity": "bob@far/7-1", "leaseDurationSeconds": 15, "leaseTransitions": 4,
        "acquireTime": "2026-11-21T09:13:00.123456Z", "renewTime": "2026-11-21T09:13:04.000000Z",
    ]

    /// What the lease says while it is held.
    private func taken(_ server: LeaseServer, _ limit: Duration = .zero, skew: TimeInterval = 0) async throws -> Value?
    {
        try await LeaseLock.of(server, clock, skew: skew).hold(waitingAtMost: limit) { held in
            try held.check()
            return server.lease?.value
        }
    }

    @Test func `a lease that does not exist is created`() async throws {
        let server = LeaseServer()
        let lease = try #require(try await taken(server))
        #expect(
            lease["spec"] == [
                "holderIdentity": "ann@ci/50-000000a1", "leaseDurationSeconds": 15, "leaseTransitions": 0,
                "acquireTime": "2027-01-15T08:00:00.250000Z", "renewTime": "2027-01-15T08:00:00.250000Z",
            ])
        #expect(
            KubernetesObject(lease).annotations == [
                "endstate.dev/process": "boot-1 pid:[1],time:[2] 50 500 ann@ci/50-000000a1"
            ])
        #expect(
            server.requests.map { $0.path.prefix { $0 != "?" } } == [
                "/apis/coordination.k8s.io/v1/namespaces/shop/leases/endstate.web",
                "/apis/coordination.k8s.io/v1/namespaces/shop/leases",
                "/apis/coordination.k8s.io/v1/namespaces/shop/leases/endstate.web",
            ])
        #expect(server.methods == [.get, .post, .put])
    }

    @Test(arguments: [["leaseTransitions": 4, "holderIdentity": ""], ["leaseTransitions": 4]] as [Value])
    func `a lease that nobody holds is taken at once`(spec: Value) async throws {
        let lease = try #require(try await taken(LeaseServer(spec)))
        #expect(lease[path: "spec", "holderIdentity"] == "ann@ci/50-000000a1")
        #expect(lease[path: "spec", "leaseTransitions"] == 5)
        #expect(clock.elapsed == .zero)
    }

    @Test func `another's lease is refused where there is no time to wait, and told about`() async throws {
        var spec = Self.other
        spec["holderIdentity"] = "bob@\u{1B}[31mfar/7-1"
        let server = LeaseServer(spec)
        let error = await #expect(throws: LockError.self) { try await taken(server) }
        #expect(
            told(error) == """
                lock-held: another run holds the lock of application shop/web: bob@\\u{1B}[31mfar/7-1, since \
                2026-11-21T09:13:00Z
                hint: wait for it with --lock-timeout (a run that was killed holds it for 15s more), or, if that run is \
                certainly gone, `kubectl delete lease endstate.web -n shop`
                """)
        #expect(server.methods == [.get])
    }

    /// A lease that does not change is free after the time it tells, counted from when it was first seen; what the clocks
    /// of the two machines show makes no difference.
    @Test(
        arguments: [
            (15, 15, 0), (15, 15, 3600), (15, 15, -3600), (4, 4, 0), (0, 15, 0), (-1, 15, 0), (999_999, 15, 0),
            (nil, 15, 0),
        ] as [(Int?, Int, Double)])
    func `a lease that is not renewed is taken when it has expired`(written: Int?, seconds: Int, skew: Double)
        async throws
    {
        var spec = Self.other
        spec["renewTime"] = .string(Lease.text(LeaseLock.start))
        spec["leaseDurationSeconds"] = written.map { .integer(Int64($0)) }
        let server = LeaseServer(spec)
        let lease = Task { try await taken(server, .seconds(60), skew: skew) }
        await clock.run(until: .seconds(seconds) - .milliseconds(1))
        #expect(!server.methods.contains(.put))
        async let _ = clock.run(until: .seconds(seconds))
        #expect(try await lease.value?[path: "spec", "leaseTransitions"] == 5)
        #expect(clock.elapsed == .seconds(seconds))
    }

    @Test func `what others write into a lease's metadata does not prolong it`() async throws {
        let server = LeaseServer(Self.other)
        let lease = Task { try await taken(server, .seconds(60)) }
        await clock.run(until: .seconds(14))
        server.label()
        #expect(server.holder == "bob@far/7-1")
        async let _ = clock.run(until: .seconds(16))
        #expect(try await lease.value?[path: "spec", "leaseTransitions"] == 5)
    }

    @Test func `a lease that is renewed all the time is never taken, and refused when the time is over`() async throws {
        let server = LeaseServer(Self.other)
        let waits = Mutex<[LockWait]>([])
        let result = Task {
            try await LeaseLock.of(server, clock).hold(
                waitingAtMost: .seconds(40), onWait: { wait in waits.withLock { $0.append(wait) } }, { _ in })
        }
        for second in stride(from: 10, through: 30, by: 10) {
            await clock.run(until: .seconds(second))
            server.renew(second)
        }
        async let _ = clock.run(until: .seconds(40))
        let error = await #expect(throws: LockError.self) { try await result.value }
        #expect(error?.code == .held)
        #expect(clock.elapsed == .seconds(40))
        #expect(!server.methods.contains(.put))
        let wait = LockWait(application: "shop/web", holder: "bob@far/7-1", since: "2026-11-21T09:13:00Z")
        #expect(waits.withLock { $0 } == [wait])
    }

    @Test func `whoever waits gets the lease when it is released`() async throws {
        let server = LeaseServer(Self.other)
        let lease = Task { try await taken(server, .seconds(60)) }
        await clock.run(until: .seconds(5))
        server.put(["holderIdentity": "", "leaseTransitions": 4])
        async let _ = clock.run(until: .seconds(6))
        #expect(try await lease.value?[path: "spec", "leaseTransitions"] == 5)
        #expect(clock.elapsed == .seconds(6))
    }

    @Test func `each holder that is waited for is told once`() async throws {
        let server = LeaseServer(Self.other)
        let holders = Mutex<[String]>([])
        let result = Task {
            try await LeaseLock.of(server, clock).hold(
                waitingAtMost: .seconds(9), onWait: { wait in holders.withLock { $0.append(wait.holder) } }, { _ in })
        }
        await clock.run(until: .seconds(5))
        server.put(["holderIdentity": "eve@far/8-1"])
        async let _ = clock.run(until: .seconds(9))
        _ = await #expect(throws: LockError.self) { try await result.value }
        #expect(holders.withLock { $0 } == ["bob@far/7-1", "eve@far/8-1"])
    }

    @Test(arguments: [(40, true), (50, false)] as [(Int32, Bool)])
    func `a holder that has died on this machine is not waited for`(pid: Int32, isDead: Bool) async throws {
        let holder = "bob@ci/\(pid)-1"
        let mark = ProcessMark(bootID: "boot-1", namespaces: "pid:[1],time:[2]", pid: pid, startTime: UInt64(pid) * 10)
        let server = LeaseServer(
            ["holderIdentity": .string(holder)], annotations: [ProcessMark.annotation: mark.text(for: holder)])
        if isDead {
            #expect(try await taken(server)?[path: "spec", "holderIdentity"] == "ann@ci/50-000000a1")
        } else {
            // This process itself holds it, by another lock.
            let error = await #expect(throws: LockError.self) { try await taken(server) }
            #expect(error?.code == .held)
        }
    }

    /// Both have seen a free lease; the slower one's write comes too late.
    @Test(arguments: [nil, ["holderIdentity": ""]] as [Value?])
    func `of two that want a free lease one gets it`(spec: Value?) async throws {
        let server = LeaseServer(spec)
        let count = Counter()
        server.intercept { request in
            guard request.method != .get, count.next() == 1 else { return nil }
            server.put(Self.other)
            return nil
        }
        let error = await #expect(throws: LockError.self) { try await taken(server) }
        #expect(error?.code == .held)
        #expect(server.holder == "bob@far/7-1")
        #expect(server.methods == [.get, spec == nil ? .post : .put, .get])
    }

    @Test func `an expired lease that its holder renews in the last moment is left alone`() async throws {
        let server = LeaseServer(Self.other)
        server.intercept { request in
            if request.method == .put { server.renew(20) }
            return nil
        }
        let result = Task { try await taken(server, .seconds(16)) }
        async let _ = clock.run(until: .seconds(16))
        let error = await #expect(throws: LockError.self) { try await result.value }
        #expect(error?.code == .held)
        #expect(server.holder == "bob@far/7-1")
    }

    @Test func `a write whose answer is lost is found to have succeeded`() async throws {
        let server = LeaseServer()
        server.intercept { request in
            guard request.method == .post else { return nil }
            _ = server.answer(request)
            throw KubeClientError(.connectionLost, "lost")
        }
        let lease = try #require(try await taken(server))
        #expect(lease[path: "spec", "leaseTransitions"] == 0)
        #expect(server.methods.prefix(4) == [.get, .post, .get, .put])
        #expect(server.holder == "")
    }

    @Test func `a server that is away while somebody waits is asked again`() async throws {
        let server = LeaseServer(Self.other)
        let lease = Task { try await taken(server, .seconds(60)) }
        await clock.run(until: .seconds(1))
        server.intercept { _ in throw KubeClientError(.connectionRefused, "away") }
        await clock.run(until: .seconds(9))
        server.put(["holderIdentity": ""])
        server.intercept { _ in nil }
        async let _ = clock.run(until: .seconds(10))
        #expect(try await lease.value != nil)
    }

    @Test func `a server that can't be reached at all is not waited for`() async throws {
        let server = LeaseServer()
        server.intercept { _ in throw KubeClientError(.connectionRefused, "away") }
        let error = await #expect(throws: KubeClientError.self) { try await taken(server, .seconds(60)) }
        #expect(error?.code == .connectionRefused)
        #expect(server.methods == [.get])
    }

    @Test(arguments: [HTTPMethod.get, .post])
    func `missing rights are named`(method: HTTPMethod) async throws {
        let server = LeaseServer()
        server.intercept { request in
            request.method == method ? .status(403, "Forbidden", "leases is forbidden: User \"ann\" cannot") : nil
        }
        let error = await #expect(throws: LockError.self) { try await taken(server, .seconds(60)) }
        let operation = method == .get ? "read" : "create"
        #expect(
            told(error) == """
                lock-forbidden: the lock of application shop/web can't be taken without the rights to its Lease
                cause: cannot \(operation) Lease shop/endstate.web: leases is forbidden: User "ann" cannot
                hint: ask the cluster's administrator for get, create and update of leases.coordination.k8s.io in \
                namespace shop
                """)
    }

    @Test(
        arguments: [
            .status(404, "NotFound", "namespaces \"shop\" not found"),
            .status(403, "Forbidden", "", causes: [["reason": "NamespaceTerminating", "message": "shop"]]),
        ] as [HTTPResponse])
    func `a namespace that is not there, or no longer, is the server's to tell`(answer: HTTPResponse) async throws {
        let server = LeaseServer()
        server.intercept { $0.method == .post ? answer : nil }
        let error = await #expect(throws: APIError.self) { try await taken(server, .seconds(60)) }
        #expect(error?.status == answer.status)
        #expect(server.methods == [.get, .post])
    }

    @Test func `waiting can be cancelled`() async throws {
        let server = LeaseServer(Self.other)
        let task = Task { try await taken(server, .seconds(60)) }
        await clock.run(until: .seconds(3))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.holder == "bob@far/7-1")
    }

    @Test func `a lease that was taken while the run was cancelled is given back`() async throws {
        let server = LeaseServer()
        server.intercept { request in
            guard request.method == .post else { return nil }
            _ = server.answer(request)
            throw CancellationError()
        }
        await #expect(throws: CancellationError.self) { try await taken(server) }
        #expect(server.holder == "")
    }

    @Test func `the lock's own requests need no permit`() async throws {
        let server = LeaseServer()
        var client = server.client(clock)
        client.writePermit = { throw CancellationError() }
        let holder = LockHolder(user: "ann", host: "ci", pid: 50, processes: PlayedMachine().table)
        let lock = LeaseLock(client: client, namespace: "shop", name: "web", holder: holder)
        #expect(try await lock.hold(waitingAtMost: .zero) { _ in server.holder }?.hasPrefix("ann@ci/50-") == true)
    }

    @Test(arguments: [
        (1_800_000_000.25, "2027-01-15T08:00:00.250000Z"), (1_800_000_000, "2027-01-15T08:00:00.000000Z"),
    ])
    func `times have six digits after the point`(seconds: Double, text: String) {
        #expect(Lease.text(Date(timeIntervalSince1970: seconds)) == text)
    }
}
