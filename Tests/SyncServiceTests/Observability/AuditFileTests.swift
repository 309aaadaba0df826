import Foundation
import Resources
import Synchronization
import Testing

@testable import SyncService

struct AuditFileTests {
    private final class Reports: Sendable {
        private let list = Mutex<[Diagnostic]>([])
        var all: [Diagnostic] { list.withLock { $0 } }
        func add(_ diagnostic: Diagnostic) { list.withLock { $0.append(diagnostic) } }
    }

    private let scratch: Scratch
    private let reports = Reports()

    init() throws { scratch = try Scratch() }

    private func open(_ name: String = "audit", calls: AppendCalls = AppendCalls()) throws -> AuditFile {
        try AuditFile(path: name.hasPrefix("/") ? name : scratch.path(name), calls: calls, report: reports.add)
    }

    private func line(_ application: String) -> String { text(Fixture.entry(application).bytes) }

    @Test func `lines are added to those of earlier, in order, and only the owner can read them`() async throws {
        for application in ["a", "b"] {
            let file = try open()
            await file.append(Fixture.entry(application))
            await file.append(Fixture.entry(application + "2"))
        }
        #expect(try scratch.text("audit") == line("a") + line("a2") + line("b") + line("b2"))
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("audit"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(reports.all.isEmpty)
    }

    @Test func `many at once are all there, none torn`() async throws {
        let file = try open()
        await withTaskGroup { group in
            for number in 0..<50 { group.addTask { await file.append(Fixture.entry("app\(number)")) } }
        }
        let lines = try scratch.text("audit").split(separator: "\n").map { try Value(json: String($0)) }
        #expect(Set(lines.compactMap { $0["application"]?.string }) == Set((0..<50).map { "app\($0)" }))
    }

    @Test func `after logrotate has renamed the file, reopening goes on in a new one`() async throws {
        let file = try open()
        await file.append(Fixture.entry("a"))
        try FileManager.default.moveItem(atPath: scratch.path("audit"), toPath: scratch.path("audit.1"))
        await file.append(Fixture.entry("b"))
        await file.reopen()
        await file.append(Fixture.entry("c"))
        #expect(try scratch.text("audit.1") == line("a") + line("b"))
        #expect(try scratch.text("audit") == line("c"))
    }

    @Test func `where reopening fails, the old file stays in use`() async throws {
        let file = try open()
        try FileManager.default.moveItem(atPath: scratch.path("audit"), toPath: scratch.path("audit.1"))
        try FileManager.default.createDirectory(atPath: scratch.path("audit"), withIntermediateDirectories: false)
        await file.reopen()
        await file.append(Fixture.entry("a"))
        #expect(reports.all.map(\.code) == ["audit-file"])
        #expect(try scratch.text("audit.1") == line("a"))
    }

    @Test func `a path that can't be opened is told at once`() throws {
        #expect(throws: Diagnostic.self) { try open("none/audit") }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `each line that finds a full disk is reported`() async throws {
        let file = try open("/dev/full")
        await file.append(Fixture.entry("a"))
        await file.append(Fixture.entry("b"))
        #expect(reports.all.map(\.message) == Array(repeating: "the audit file /dev/full can't be written", count: 2))
        #expect(reports.all.map(\.causes) == Array(repeating: ["No space left on device"], count: 2))
    }

    /// Calls of a disk that has room for a number of bytes.
    private func disk(room: Int, canTruncate: Bool) -> (calls: AppendCalls, free: @Sendable () -> Void) {
        let left = Disk(room)
        var calls = AppendCalls()
        let write = calls.write
        let truncate = calls.truncate
        calls.write = { descriptor, bytes in
            let count = min(bytes.count, left.room.withLock { $0 })
            guard count > 0 else {
                errno = ENOSPC
                return -1
            }
            left.room.withLock { $0 -= count }
            return write(descriptor, bytes.prefix(count))
        }
        if !canTruncate { calls.truncate = { _, _ in -1 } } else { calls.truncate = truncate }
        return (calls, { left.room.withLock { $0 = 100_000 } })
    }

    private final class Disk: Sendable {
        let room: Mutex<Int>
        init(_ room: Int) { self.room = Mutex(room) }
    }

    @Test func `what a full disk took of a line is taken back, and the next line is whole`() async throws {
        let (calls, free) = disk(room: line("a").utf8.count + 10, canTruncate: true)
        let file = try open(calls: calls)
        for application in ["a", "b", "c"] { await file.append(Fixture.entry(application)) }
        #expect(try scratch.text("audit") == line("a"))
        #expect(reports.all.count == 2)
        free()
        await file.append(Fixture.entry("d"))
        #expect(try scratch.text("audit") == line("a") + line("d"))
    }

    @Test func `what can't be taken back ends before the next line begins`() async throws {
        let (calls, free) = disk(room: line("a").utf8.count + 10, canTruncate: false)
        let file = try open(calls: calls)
        for application in ["a", "b"] { await file.append(Fixture.entry(application)) }
        free()
        await file.append(Fixture.entry("c"))
        #expect(try scratch.text("audit") == line("a") + line("b").prefix(10) + "\n" + line("c"))
    }

    @Test func `a torn line of an earlier process ends before the next one begins`() async throws {
        try "{\"time\":".write(toFile: scratch.path("audit"), atomically: false, encoding: .utf8)
        let file = try open()
        await file.append(Fixture.entry("a"))
        await file.append(Fixture.entry("b"))
        #expect(try scratch.text("audit") == "{\"time\":\n" + line("a") + line("b"))
    }

    @Test func `what another process has written since is never taken back`() async throws {
        let path = scratch.path("audit")
        var calls = AppendCalls()
        let write = calls.write
        calls.write = { descriptor, bytes in
            let count = write(descriptor, bytes.prefix(5))
            guard let other = FileHandle(forWritingAtPath: path) else { return count }
            other.seekToEndOfFile()
            other.write(Data("other\n".utf8))
            return count
        }
        let file = try open(calls: calls)
        await file.append(Fixture.entry("a"))
        #expect(try scratch.text("audit") == line("a").prefix(5) + "other\n")
        #expect(reports.all.count == 1)
    }
}
