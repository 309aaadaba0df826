internal import FoundationEssentials
internal import Glibc

/// What this machine tells of its processes; tests give their own.
package struct ProcessTable: Sendable {
    /// The text of a file; nil where it can't be read.
    let text: @Sendable (String) -> String?
    /// Where a symbolic link leads; nil where it can't be read.
    let link: @Sendable (String) -> String?
    /// Whether there is a process of this number, be it visible in `/proc` or not.
    let exists: @Sendable (Int32) -> Bool

    package init(
        text: @escaping @Sendable (String) -> String?,
        link: @escaping @Sendable (String) -> String?,
        exists: @escaping @Sendable (Int32) -> Bool
    ) {
        self.text = text
        self.link = link
        self.exists = exists
    }

    /// The machine's own, by proc(5) and kill(2).
    package static let system = ProcessTable(
        text: { path in
            // A program's name, which is in these files, need be no UTF-8.
            (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
        },
        link: { try? FileManager.default.destinationOfSymbolicLink(atPath: $0) },
        exists: { kill($0, 0) == 0 || errno != ESRCH }
    )
}

/// What `/proc/PID/stat` tells of a process (proc_pid_stat(5)).
struct ProcessStat: Hashable {
    let pid: Int32
    let state: String
    let threads: Int
    /// In clock ticks since the machine started.
    let startTime: UInt64

    init?(_ text: String) {
        // The second field is the program's name in parentheses, and may hold spaces and parentheses itself.
        guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else { return nil }
        let rest = text[text.index(after: close)...].split(whereSeparator: \.isWhitespace)
        guard rest.count >= 20, let pid = Int32(text[..<open].filter { !$0.isWhitespace }),
            let threads = Int(rest[17]), let startTime = UInt64(rest[19])
        else { return nil }
        self.pid = pid
        self.state = String(rest[0])
        self.threads = threads
        self.startTime = startTime
    }

    /// Whether the process has ended, and only its parent has not asked how yet. A zombie with threads is none: there only
    /// the main thread has ended.
    var isOver: Bool { state == "Z" && threads <= 1 || state.uppercased() == "X" }
}
