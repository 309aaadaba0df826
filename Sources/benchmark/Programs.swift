import Foundation
import Glibc

/// How a program ran.
struct Measurement {
    let seconds: Double
    let status: Int32
    /// The most memory that it or a program before it had, in MiB.
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
        try Data().write(to: URL(filePath: errors))
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
        process.waitUntilExit()
        let elapsed = start.duration(to: clock.now)
        return Measurement(
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
            status: process.terminationStatus,
            peakMemory: Self.childrenPeakMemory(),
            errors: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        )
    }

    private static func childrenPeakMemory() -> Int {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return usage.ru_maxrss / 1024
    }
}
