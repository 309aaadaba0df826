import Foundation
import Subprocess
import SystemPackage
import Testing

/// Runs a built program as a process whose requests can be made to fail; see `FaultScript`.
struct SweepProgram {
    var name = "endstate-test-faults"
    let workspace: Workspace
    var kubeconfig: String? = Cluster.kubeconfig
    /// Such as `17:kill-after`.
    var fault: String?
    /// The text with which the counting begins.
    var start: String?

    struct Ending {
        /// The exit code, or minus the signal that killed it.
        let status: Int32
        /// What it wrote to standard error.
        let notes: String
        /// `METHOD PATH` of each request that counts.
        let requests: [String]
    }

    func run(_ arguments: [String]) async throws -> Ending {
        let directory = URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        let list = workspace.path + "-requests-\(UInt32.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: list) }
        var variables = ["HOME": workspace.path, "KUBECONFIG": kubeconfig ?? "", "ENDSTATE_TEST_REQUESTS": list]
        variables["ENDSTATE_TEST_FAULT"] = fault
        variables["ENDSTATE_TEST_COUNT_FROM"] = start
        let environment = variables.reduce(into: [Environment.Key: String]()) { result, variable in
            if let key = Environment.Key(rawValue: variable.key) { result[key] = variable.value }
        }
        let result = try await Subprocess.run(
            .path(FilePath(directory.appending(path: name).path)),
            arguments: Arguments(arguments),
            environment: .custom(environment),
            workingDirectory: FilePath(workspace.path),
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): -signal
            }
        return Ending(status: status, notes: result.standardError, requests: Self.requests(in: list))
    }

    private static func requests(in list: String) -> [String] {
        guard let text = try? String(contentsOfFile: list, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            line.firstIndex(of: " ").map { String(line[line.index(after: $0)...]) }
        }
    }
}
