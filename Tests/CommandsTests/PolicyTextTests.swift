import Placement
import Resources
import Testing

@testable import Commands

@Suite struct PolicyTextTests {
    private static func verdict(
        _ mode: PlacementPolicy.Mode, _ outcome: PolicyVerdict.Outcome, _ findings: [String] = []
    ) -> PolicyVerdict {
        let policy = PlacementPolicy(
            name: "room", mode: mode, rule: .isolate(label: "a", topologyKey: "b"),
            location: SourceLocation(file: "p.yaml", line: 1, column: 1))
        return PolicyVerdict(policy, outcome, findings: findings)
    }

    @Test(arguments: [
        (verdict(.check, .kept), ["room (isolate): kept"]),
        (verdict(.enforce, .kept), ["room (isolate, enforced): kept"]),
        (
            verdict(.check, .open, ["nothing keeps a apart from b"]),
            ["room (isolate): kept in a trial run, but nothing assures it", "    nothing keeps a apart from b"]
        ),
        (verdict(.check, .broken, ["\u{1b}[31ma"]), ["room (isolate): broken in a trial run", "    \\u{1B}[31ma"]),
        (verdict(.check, .unknown), ["room (isolate): unknown"]),
        (verdict(.check, .unconcerned), ["room (isolate): about none of the workloads that change"]),
    ])
    func `a policy has a line, and below it what speaks against it`(verdict: PolicyVerdict, lines: [String]) {
        #expect(PolicyText.lines([verdict]) == lines)
    }

    @Test func `of many findings the first are shown`() {
        let lines = PolicyText.lines([Self.verdict(.check, .broken, (1...12).map { "finding \($0)" })])
        #expect(lines.count == 12)
        #expect(lines.suffix(2) == ["    finding 10", "    and 2 more"])
    }
}
