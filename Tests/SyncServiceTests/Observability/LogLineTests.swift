import Foundation
import Resources
import Testing

@testable import SyncService

struct LogLineTests {
    @Test func `a line has its fields in order, without those that it is not about`() {
        var line = LogLine(.info, "applied", at: Fixture.time, run: Fixture.run, application: "shop")
        line.object = Fixture.deployment
        line.details = ["seconds": 1.5, "attempt": 2].mapValues { Value($0) }
        #expect(
            text(line.bytes) == """
                {"time":"2026-01-02T03:04:05.250Z","level":"info","message":"applied","run":"01kdyak3c2000001",\
                "application":"shop","object":{"group":"apps","kind":"Deployment","name":"web","namespace":"shop"},\
                "attempt":2,"seconds":1.5}

                """)
        #expect(
            text(LogLine(.debug, "starts", at: Fixture.time).bytes) == """
                {"time":"2026-01-02T03:04:05.250Z","level":"debug","message":"starts"}

                """)
    }

    @Test func `a diagnostic tells everything`() {
        let diagnostic = Diagnostic(
            .warning, code: "git-fetch", "no answer", at: SourceLocation(file: "a.yaml", line: 1, column: 2),
            causes: ["timeout"], hint: "try again")
        #expect(
            text(LogLine(diagnostic, at: Fixture.time).bytes) == """
                {"time":"2026-01-02T03:04:05.250Z","level":"warning","message":"no answer","code":"git-fetch",\
                "causes":["timeout"],"hint":"try again","location":"a.yaml:1:2"}

                """)
    }

    @Test(arguments: [
        "a\nb", "\u{1B}[31mred", "\u{202E}gpj", "\u{9B}0m", "\u{2028}", "\u{E0001}", "quote \" and \\", "é 漢 🙂",
        "\u{0}",
    ])
    func `no text leaves its line or reaches the terminal, and all of it can be read back`(message: String) throws {
        let bytes = LogLine(.error, message, at: Fixture.time).bytes
        let line = text(bytes).dropLast()
        #expect(bytes.last == UInt8(ascii: "\n"))
        #expect(line.unicodeScalars.allSatisfy(Printable.isSafe))
        #expect(try Value(json: String(line))["message"]?.string == message)
    }

    @Test func `levels have an order`() {
        #expect(LogLine.Level.allCases.sorted() == [.debug, .info, .warning, .error])
    }
}

struct RunIDTests {
    @Test(arguments: [
        (0.0, UInt32(0), "0000000000000000"), (0.001, 1, "0000000001000001"),
        (1_767_323_045.25, 31, "01kdyak3c200000z"),
        (0.032, .max, "0000000010zzzzzz"), (-5, 0, "0000000000000000"),
    ])
    func `it is the time and something random`(seconds: Double, random: UInt32, text: String) {
        #expect(RunID(now: Date(timeIntervalSince1970: seconds), random: random).text == text)
    }

    @Test func `later runs sort after earlier ones`() {
        let times = stride(from: 1_700_000_000.0, through: 5_000_000_000, by: 99_999_999.5)
        let runs = times.map { RunID(now: Date(timeIntervalSince1970: $0)) }
        #expect(runs == runs.sorted())
        #expect(runs.map(\.text) == runs.map(\.text).sorted())
        #expect(runs.allSatisfy { $0.text.utf8.count == 16 })
    }

    @Test func `runs of the same moment differ`() {
        #expect(Set((0..<100).map { _ in RunID(now: Fixture.time) }).count > 90)
    }
}
