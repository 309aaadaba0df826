import FoundationEssentials
import Manifests
import Planning
import Resources
import Testing

@testable import SyncService

struct ApplicationMachineTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)
    private let web = ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")

    private func source(_ commit: String) -> PlanSource { PlanSource(commit: commit, path: "") }

    private func machine(_ change: (inout SyncSettings) -> Void = { _ in }) -> ApplicationMachine {
        var settings = SyncSettings()
        change(&settings)
        var machine = ApplicationMachine(rules: SyncRules(settings))
        _ = machine.observe(source("a"))
        return machine
    }

    private func job(_ machine: ApplicationMachine, at now: Date) -> SyncJob? {
        if case .run(let job) = machine.next(at: now, unhealthy: []) { job } else { nil }
    }

    private func hold(_ machine: ApplicationMachine, at now: Date, unhealthy: [String] = []) -> SyncHold? {
        if case .wait(_, let hold) = machine.next(at: now, unhealthy: unhealthy) { hold } else { nil }
    }

    private func end(_ machine: inout ApplicationMachine, _ outcome: SyncOutcome, at now: Date) throws {
        let due = try #require(job(machine, at: now))
        machine.begin(due)
        _ = machine.finish(due, outcome, at: now, random: 0.5)
    }

    @Test func `nothing is done before a commit is known`() {
        let machine = ApplicationMachine(rules: SyncRules())
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: nil, nil))
    }

    @Test func `a commit is dealt with once`() throws {
        var machine = machine()
        #expect(job(machine, at: start)?.reason == .start)
        try end(&machine, .succeeded, at: start)
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: nil, nil))
        let isKnown = machine.observe(source("a"))
        #expect(!isKnown)
        let isNew = machine.observe(source("b"))
        #expect(isNew)
        #expect(job(machine, at: start)?.reason == .commit)
        #expect(job(machine, at: start)?.source.commit == "b")
    }

    @Test(arguments: [SyncOutcome.error("the cluster is away"), .interrupted])
    func `what a person wants is tried until something comes of it, or another commit comes`(
        outcome: SyncOutcome
    ) throws {
        var machine = machine()
        try end(&machine, .failed("bad"), at: start)
        machine.request()
        try end(&machine, outcome, at: start)
        #expect(job(machine, at: start) == nil)
        #expect(job(machine, at: start + 10)?.reason == .person)
        var renewed = machine
        _ = renewed.observe(source("b"))
        #expect(job(renewed, at: start + 10)?.reason == .commit)
        try end(&machine, .succeeded, at: start + 10)
        #expect(job(machine, at: start + 3600) == nil)
    }

    @Test func `what drifts is repaired at once the first time, and then later and later`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        #expect(try pauses(&machine, .succeeded, repaired: [web]) == [0, 1, 2, 4, 8])
    }

    @Test func `drift that is only told is looked at later and later, too, and is no fight`() throws {
        var machine = machine { $0.drift = .report }
        try end(&machine, .succeeded, at: start)
        #expect(try pauses(&machine, .reported([web])) == [0, 1, 2, 4, 8])
        machine.drift([web])
        let now = start + 3600
        let due = try #require(job(machine, at: now))
        machine.begin(due)
        #expect(machine.finish(due, .reported([web]), at: now, random: 0.5) == [])
    }

    /// How long drift waits that comes again as soon as a job has ended, in seconds, five times.
    private func pauses(
        _ machine: inout ApplicationMachine, _ outcome: SyncOutcome, repaired: Set<ObjectIdentity> = []
    ) throws -> [Double] {
        var now = start
        var pauses: [Double] = []
        for _ in 0..<5 {
            machine.drift([web])
            let before = now
            if case .wait(let until?, _) = machine.next(at: now, unhealthy: []) { now = until }
            pauses.append(now.timeIntervalSince(before))
            let due = try #require(job(machine, at: now))
            #expect(due.reason == .drift)
            #expect(due.drifted == [web])
            machine.begin(due)
            _ = machine.finish(due, outcome, repaired: repaired, at: now, random: 0.5)
        }
        return pauses
    }

    @Test func `who repairs an object for the third time tells of a fight`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        var fights: [Set<ObjectIdentity>] = []
        for round in 0..<3 {
            machine.drift([web])
            let now = start + Double(round) * 60
            let due = try #require(job(machine, at: now))
            machine.begin(due)
            fights.append(machine.finish(due, .succeeded, repaired: [web], at: now, random: 0.5))
        }
        #expect(fights == [[], [], [web]])
    }

    @Test func `drift is not looked at where it is switched off`() throws {
        var machine = machine { $0.drift = .off }
        try end(&machine, .succeeded, at: start)
        machine.drift([web])
        #expect(job(machine, at: start) == nil)
    }

    @Test(arguments: [SyncOutcome.failed("no image"), .rolledBack("no image")])
    func `a commit that fails is not tried again before a person or another commit comes`(outcome: SyncOutcome) throws {
        var machine = machine()
        try end(&machine, outcome, at: start)
        #expect(machine.next(at: start + 86_400, unhealthy: []) == .wait(until: nil, .failed("no image")))
        var insisted = machine
        insisted.request()
        #expect(job(insisted, at: start)?.isInsisting == true)
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start)?.reason == .commit)
    }

    @Test(
        arguments: [
            (.failed("no image"), false), (.rolledBack("no image"), true), (.refused("too much"), true),
            (.limited(.limit("too much", until: nil)), true), (.limited(.suspended), false),
            (.error("no answer"), false),
            (.tripped("too much is unhealthy"), false), (.interrupted, false),
        ] as [(SyncOutcome, Bool)])
    func `what was in force before is kept where it still is`(outcome: SyncOutcome, isKept: Bool) throws {
        var machine = machine()
        try end(&machine, outcome, at: start)
        machine.drift([web])
        let former = job(machine, at: start)
        #expect((former?.keepsFormer ?? false) == isKept)
        guard let former, isKept else { return }
        machine.begin(former)
        #expect(machine.finish(former, .succeeded, repaired: [web], at: start, random: 0.5) == [])
        guard case .wait(let time, let hold) = machine.next(at: start, unhealthy: []) else {
            Issue.record("nothing is left to do")
            return
        }
        #expect(hold != nil)
        // What fights back is repaired later and later.
        machine.drift([web])
        let next = machine.next(at: start, unhealthy: [])
        #expect(next == .wait(until: [time, start + 1].compactMap { $0 }.min(), hold))
    }

    @Test func `after three failed runs in a row it stops, and goes on with another commit`() throws {
        var machine = machine()
        for commit in ["a", "b", "c"] {
            _ = machine.observe(source(commit))
            #expect(machine.breaker == nil)
            try end(&machine, .rolledBack("no image"), at: start)
        }
        guard case .breaker(let why) = hold(machine, at: start) else {
            Issue.record("it goes on")
            return
        }
        #expect(why == "3 runs in a row have failed; the last one: no image")
        _ = machine.observe(source("d"))
        try end(&machine, .succeeded, at: start)
        #expect(machine.breaker == nil)
        #expect(machine.failuresInRow == 0)
    }

    @Test func `a run that stopped itself waits for a person`() throws {
        var machine = machine()
        try end(&machine, .tripped("2 of 4 members are unhealthy"), at: start)
        #expect(hold(machine, at: start + 3600) == .breaker("2 of 4 members are unhealthy"))
        machine.request()
        #expect(job(machine, at: start + 3600)?.reason == .person)
    }

    @Test func `what could not be asked is asked again, later and later, and at most half an hour apart`() throws {
        var machine = machine()
        var now = start
        var pauses: [Double] = []
        for _ in 0..<14 {
            try end(&machine, .error("no route"), at: now)
            guard case .wait(let until?, .backoff) = machine.next(at: now, unhealthy: []) else {
                Issue.record("it does not wait")
                return
            }
            pauses.append(until.timeIntervalSince(now))
            now = until
        }
        #expect(pauses.prefix(4) == [1, 2, 4, 8])
        #expect(pauses.last == 1800)
    }

    @Test func `another commit is tried at once, and again in its time`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        _ = machine.observe(source("b"))
        try end(&machine, .error("no route"), at: start)
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: start + 1, .backoff(until: start + 1)))
        #expect(job(machine, at: start + 1)?.reason == .commit)
        _ = machine.observe(source("c"))
        #expect(job(machine, at: start)?.source.commit == "c")
    }

    @Test func `what was refused is looked at again, since the cluster may have changed`() throws {
        var machine = machine()
        try end(&machine, .refused("no node has room"), at: start)
        #expect(hold(machine, at: start) == .backoff(until: start + 60))
        #expect(job(machine, at: start + 60)?.reason == .retry)
    }

    @Test func `what a limit holds back is done when it allows it`() throws {
        var machine = machine()
        try end(&machine, .limited(.limit("too many", until: start + 100)), at: start)
        #expect(hold(machine, at: start + 99) == .limit("too many", until: start + 100))
        #expect(job(machine, at: start + 100)?.reason == .retry)
        try end(&machine, .limited(.limit("too many", until: nil)), at: start + 100)
        #expect(machine.next(at: start + 1e6, unhealthy: []) == .wait(until: nil, .limit("too many", until: nil)))
        machine.request()
        #expect(job(machine, at: start + 1e6)?.isInsisting == true)
    }

    @Test func `an interrupted run is gone on with, also where its commit is not the newest any more`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        _ = machine.observe(source("b"))
        try end(&machine, .interrupted, at: start)
        #expect(job(machine, at: start + 1)?.source.commit == "b")
        _ = machine.observe(source("a"))
        #expect(job(machine, at: start + 1)?.reason == .retry)
    }

    @Test func `a repair that failed is tried again, and does not condemn what is declared`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        machine.drift([web])
        try end(&machine, .unrepaired("no answer"), at: start)
        #expect(machine.failure == nil)
        #expect(job(machine, at: start + 60)?.reason == .retry)
    }

    @Test func `what plans find nothing wrong with is looked at less and less often`() throws {
        var machine = machine()
        try end(&machine, .unchanged, at: start)
        machine.drift([web])
        try end(&machine, .unchanged, at: start)
        machine.drift([web])
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: start + 1, nil))
    }

    @Test func `what the source itself says of suspension does not keep it from being read again`() throws {
        var machine = machine()
        var settings = SyncSettings()
        settings.suspend = true
        try end(&machine, .limited(.limit("it is suspended", until: nil)), at: start)
        machine.adopt(SyncRules(settings))
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start)?.source.commit == "b")
    }

    @Test func `what is suspended, or depends on what is not healthy, waits`() {
        #expect(job(machine { $0.suspend = true }, at: start)?.hold == .suspended)
        guard case .run(let look) = machine().next(at: start, unhealthy: ["base"]) else {
            Issue.record("nothing is known of it yet")
            return
        }
        #expect(look.hold == .dependencies(["base"]))
        var known = machine()
        known.begin(look)
        _ = known.finish(look, .reported([]), at: start, random: 0.5)
        #expect(hold(known, at: start, unhealthy: ["base"]) == .dependencies(["base"]))
        var suspended = machine { $0.suspend = true }
        suspended.request()
        #expect(job(suspended, at: start)?.hold == .suspended)
    }

    @Test func `changes wait for their window`() throws {
        let cron = try CronExpression("0 22 * * *")
        let window = ChangeWindow(cron: cron, duration: .seconds(3600))
        var machine = machine { $0.windows = [window] }
        let noon = Date(timeIntervalSince1970: 1_767_268_800)
        let opening = noon + 10 * 3600
        let look = try #require(job(machine, at: noon))
        #expect(look.hold == .window(opens: opening))
        machine.begin(look)
        _ = machine.finish(look, .reported([]), at: noon, random: 0.5)
        #expect(machine.next(at: noon, unhealthy: []) == .wait(until: opening, .window(opens: opening)))
        #expect(job(machine, at: opening)?.reason == .start)
        try end(&machine, .succeeded, at: opening)
        machine.drift([web])
        #expect(job(machine, at: opening + 60)?.reason == .drift)
        #expect(job(machine, at: opening + 3600) == nil)
    }

    @Test func `another configuration is reason enough to look again`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        machine.configure(SyncRules())
        #expect(job(machine, at: start)?.reason == .commit)
    }

    @Test func `of another source nothing is known before it is asked`() throws {
        var machine = machine()
        try end(&machine, .succeeded, at: start)
        machine.drift([web])
        machine.configure(SyncRules(), isElsewhere: true)
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: nil, nil))
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start)?.source.commit == "b")
    }

    @Test func `what a person asks for while another source is asked is done by what it says`() throws {
        var machine = machine()
        machine.request()
        machine.configure(SyncRules(), isElsewhere: true)
        _ = machine.observe(source("a"))
        #expect(job(machine, at: start)?.reason == .start)
        machine.configure(SyncRules(), isElsewhere: true)
        machine.request()
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start)?.reason == .person)
    }

    @Test func `what stopped at one path stays told while another is asked, and holds nothing up there`() throws {
        var machine = machine()
        try end(&machine, .tripped("too much"), at: start)
        machine.configure(SyncRules(), isElsewhere: true)
        #expect(hold(machine, at: start) == .breaker("too much"))
        _ = machine.observe(PlanSource(commit: "a", path: "other"))
        #expect(job(machine, at: start)?.reason == .commit)
    }

    @Test func `a commit that has to wait for a person is looked at once`() throws {
        var machine = machine { $0.suspend = true }
        let look = try #require(job(machine, at: start))
        #expect(look.hold == .suspended)
        machine.begin(look)
        _ = machine.finish(look, .error("no answer"), at: start, random: 0.5)
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: start + 1, .suspended))
        let again = try #require(job(machine, at: start + 1))
        machine.begin(again)
        _ = machine.finish(again, .reported([]), at: start + 1, random: 0.5)
        #expect(machine.next(at: start + 1, unhealthy: []) == .wait(until: nil, .suspended))
        #expect(machine.settled == nil)
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start + 1)?.hold == .suspended)
    }

    @Test func `a look that finds all as declared is all there is to do`() throws {
        var machine = machine()
        try end(&machine, .failed("bad"), at: start)
        var settings = SyncSettings()
        settings.suspend = true
        machine.configure(SyncRules(settings))
        _ = machine.observe(source("b"))
        let look = try #require(job(machine, at: start))
        machine.begin(look)
        _ = machine.finish(look, .unchanged, at: start, random: 0.5)
        #expect(machine.settled?.commit == "b")
        #expect(machine.failure == nil)
    }

    @Test func `a look has a time of its own`() throws {
        var machine = machine()
        try end(&machine, .limited(.limit("too many", until: nil)), at: start)
        var settings = SyncSettings()
        settings.suspend = true
        machine.configure(SyncRules(settings))
        _ = machine.observe(source("b"))
        #expect(job(machine, at: start)?.hold == .suspended)
    }

    @Test func `a pause that began before the clock was set back is over`() throws {
        var machine = machine()
        try end(&machine, .refused("no node has room"), at: start)
        #expect(job(machine, at: start + 59) == nil)
        #expect(job(machine, at: start - 2000) == nil)
        #expect(job(machine, at: start - 7200)?.reason == .retry)
    }

    @Test func `a clock that is set back changes nothing about what has its time on the wall, or waits for a person`()
        throws
    {
        var machine = machine()
        let opening = start + 86_400
        try end(&machine, .limited(.window(opens: opening)), at: start)
        #expect(machine.next(at: start - 7200, unhealthy: []) == .wait(until: opening, .window(opens: opening)))
        try end(&machine, .limited(.limit("too many", until: nil)), at: opening)
        #expect(machine.next(at: start, unhealthy: []) == .wait(until: nil, .limit("too many", until: nil)))
    }

    @Test func `a look is repeated after the clock was set back, too`() throws {
        var machine = machine { $0.suspend = true }
        let look = try #require(job(machine, at: start))
        machine.begin(look)
        _ = machine.finish(look, .error("no answer"), at: start, random: 0.5)
        #expect(job(machine, at: start - 7200)?.hold == .suspended)
    }

    @Test func `suspension is what an application with nothing to do waits for, whoever has said so`() throws {
        var settings = SyncSettings()
        settings.suspend = true
        var configured = machine { $0.suspend = true }
        let look = try #require(job(configured, at: start))
        configured.begin(look)
        _ = configured.finish(look, .unchanged, at: start, random: 0.5)
        var adopting = machine()
        try end(&adopting, .unchanged, at: start)
        adopting.adopt(SyncRules(settings))
        for machine in [configured, adopting] {
            #expect(machine.next(at: start, unhealthy: []) == .wait(until: nil, .suspended))
            #expect(machine.stoppage == Stoppage(isSuspended: true))
        }
    }

    @Test func `an open breaker is told while it is suspended, too`() throws {
        var machine = machine()
        try end(&machine, .tripped("2 of 4 members are unhealthy"), at: start)
        var settings = SyncSettings()
        settings.suspend = true
        machine.configure(SyncRules(settings))
        #expect(hold(machine, at: start) == .suspended)
        #expect(machine.stoppage == Stoppage(isSuspended: true, breaker: "2 of 4 members are unhealthy"))
    }

    @Test func `what a person wants and may not be is tried when the configuration says so`() throws {
        var machine = machine()
        machine.request()
        try end(&machine, .limited(.suspended), at: start)
        #expect(job(machine, at: start + 1e6) == nil)
        machine.configure(SyncRules(SyncSettings()))
        #expect(job(machine, at: start)?.reason == .person)
    }
}
