/// One process among all that ever ran on any machine, so that another run on the same machine can tell that it is dead.
package struct ProcessMark: Hashable, Sendable {
    /// The kernel's id of this start of the machine.
    package let bootID: String
    /// The namespaces that give process numbers and start times their meaning.
    package let namespaces: String
    package let pid: Int32
    /// In clock ticks since the machine started.
    package let startTime: UInt64

    package init(bootID: String, namespaces: String, pid: Int32, startTime: UInt64) {
        self.bootID = bootID
        self.namespaces = namespaces
        self.pid = pid
        self.startTime = startTime
    }

    /// This process; nil where the machine does not tell all of it.
    package init?(of processes: ProcessTable) {
        guard let boot = processes.text("/proc/sys/kernel/random/boot_id")?.trimmed, !boot.isEmpty,
            let namespace = processes.link("/proc/self/ns/pid"),
            let status = processes.text("/proc/self/status"), Self.isOwnView(status),
            let stat = processes.text("/proc/self/stat").flatMap(ProcessStat.init)
        else { return nil }
        // Only newer kernels have namespaces of time.
        let time = processes.link("/proc/self/ns/time") ?? ""
        self.init(bootID: boot, namespaces: namespace + "," + time, pid: stat.pid, startTime: stat.startTime)
    }

    /// Whether `/proc` shows the process numbers of this process' own namespace: seen from an outer one, `NSpid` lists a
    /// number for each namespace in between.
    private static func isOwnView(_ status: String) -> Bool {
        let line = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
        return line?.split(whereSeparator: \.isWhitespace).count == 2
    }

    /// Whether this process has certainly ended, as the process `own` sees it; false where that can't be known.
    package func isCertainlyDead(seenBy own: ProcessMark?, _ processes: ProcessTable) -> Bool {
        guard let own, own.bootID == bootID, own.namespaces == namespaces else { return false }
        // A process of another user may be hidden from `/proc`.
        guard processes.exists(pid) else { return true }
        guard let stat = processes.text("/proc/\(pid)/stat").flatMap(ProcessStat.init) else { return false }
        return stat.startTime != startTime || stat.isOver
    }
}

extension ProcessMark {
    /// The annotation of a lease that tells which process holds it.
    static let annotation = "endstate.dev/process"

    /// The annotation's value. It names the holder, too: another program that takes the lease may leave the annotation.
    func text(for holder: String) -> String { "\(bootID) \(namespaces) \(pid) \(startTime) \(holder)" }

    /// - Parameter holder: Whom the annotation must be about.
    init?(_ text: String, of holder: String) {
        let parts = text.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[4] == holder, let pid = Int32(parts[2]), pid > 0, let start = UInt64(parts[3])
        else { return nil }
        self.init(bootID: parts[0], namespaces: parts[1], pid: pid, startTime: start)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
