import Commands
import KubeClient
import Testing

extension Acceptance {
    /// The program is killed, or one of its requests fails, at each request in turn.
    @Suite(.serialized) struct SweepTests {
        @Test func `killed at any request, the next run goes on, and one of another set goes back first`() async throws
        {
            let reference = try await SweepReference.make()
            let sweep = Sweep("kill sweep", SweepPoint.kills(reference.forward))
            let first = try reference.snapshot(.first)
            #expect(first.disorder().isEmpty, "\(first)")
            await sweep.run { site, point in
                try await Self.goOn(site, point, reference) + Self.goBack(site, point, reference)
            }
        }

        /// The same set again: it is applied to its end.
        private static func goOn(
            _ site: SweepSite, _ point: SweepPoint, _ reference: SweepReference
        ) async throws -> SweepVerdict {
            let killed = try await site.program(.second, fault: point.fault)
            var problems = [-9, 0].contains(killed.status) ? [] : ["exit \(killed.status): \(killed.notes)"]
            let again = try await site.apply(.second)
            if again.status != .success { problems.append("going on: \(again.status): \(again.notes)") }
            let found = try await site.snapshot()
            problems += found.differences(from: try reference.snapshot(.second))
            problems += found.disorder(hasLocked: !again.writes.isEmpty)
            let diff = try await site.diff(.second)
            if diff.status != .success { problems.append("the diff afterwards: \(diff.output)\(diff.notes)") }
            if problems.isEmpty { try await site.reset(to: .first) }
            return SweepVerdict(statuses: [killed.status], problems: problems.map { "going on: \($0)" })
        }

        /// Another set: what the killed run did is undone first, unless it was all done and healthy already.
        private static func goBack(
            _ site: SweepSite, _ point: SweepPoint, _ reference: SweepReference
        ) async throws -> SweepVerdict {
            let before = try await site.snapshot()
            let killed = try await site.program(.second, fault: point.fault)
            var problems = [-9, 0].contains(killed.status) ? [] : ["exit \(killed.status): \(killed.notes)"]
            let isCommitted = try await site.snapshot().isCommitted(since: before)
            let other = try await site.apply(.other)
            if other.status != .success { problems.append("\(other.status): \(other.notes)") }
            let found = try await site.snapshot()
            let wanted = try reference.snapshot(.other)
            problems += found.differences(from: isCommitted ? wanted.withoutForeigners() : wanted) + found.disorder()
            if problems.isEmpty, isCommitted { try await site.reset(to: .other) }
            return SweepVerdict(statuses: [killed.status], problems: problems.map { "going back: \($0)" })
        }

        @Test func `killed at any request of a rollback, the next run ends the rollback`() async throws {
            let reference = try await SweepReference.make()
            let sweep = Sweep("kill sweep of the rollback", SweepPoint.kills(reference.back))
            await sweep.run { site, point in
                let killed = try await site.program(.failing, fault: point.fault, from: "rolling-back")
                var problems = [-9, 3].contains(killed.status) ? [] : ["exit \(killed.status): \(killed.notes)"]
                let again = try await site.apply(.failing, retry: false)
                if ![.rolledBack, .refused].contains(again.status) {
                    problems.append("again: \(again.status): \(again.notes)")
                }
                let found = try await site.snapshot()
                problems += found.differences(from: try reference.snapshot(.first))
                problems += found.disorder(hasLocked: !again.writes.isEmpty)
                return SweepVerdict(statuses: [killed.status], problems: problems)
            }
        }

        @Test(arguments: SweepFaults.allCases)
        func `a failing request ends in a state that the exit code tells, and the next run converges`(
            faults: SweepFaults
        ) async throws {
            let reference = try await SweepReference.make()
            let sweep = Sweep("fault sweep, \(faults)", faults.points(reference.forward))
            await sweep.run { site, point in
                let before = try await site.snapshot()
                let ending = try await site.program(.second, fault: point.fault)
                let found = try await site.snapshot()
                var problems = try Self.judge(ending, found, before, reference)
                if ending.status != 0 || ending.isUntidy {
                    let next = try await site.apply(.second)
                    if next.status != .success { problems.append("the next run: \(next.status): \(next.notes)") }
                    let after = try await site.snapshot()
                    let disorder = after.disorder(hasLocked: !next.writes.isEmpty)
                    problems += (after.differences(from: try reference.snapshot(.second)) + disorder)
                        .map { "after the next run: \($0)" }
                }
                if problems.isEmpty {
                    try await site.reset(to: .first)
                } else {
                    problems.append("exit \(ending.status): \(ending.notes)")
                }
                return SweepVerdict(statuses: [ending.status], problems: problems)
            }
        }

        /// What does not fit to the exit code.
        private static func judge(
            _ ending: SweepProgram.Ending, _ found: SweepSnapshot, _ before: SweepSnapshot, _ reference: SweepReference
        ) throws -> [String] {
            // The request that failed may be the one that gives the lock back: the next run takes it from the dead process.
            let disorder = ending.isUntidy ? [] : found.disorder(hasLocked: false)
            return switch ending.status {
            case 0: found.differences(from: try reference.snapshot(.second)) + disorder
            case 3: found.differences(from: before, withRecord: !ending.isUntidy) + disorder
            case 1, 5:
                found.differences(from: before)
                    + (found.revisions == before.revisions
                        ? [] : ["revisions \(found.revisions), before \(before.revisions)"])
            case 4: ending.notes.isEmpty ? ["nothing tells what is left"] : []
            default: ["an exit code that is not documented"]
            }
        }
    }
}

extension SweepProgram.Ending {
    /// Whether it says that records were left for the next run to put in order.
    fileprivate var isUntidy: Bool { notes.contains("the records could not all be put in order") }
}
