import Foundation
import Glibc
import Resources

/// A program that runs beside the measurement, whose lines are followed as they come.
final class ServerProcess {
    private let process = Process()
    private var output: AsyncStream<Data>.AsyncIterator
    /// What has come and is not told yet.
    private var pending = Data()

    /// Starts a program; standard output and standard error are followed as one.
    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        let pipe = Pipe()
        let (stream, chunk) = AsyncStream<Data>.makeStream()
        output = stream.makeAsyncIterator()
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if !data.isEmpty {
                chunk.yield(data)
                return
            }
            handle.readabilityHandler = nil
            chunk.finish()
        }
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
    }

    /// The next line.
    /// - Throws: `BenchmarkError` where the program has ended.
    func line() async throws -> String {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeSubrange(...end) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            guard let chunk = await output.next() else {
                throw BenchmarkError(description: "a server ended too early")
            }
            pending += chunk
        }
    }

    /// The next line that is JSON and has all these fields.
    func line(with fields: [String: Value]) async throws -> Value {
        while true {
            guard let value = try? Value(json: Array(try await line().utf8)) else { continue }
            if fields.allSatisfy({ value[$0.key] == $0.value }) { return value }
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// What of its memory is in RAM, in MiB (proc_pid_status(5), VmRSS).
    var residentMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }

    /// Of all its threads so far, in seconds (proc_pid_stat(5), utime and stime).
    var processorTime: Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        let fields = (stat.split(separator: ")").last ?? "").split(separator: " ")
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
