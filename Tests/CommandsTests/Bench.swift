import Commands
import Foundation
import KubeClient
import Reconciler
import Synchronization
import TestSupport
import Testing

/// Runs command lines in a directory of their own, without a cluster unless one is played.
final class Bench: Sendable {
    struct Ending {
        let status: Commands.ExitStatus
        let output: String
        let notes: String
        /// Whether a cluster was asked for.
        let connected: Bool

        /// The output with each plan's digest as `DIGEST`.
        var shown: String {
            output.replacing(/(?m)^plan [0-9a-f]{12}$/, with: "plan DIGEST")
        }
    }

    let path: String

    init(_ files: [String: [UInt8]]) throws {
        path = NSTemporaryDirectory() + "endstate-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/app", withIntermediateDirectories: true)
        for (name, bytes) in files { try write(bytes, to: name) }
    }

    convenience init(_ files: [String: String]) throws {
        try self.init(files.mapValues { Array($0.utf8) })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var app: String { path + "/app" }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: "\(app)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// - Parameter transport: Plays the cluster; without one, asking for a cluster fails.
    func endstate(_ arguments: String..., transport: (any Transport)? = nil) async -> Ending {
        await run(arguments, transport: transport)
    }

    /// - Parameters:
    ///   - variables: Besides `HOME` and `KUBECONFIG`, or instead of them.
    ///   - directory: The current one, instead of `app`.
    ///   - readLine: What a person types who sits before the terminal; without it, nobody does.
    ///   - outputLoss: Why output is lost.
    func run(
        _ arguments: [String], transport: (any Transport)? = nil, variables: [String: String] = [:],
        directory: String? = nil, readLine: (@Sendable () -> String?)? = nil, outputLoss: Int32? = nil,
        clock: any Clock<Duration> = ContinuousClock(), redrawsOutput: Bool = false
    ) async -> Ending {
        let output = Mutex("")
        let notes = Mutex("")
        let connected = Mutex(false)
        var environment = CommandEnvironment(
            variables: ["HOME": path, "KUBECONFIG": path + "/kubeconfig"].merging(variables) { $1 },
            currentDirectory: directory ?? app,
            terminal: Terminal(
                output: { text in output.withLock { $0 += text } },
                notes: { text in notes.withLock { $0 += text } },
                readLine: readLine ?? { nil },
                isInteractive: readLine != nil,
                redrawsOutput: redrawsOutput,
                outputLoss: { outputLoss }
            ),
            clock: clock,
            now: { Date(timeIntervalSince1970: 1_800_000_000) },
            holder: LockHolder(user: "ann", host: "desk", pid: 1),
            connect: { _ in
                connected.withLock { $0 = true }
                guard let transport else { throw FakeTransportError(unexpected: "a cluster") }
                return transport
            }
        )
        environment.leaseClock = StillClock()
        let status = await CommandLineTool.run(arguments, in: environment)
        return Ending(
            status: status,
            output: output.withLock { $0 },
            notes: notes.withLock { $0 },
            connected: connected.withLock { $0 }
        )
    }

    /// Runs git in `app/repository`.
    func git(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(filePath: app + "/repository")
        process.environment = ["HOME": path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git \(arguments.joined(separator: " "))")
    }

    func useKubeconfig(_ text: String = Bench.kubeconfig) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/kubeconfig"))
    }

    static let kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
          - name: test
            context: {cluster: test, user: test}
        clusters:
          - name: test
            cluster: {server: "https://127.0.0.1:1"}
        users:
          - name: test
            user: {token: t0ken}
        """
}
