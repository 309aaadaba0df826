internal import Resources

/// Who wants a lock: a person on a machine, in a process.
package struct LockHolder: Sendable {
    let user: String
    let host: String
    let pid: Int32
    /// The process as others on the machine can look for it; nil where the machine does not tell.
    let mark: ProcessMark?
    let processes: ProcessTable
    /// The process that led before this one does, which may write nothing any more, whatever leases it still holds; nil where
    /// none did, or that is not known.
    package var predecessor: ProcessMark?
    private let random: @Sendable () -> UInt32

    package init(
        user: String,
        host: String,
        pid: Int32,
        processes: ProcessTable = .system,
        random: @escaping @Sendable () -> UInt32 = { UInt32.random(in: 0...UInt32.max) }
    ) {
        self.user = user
        self.host = host
        self.pid = pid
        self.mark = ProcessMark(of: processes)
        self.processes = processes
        self.random = random
    }

    /// The person and the machine, as records name them: `USER@HOST`.
    package var person: String { "\(user)@\(host)" }

    /// The name under which a lease is held, another one each time: `USER@HOST/PID-RANDOM`.
    func newIdentity() -> String {
        let digits = String(random(), radix: 16)
        let suffix = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        return Printable.escaped("\(user)@\(host)/\(pid)-\(suffix)")
    }
}
