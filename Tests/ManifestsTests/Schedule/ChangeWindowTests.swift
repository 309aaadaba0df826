import FoundationEssentials
import Manifests
import Testing

@Suite struct ChangeWindowTests {
    private func window(_ cron: String, _ hours: Int, in name: String = "UTC") throws -> ChangeWindow {
        ChangeWindow(cron: try CronExpression(cron), duration: .seconds(hours * 3600), timeZone: try zone(name))
    }

    @Test(arguments: [
        ("2026-03-02T08:59:59Z", false), ("2026-03-02T09:00:00Z", true), ("2026-03-02T11:59:59Z", true),
        ("2026-03-02T12:00:00Z", false), ("2026-03-01T10:00:00Z", false),
    ])
    func `a window is open from its opening up to its end`(time: String, isOpen: Bool) throws {
        #expect(try window("0 9 * * mon-fri", 3).isOpen(at: moment(time)) == isOpen)
    }

    @Test func `a window lasts as long as it says when clocks change`() throws {
        // 29 March 2026, 1:00 in Berlin, three hours of which one is skipped.
        let window = try window("0 1 * * sun", 3, in: "Europe/Berlin")
        #expect(try window.isOpen(at: moment("2026-03-29T02:59:59Z")))
        #expect(try !window.isOpen(at: moment("2026-03-29T03:00:00Z")))
    }

    @Test func `without windows changes are always allowed`() throws {
        let windows: [ChangeWindow] = []
        let time = try moment("2026-03-02T08:00:00Z")
        #expect(windows.isOpen(at: time))
        #expect(windows.nextOpening(after: time) == nil)
        #expect(windows.closing(after: time) == nil)
    }

    @Test func `one of several windows is enough, and those that meet are one`() throws {
        let windows = [try window("0 9 * * *", 3), try window("0 11 * * *", 2), try window("0 13 * * *", 1)]
        #expect(try windows.isOpen(at: moment("2026-03-02T12:30:00Z")))
        #expect(try !windows.isOpen(at: moment("2026-03-02T14:00:00Z")))
        #expect(try windows.closing(after: moment("2026-03-02T09:30:00Z")) == moment("2026-03-02T14:00:00Z"))
        #expect(try windows.closing(after: moment("2026-03-02T14:00:00Z")) == nil)
        #expect(try windows.nextOpening(after: moment("2026-03-02T14:00:00Z")) == moment("2026-03-03T09:00:00Z"))
        #expect(try windows.nextOpening(after: moment("2026-03-02T09:00:00Z")) == moment("2026-03-02T11:00:00Z"))
    }

    @Test func `a window that opens again before it ends stays open`() throws {
        let time = try moment("2026-03-02T09:30:00Z")
        #expect(try [window("0 9-11 * * *", 2)].closing(after: time) == moment("2026-03-02T13:00:00Z"))
        #expect(try [window("0 0 * * *", 24)].closing(after: time) == nil)
        #expect(try [window("0 0 31 2 *", 24)].nextOpening(after: time) == nil)
    }
}
