import Foundation
import Glibc

/// How a program ran.
struct Measurement {
    let seconds: Double
    let status: Int32
    /// The most memory that it had, in MiB.
    let peakMemory: Int
    let errors: String
}

/// Runs programs and measures them.
struct Programs {
    let directory: String
    let environment: [String: String]

    /// The program's path; nil where it is not installed.
    func path(of name: String) -> String? {
        if name.contains("/") { return name }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end; its output goes to files, so that no pipe holds it up.
    func run(_ program: String, _ arguments: [String]) throws -> Measurement {
        let errors = directory + "/errors.txt"
        FileManager.default.createFile(atPath: errors, contents: nil)
        let process = Process()
        process.executableURL = URL(filePath: path(of: program) ?? program)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: errors)
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        let memory = PeakMemory(process.processIdentifier)
        process.waitUntilExit()
        let elapsed = start.duration(to: clock.now)
        return Measurement(
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
            status: process.terminationStatus,
            peakMemory: memory.stop(),
            errors: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        )
    }
}

/// Reads a process's high-water mark of memory until it ends.
private final class PeakMemory: Sendable {
    private let thread: Thread
    private let state = State()

    private final class State: @unchecked Sendable {  // guarded by its lock
        private let lock = NSLock()
        private var peak = 0
        private var isStopped = false

        func note(_ value: Int) { lock.withLock { peak = max(peak, value) } }
        func stop() -> Int {
            lock.withLock {
                isStopped = true
                return peak
            }
        }
        var goesOn: Bool { lock.withLock { !isStopped } }
    }

    init(_ process: Int32) {
        let state = state
        thread = Thread {
            while state.goesOn {
                guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return }
                let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
                if let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) {
                    state.note(kilobytes / 1024)
                }
                usleep(5000)
            }
        }
        thread.start()
    }

    func stop() -> Int { state.stop() }
}
