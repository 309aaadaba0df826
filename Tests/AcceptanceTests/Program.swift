import Foundation
import Subprocess
import Synchronization
import SystemPackage
import Testing

/// Runs the built program as a process.
struct Program {
    let arguments: [String]
    let workspace: Workspace

    /// How a process ended: its exit code, or minus the signal that killed it.
    struct Ending {
        let status: Int32
        /// What it wrote to standard error.
        let lines: [String]
    }

    init(_ arguments: [String], in workspace: Workspace) throws {
        self.arguments = arguments
        self.workspace = workspace
    }

    /// Beside the tests' own executable, where the package manager builds it.
    private static var path: String {
        let directory = URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        return directory.appending(path: "endstate").path
    }

    /// Runs it to its end.
    /// - Parameter signal: Which signal it is sent after a line of standard error, if any.
    func run(_ signal: @Sendable (String) -> Int32?) async throws -> Ending {
        try #require(FileManager.default.isExecutableFile(atPath: Self.path), "there is no \(Self.path)")
        let configuration = Configuration(
            executable: .path(FilePath(Self.path)),
            arguments: Arguments(arguments),
            environment: .custom(["HOME": workspace.path, "KUBECONFIG": Cluster.kubeconfig]),
            workingDirectory: FilePath(workspace.path)
        )
        let result = try await Subprocess.run(configuration, input: .none, output: .discarded, error: .sequence) {
            execution in
            var lines: [String] = []
            for try await line in execution.standardError.strings() {
                lines.append(line)
                if let signal = signal(line) { kill(execution.processIdentifier.value, signal) }
            }
            return lines
        }
        return Ending(status: Self.code(result.terminationStatus), lines: result.closureResult)
    }

    private static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): -signal
        }
    }
}

/// Counts lines up to a number.
final class LineCounter: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) {
        left = Mutex(count)
    }

    /// Whether this is the line.
    func isReached() -> Bool {
        left.withLock {
            $0 -= 1
            return $0 == 0
        }
    }
}
