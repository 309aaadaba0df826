import KubeClient
import Resources
import Synchronization
import TestSupport
import Testing

@testable import Reconciler

@Suite(.timeLimit(.minutes(15)))
struct LeaseHoldingTests {
    private let clock = SteppedClock()
    private let server = LeaseServer()
    private let hasBegun = Signal()
    private let mayEnd = Signal()

    private struct Broken: Error {}

    /// Holds the lock until `mayEnd`, or until it is cancelled; the result is whether writing is still safe then.
    private func held() async throws -> Bool {
        let (hasBegun, mayEnd) = (hasBegun, mayEnd)
        return try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
            hasBegun.fire()
            await mayEnd.wait()
            try Task.checkCancellation()
            return (try? held.check()) != nil
        }
    }

    private func spec(_ field: String) -> String? { server.lease?.value[path: "spec", field]?.string }

    @Test func `a lease is renewed every two seconds for as long as it is held`() async throws {
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        await clock.run(until: .seconds(61))
        #expect(server.methods == [.get, .post] + Array(repeating: .put, count: 30))
        #expect(spec("renewTime") == "2027-01-15T08:01:00.250000Z")
        #expect(spec("acquireTime") == "2027-01-15T08:00:00.250000Z")
        mayEnd.fire()
        #expect(try await isHeld.value)
    }

    @Test func `a lease is nobody's afterwards`() async throws {
        let isHeld = try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { [server] _ in server.holder }
        #expect(isHeld == "ann@ci/50-000000a1")
        #expect(server.holder == "")
        #expect(server.lease?.value[path: "spec", "leaseDurationSeconds"] == 1)
        #expect(server.lease?.value[path: "spec", "leaseTransitions"] == 0)
        #expect(server.lease?.annotations == [:])
    }

    @Test func `a lease is given back after a failure, which is passed on`() async throws {
        await #expect(throws: Broken.self) {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in throw Broken() }
        }
        #expect(server.holder == "")
    }

    @Test func `a cancelled run keeps its lease until it has ended`() async throws {
        let (hasBegun, mayEnd, isCancelled) = (hasBegun, mayEnd, Signal())
        let task = Task {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                hasBegun.fire()
                await Signal().wait()
                isCancelled.fire()
                // What closes the run cleanly is not cut off.
                await Task { await mayEnd.wait() }.value
                try held.check()
                throw CancellationError()
            }
        }
        await hasBegun.wait()
        task.cancel()
        await isCancelled.wait()
        await clock.run(until: .seconds(31))
        #expect(server.holder == "ann@ci/50-000000a1")
        mayEnd.fire()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.holder == "")
    }

    @Test func `a lease that can't be given back is no failure`() async throws {
        let server = server
        let result = try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in
            server.intercept { _ in throw KubeClientError(.connectionLost, "gone") }
            return 7
        }
        #expect(result == 7)
        #expect(server.holder == "ann@ci/50-000000a1")
    }

    @Test func `a lease that somebody labelled is given back all the same`() async throws {
        let server = server
        try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in server.label() }
        #expect(server.holder == "")
        #expect(server.lease?.labels == ["seen": "yes"])
    }

    @Test(arguments: [false, true])
    func `a lease is deleted at the end where that is asked for`(isLabelled: Bool) async throws {
        let server = server
        try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
            held.removeAtEnd()
            if isLabelled { server.label() }
        }
        #expect(server.lease == nil)
        #expect(server.methods.last == .delete)
    }

    @Test func `nothing may be written after the end`() async throws {
        let kept = try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { $0 }
        let error = #expect(throws: LockError.self) { try kept.check() }
        #expect(error?.code == .lost)
    }

    @Test func `a lease that can't be renewed for ten seconds is lost`() async throws {
        let checks = Mutex<[Bool]>([])
        let (server, clock, hasBegun) = (server, clock, hasBegun)
        let kept = Mutex<HeldLock?>(nil)
        let result = Task {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                kept.withLock { $0 = held }
                hasBegun.fire()
                await Signal().wait()
                try Task.checkCancellation()
            }
        }
        await hasBegun.wait()
        await clock.run(until: .seconds(5))
        server.intercept { _ in throw KubeClientError(.timedOut, "the server \u{7} is slow") }
        let lock = try #require(kept.withLock { $0 })
        for time in [Duration.seconds(12), .milliseconds(13_999), .seconds(14)] {
            if time == .seconds(14) { clock.jump(by: .milliseconds(1)) } else { await clock.run(until: time) }
            checks.withLock { $0.append((try? lock.check()) != nil) }
        }
        #expect(checks.withLock { $0 } == [true, true, false])
        async let _ = clock.run(until: .seconds(14))
        let error = await #expect(throws: LockError.self) { try await result.value }
        #expect(error?.code == .lost)
    }

    @Test func `the body is cancelled when the lease can't be renewed, and the reason is told`() async throws {
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        server.intercept { _ in throw KubeClientError(.timedOut, "the server \u{7} is slow") }
        async let _ = clock.run(until: .seconds(10))
        let error = await #expect(throws: LockError.self) { try await isHeld.value }
        #expect(
            told(error) == """
                lock-lost: the lock of application shop/web was not renewed for 10s: nothing more is written without it
                cause: the server \\u{7} is slow
                hint: run again
                """)
        #expect(clock.elapsed == .seconds(10))
        // It is left to expire.
        #expect(server.holder == "ann@ci/50-000000a1")
    }

    @Test func `no renewal may take longer than the lock is good for`() async throws {
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        server.intercept { _ in throw KubeClientError(.timedOut, "slow") }
        async let _ = clock.run(until: .seconds(10))
        _ = await #expect(throws: LockError.self) { try await isHeld.value }
        let timeouts = server.requests.filter { $0.method == .put }.map(\.timeout)
        #expect(timeouts == [.seconds(5), .seconds(5), .seconds(4), .seconds(2)])
    }

    @Test func `a renewal that fails for a while does no harm`() async throws {
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        server.intercept { _ in .status(500, "InternalError") }
        await clock.run(until: .seconds(7))
        server.intercept { _ in nil }
        await clock.run(until: .seconds(19))
        mayEnd.fire()
        #expect(try await isHeld.value)
    }

    @Test func `a renewal whose answer is lost is found to have succeeded`() async throws {
        let server = server
        let count = Counter()
        server.intercept { request in
            guard request.method == .put, count.next() == 1 else { return nil }
            _ = server.answer(request)
            throw KubeClientError(.connectionLost, "lost")
        }
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        await clock.run(until: .seconds(5))
        #expect(server.methods == [.get, .post, .put, .put, .get, .put])
        mayEnd.fire()
        #expect(try await isHeld.value)
    }

    @Test(
        arguments: [
            ("bob@far/7-1", "was taken over by bob@far/7-1"), ("", "was taken away"),
            (nil, "is gone: its Lease was deleted"),
        ] as [(String?, String)])
    func `a lease that is another's is lost at once and left alone`(holder: String?, how: String) async throws {
        let isHeld = Task { try await held() }
        await hasBegun.wait()
        if let holder { server.put(["holderIdentity": .string(holder)]) } else { server.remove() }
        let before = server.lease
        async let _ = clock.run(until: .seconds(2))
        let error = await #expect(throws: LockError.self) { try await isHeld.value }
        #expect(told(error).hasPrefix("lock-lost: the lock of application shop/web \(how): "))
        #expect(server.lease == before)
    }

    // MARK: What others ask

    @Test func `what others ask is heard with the next renewal, and taken away`() async throws {
        let (server, hasBegun, mayEnd) = (server, hasBegun, mayEnd)
        let heard = Mutex<[PollRequest]>([])
        let run = Task {
            try await LeaseLock.of(server, clock).hold(
                waitingAtMost: .zero, onPoll: { request in heard.withLock { $0.append(request) } }
            ) { held in
                hasBegun.fire()
                await mayEnd.wait()
                try held.check()
            }
        }
        await hasBegun.wait()
        let others = LeaseLock.of(server, clock)
        try await others.ask(.applications(["b"]))
        try await others.ask(.applications(["a"]))
        #expect(server.lease?.annotations[PollRequest.annotation] == "a,b")
        // What is asked already is not written again.
        let requests = server.methods.count
        try await others.ask(.applications(["a"]))
        #expect(server.methods.dropFirst(requests) == [.get])
        await clock.run(until: .seconds(5))
        #expect(heard.withLock { $0 } == [.applications(["a", "b"])])
        #expect(server.lease?.annotations[PollRequest.annotation] == nil)
        #expect(server.holder == "ann@ci/50-000000a1")
        mayEnd.fire()
        try await run.value
    }

    @Test(arguments: [nil, ["holderIdentity": ""]] as [Value?])
    func `nothing is asked of nobody`(spec: Value?) async throws {
        let server = LeaseServer(spec)
        try await LeaseLock.of(server, clock).ask(.all)
        #expect(server.methods == [.get])
    }

    @Test func `who takes a lease takes away what was asked of another`() async throws {
        let server = LeaseServer(["holderIdentity": ""], annotations: [PollRequest.annotation: "a"])
        let annotations = try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in
            server.lease?.annotations
        }
        #expect(annotations?[PollRequest.annotation] == nil)
    }

    @Test func `a lease that changes while something is asked is asked again, but not for ever`() async throws {
        let server = LeaseServer(["holderIdentity": "bob@far/7-1"])
        let count = Counter()
        server.intercept { request in
            if request.method == .put, count.next() < 5 { server.label() }
            return nil
        }
        try await LeaseLock.of(server, clock).ask(.all)
        #expect(server.lease?.annotations[PollRequest.annotation] == "*")
        #expect(server.holder == "bob@far/7-1")
        server.intercept { request in
            if request.method == .put { server.label() }
            return nil
        }
        server.put(["holderIdentity": "bob@far/7-1"])
        let error = await #expect(throws: APIError.self) { try await LeaseLock.of(server, clock).ask(.all) }
        #expect(error?.isConflict == true)
    }

    @Test func `a result is kept even if the lease was lost`() async throws {
        let (server, hasBegun) = (server, hasBegun)
        let result = Task {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                hasBegun.fire()
                await Signal().wait()
                return (try? held.check()) == nil ? "lost" : "held"
            }
        }
        await hasBegun.wait()
        server.remove()
        async let _ = clock.run(until: .seconds(2))
        #expect(try await result.value == "lost")
    }

    @Test func `a process that was stopped for longer than the lock is good for may not write`() async throws {
        let (clock, server) = (clock, server)
        server.intercept { $0.path.contains("configmaps") ? .status(404, "NotFound") : nil }
        let error = await #expect(throws: LockError.self) {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                var writer = server.client(clock)
                writer.writePermit = held.check
                clock.jump(by: .seconds(9))
                _ = try await writer.delete(.configMaps, namespace: "shop", name: "a")
                clock.jump(by: .seconds(1))
                _ = try await writer.delete(.configMaps, namespace: "shop", name: "b")
            }
        }
        #expect(error?.code == .lost)
        let deleted = server.requests.filter { $0.method == .delete }.map { $0.path.suffix(1) }
        #expect(deleted == ["a"])
    }

    /// The server may have stored it at any moment since the request began.
    @Test func `a lock is good for ten seconds from when it was asked for`() async throws {
        let (clock, server) = (clock, server)
        server.intercept { request in
            if request.method == .post { clock.jump(by: .seconds(3)) }
            return nil
        }
        let checks = try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
            var checks: [Bool] = []
            for step in [Duration.milliseconds(6_999), .milliseconds(1)] {
                clock.jump(by: step)
                checks.append((try? held.check()) != nil)
            }
            return checks
        }
        #expect(checks == [true, false])
    }

    @Test func `a renewal is good for ten seconds from when it was asked for`() async throws {
        let (clock, server, hasBegun, mayEnd) = (clock, server, hasBegun, mayEnd)
        let result = Task {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                hasBegun.fire()
                await mayEnd.wait()
                return held.remaining
            }
        }
        await hasBegun.wait()
        server.intercept { request in
            if request.method == .put { clock.jump(by: .seconds(3)) }
            return nil
        }
        // Begun after two seconds, and done after five.
        await clock.run(until: .seconds(6))
        mayEnd.fire()
        #expect(try await result.value == .seconds(6))
    }

    @Test func `a lease that another run has by now is not given back for it`() async throws {
        let server = server
        try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in
            server.put(["holderIdentity": "bob@far/7-1"])
        }
        #expect(server.holder == "bob@far/7-1")
    }

    @Test func `a lock that was found lost stays lost`() async throws {
        let clock = clock
        let error = await #expect(throws: LockError.self) {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { held in
                clock.jump(by: .seconds(10))
                try? held.check()
                held.renew(held.lease, at: .seconds(10))
                try held.check()
            }
        }
        #expect(error?.code == .lost)
    }

    @Test func `two runs hold the lock one after the other`() async throws {
        let (clock, server, hasBegun, mayEnd) = (clock, server, hasBegun, mayEnd)
        let journal = Journal()
        let first = Task {
            try await LeaseLock.of(server, clock).hold(waitingAtMost: .zero) { _ in
                journal.add("first begins")
                hasBegun.fire()
                await mayEnd.wait()
                journal.add("first ends")
            }
        }
        await hasBegun.wait()
        let isWaiting = Signal()
        let second = Task {
            try await LeaseLock.of(server, clock, user: "bob").hold(
                waitingAtMost: .seconds(60), onWait: { _ in isWaiting.fire() },
                { _ in journal.add("second runs") })
        }
        await isWaiting.wait()
        await clock.run(until: .seconds(31), sleepers: 2)
        mayEnd.fire()
        try await first.value
        async let _ = clock.run(until: .seconds(40))
        try await second.value
        #expect(journal.entries == ["first begins", "first ends", "second runs"])
        #expect(server.lease?.value[path: "spec", "leaseTransitions"] == 1)
    }
}
