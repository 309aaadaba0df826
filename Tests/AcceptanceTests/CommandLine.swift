import Commands
import Foundation
import KubeClient
import Synchronization
import TestSupport
import Testing

/// What a command line wrote and how it ended.
struct Ending {
    let status: Commands.ExitStatus
    let output: String
    let notes: String
    /// Method and path with query of each request, in order.
    let requests: [String]

    /// The requests that change something in the cluster.
    var writes: [String] {
        requests.filter { !$0.hasPrefix("GET ") && !$0.contains("dryRun=All") && !$0.contains("selfsubject") }
    }

    /// The requests that belong to no discovery, no OpenAPI document and no version.
    var objectRequests: [String] {
        requests.filter { request in
            !["GET /version", "GET /api?", "GET /apis?", "GET /openapi"].contains { (request + "?").hasPrefix($0) }
                && !isDiscovery(request)
        }
    }

    /// `/api/v1` and `/apis/GROUP/VERSION` without anything behind.
    private func isDiscovery(_ request: String) -> Bool {
        let path = request.dropFirst(4).split(separator: "?")[0].split(separator: "/")
        return path.first == "api" && path.count <= 2 || path.first == "apis" && path.count <= 3
    }
}

/// A directory of manifests that command lines are run on.
final class Workspace: Sendable {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = NSTemporaryDirectory() + "endstate-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        let file = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    /// Runs git in the directory, with no configuration of this machine.
    func git(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", path] + arguments
        process.environment = [
            "PATH": Cluster.variables["PATH"] ?? "/usr/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Runs `endstate` in the directory, as a person or a pipeline would, with `--kubeconfig` added where it is known.
    func endstate(_ arguments: String...) async -> Ending {
        await run(arguments, kubeconfig: Cluster.kubeconfig)
    }

    func run(_ arguments: [String], kubeconfig: String?) async -> Ending {
        let output = Mutex("")
        let notes = Mutex("")
        let requests = Mutex<[String]>([])
        var variables = ["HOME": path, "PATH": Cluster.variables["PATH"] ?? ""]
        variables["KUBECONFIG"] = kubeconfig
        var environment = CommandEnvironment(
            variables: variables,
            currentDirectory: path,
            terminal: Terminal(
                output: { text in output.withLock { $0 += text } },
                notes: { text in notes.withLock { $0 += text } }
            ),
            connect: { configuration in
                RecordingTransport(try HTTPTransport(configuration, options: .patient)) { request in
                    requests.withLock { $0.append(request) }
                }
            }
        )
        environment.leaseTimes = .patient
        let status = await CommandLineTool.run(arguments, in: environment)
        return Ending(
            status: status,
            output: output.withLock { $0 },
            notes: notes.withLock { $0 },
            requests: requests.withLock { $0 }
        )
    }
}

/// Passes requests on and tells them.
private struct RecordingTransport: Transport {
    private let transport: any Transport
    private let record: @Sendable (String) -> Void

    init(_ transport: any Transport, record: @escaping @Sendable (String) -> Void) {
        self.transport = transport
        self.record = record
    }

    var server: String { transport.server }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        record("\(request.method.rawValue) \(request.path)")
        return try await transport.send(request)
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        record("\(request.method.rawValue) \(request.path)")
        return try await transport.stream(request)
    }

    func shutdown() async {
        await transport.shutdown()
    }
}
