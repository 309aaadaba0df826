import Resources
import Subprocess
import SystemPackage

extension ExecPlugin {
    /// The most that a plugin may print.
    private static let outputLimit = 1 << 20

    /// Runs the program and reads its credential.
    /// - Throws: `KubeClientError` where it is missing, fails, takes longer than the timeout, or prints no credential.
    func run(timeout: Duration) async throws -> ExecCredential {
        let limit = isInteractive ? max(timeout, .seconds(600)) : timeout
        let output = try await withThrowingTaskGroup(of: [UInt8]?.self) { tasks in
            tasks.addTask { try await self.output() }
            tasks.addTask {
                // A real process is limited: no test can make its time pass faster.
                try await Task.sleep(for: limit)
                return nil
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? nil
        }
        guard let output else { throw error("has not ended within \(limit)") }
        return try credential(from: output)
    }

    private func output() async throws -> [UInt8] {
        do {
            return isInteractive ? try await outputWithTerminal() : try await outputAlone()
        } catch let failure as SubprocessError {
            try Task.checkCancellation()
            switch failure.code {
            case .executableNotFound: throw error("is not installed")
            case .outputLimitExceeded: throw error("has printed too much")
            default: throw error("can't be run", causes: ["\(failure)"])
            }
        }
    }

    /// Of the program's messages the last lines are told when it fails.
    private func outputAlone() async throws -> [UInt8] {
        let result = try await Subprocess.run(
            configuration,
            input: .none,
            output: .bytes(limit: Self.outputLimit),
            error: .bytes(limit: Self.outputLimit)
        )
        let lines = String(decoding: result.standardError, as: UTF8.self).split(whereSeparator: \.isNewline)
        try check(result.terminationStatus, causes: lines.suffix(5).map { Printable.escaped(String($0.prefix(300))) })
        return result.standardOutput
    }

    private func outputWithTerminal() async throws -> [UInt8] {
        let result = try await Subprocess.run(
            configuration,
            input: .currentStandardInput,
            output: .bytes(limit: Self.outputLimit),
            error: .currentStandardError
        )
        try check(result.terminationStatus, causes: [])
        return result.standardOutput
    }

    private var configuration: Configuration {
        var variables: [Environment.Key: String?] = ["KUBERNETES_EXEC_INFO": info.json]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            variables[key] = value
        }
        var options = PlatformOptions()
        if !isInteractive {
            // A group of its own, so that its children end with it. One that reads the terminal must stay in ours.
            options.processGroupID = 0
            options.teardownSequence = [
                .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
            ]
        }
        return Configuration(
            executable: command.contains("/") ? .path(FilePath(command)) : .name(command),
            arguments: Arguments(arguments),
            environment: .inherit.updating(variables),
            platformOptions: options
        )
    }

    private func check(_ status: TerminationStatus, causes: [String]) throws {
        if status.isSuccess { return }
        switch status {
        case .exited(let code): throw error("has failed with exit code \(code)", causes: causes)
        case .signaled(let signal): throw error("was ended by signal \(signal)", causes: causes)
        }
    }
}
