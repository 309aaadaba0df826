import Glibc
import Testing

@testable import Reconciler

struct LeaseProcessTests {
    private static let me = PlayedMachine.stat(50, start: 500)
    private static let mark = ProcessMark(bootID: "boot-1", namespaces: "pid:[1],time:[2]", pid: 40, startTime: 400)

    /// What the machine shows of process 40, and whether the one that started at 400 is certainly dead.
    @Test(
        arguments: [
            ("no such process", [:], true),
            ("the process", [40: PlayedMachine.stat(40, start: 400)], false),
            ("its number, given to a later process", [40: PlayedMachine.stat(40, start: 401)], true),
            ("a process that is hidden", [40: nil], false),
            ("a stat that can't be read", [40: "40 (endstate) S 1"], false),
            ("a name with parentheses", [40: PlayedMachine.stat(40, "a) Z (b)", start: 400)], false),
            ("a zombie", [40: PlayedMachine.stat(40, state: "Z", threads: 1, start: 400)], true),
            ("a zombie whose threads go on", [40: PlayedMachine.stat(40, state: "Z", threads: 2, start: 400)], false),
            ("a dead one", [40: PlayedMachine.stat(40, state: "X", threads: 0, start: 400)], true),
        ] as [(String, [Int32: String?], Bool)])
    func `a process is dead if the machine says so`(name: String, processes: [Int32: String?], isDead: Bool) throws {
        var machine = PlayedMachine()
        machine.processes.merge(processes) { $1 }
        let own = try #require(ProcessMark(of: machine.table))
        #expect(Self.mark.isCertainlyDead(seenBy: own, machine.table) == isDead)
    }

    @Test func `a process of another machine, another start of it or another namespace is never called dead`() throws {
        let table = PlayedMachine().table
        #expect(Self.mark.isCertainlyDead(seenBy: ProcessMark(of: table), table))
        #expect(!Self.mark.isCertainlyDead(seenBy: nil, table))
        let others = [PlayedMachine(boot: "boot-2"), PlayedMachine(namespace: "pid:[9]")]
        for machine in others {
            let own = try #require(ProcessMark(of: machine.table))
            #expect(!Self.mark.isCertainlyDead(seenBy: own, machine.table))
        }
    }

    @Test func `this process is alive to itself`() throws {
        let table = PlayedMachine().table
        let own = try #require(ProcessMark(of: table))
        #expect(own == ProcessMark(bootID: "boot-1", namespaces: "pid:[1],time:[2]", pid: 50, startTime: 500))
        #expect(!own.isCertainlyDead(seenBy: own, table))
    }

    @Test(arguments: ["Name:\tx\nNSpid:\t900\t50\n", "Name:\tx\n", "NSpid:\n"])
    func `a view of processes that is not this namespace's own is not used`(status: String) {
        #expect(ProcessMark(of: PlayedMachine(status: status).table) == nil)
    }

    @Test func `this very machine tells about this very process`() throws {
        let own = try #require(ProcessMark(of: .system))
        #expect(own.pid == getpid())
        #expect(own.startTime > 0)
        #expect(!own.isCertainlyDead(seenBy: own, .system))
        let earlier = ProcessMark(
            bootID: own.bootID, namespaces: own.namespaces, pid: own.pid, startTime: own.startTime - 1)
        #expect(earlier.isCertainlyDead(seenBy: own, .system))
    }

    @Test(
        arguments: [
            ("boot-1 pid:[1],time:[2] 40 400 ann@ci/40-1 x", "ann@ci/40-1 x", true),
            ("boot-1 pid:[1],time:[2] 40 400 ann@ci/40-1", "bob@ci/41-1", false),
            ("boot-1 pid:[1],time:[2] 0 400 a", "a", false),
            ("boot-1 pid:[1],time:[2] -1 400 a", "a", false),
            ("boot-1 pid:[1],time:[2] 99999999999 400 a", "a", false),
            ("boot-1 pid:[1],time:[2] 40 a", "a", false),
            ("", "", false),
        ])
    func `the annotation is read only if it is about the holder`(text: String, holder: String, isRead: Bool) {
        let mark = ProcessMark(text, of: holder)
        #expect(mark == (isRead ? Self.mark : nil))
        if isRead { #expect(mark?.text(for: holder) == text) }
    }
}
