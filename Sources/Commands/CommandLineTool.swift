internal import ArgumentParser
internal import Glibc

/// The program: from arguments to an exit code.
package enum CommandLineTool {
    /// Runs this process's command line and exits.
    package static func main() async {
        var environment = CommandEnvironment.process()
        let arguments = Array(CommandLine.arguments.dropFirst())
        let (hangups, hangup) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        environment.hangups = hangups
        // A service reads its configuration again at what ends other programs with their terminal, and has a log of its own.
        let isService = arguments.first == SyncCommand.configuration.commandName
        let onHangup: @Sendable () -> Void = { hangup.yield() }
        let (result, signal) = await Interruption.run(
            isService ? nil : environment.terminal, onHangup: isService ? onHangup : nil
        ) { [environment] in
            await run(arguments, in: environment)
        }
        let status = (try? result.get()) ?? .failure
        switch signal {
        case SIGINT where status != .success: exit(ExitStatus.interrupted.rawValue)
        case SIGTERM where status != .success, SIGHUP where status != .success: exit(ExitStatus.terminated.rawValue)
        default: exit(status.rawValue)
        }
    }

    /// Runs a command line, and tells errors on the terminal.
    package static func run(_ arguments: [String], in environment: CommandEnvironment) async -> ExitStatus {
        do {
            var command = try EndstateCommand.parseAsRoot(arguments)
            guard let verb = command as? any Verb else {
                // The program without a verb, and its help, run by throwing the text that they have to show.
                try command.run()
                return .success
            }
            return OutputLoss.status(await run(verb, in: environment), environment.terminal)
        } catch {
            return tellUsage(error, environment.terminal)
        }
    }

    private static func run(_ verb: any Verb, in environment: CommandEnvironment) async -> ExitStatus {
        let terminal = environment.terminal
        do {
            return try await verb.run(in: environment)
        } catch let error as ValidationError {
            terminal.notes(usage(of: type(of: verb), error))
            return .usage
        } catch {
            terminal.notes(ErrorReport.text(of: error, style: terminal.notesStyle))
            return ErrorReport.status(of: error)
        }
    }

    /// What is wrong with a verb's command line, as the parser words what it finds itself.
    private static func usage(of verb: any ParsableCommand.Type, _ error: ValidationError) -> String {
        let usage = EndstateCommand.usageString(for: verb)
        let name = "endstate \(verb.configuration.commandName ?? "")"
        return "Error: \(error.message)\nUsage: \(usage)\n  See '\(name) --help' for more information.\n"
    }

    /// Help and the version go to the output; what is wrong with the command line goes to the notes.
    private static func tellUsage(_ error: any Error, _ terminal: Terminal) -> ExitStatus {
        let text = EndstateCommand.fullMessage(for: error) + "\n"
        if EndstateCommand.exitCode(for: error).isSuccess {
            terminal.output(text)
            return .success
        }
        terminal.notes(text)
        return .usage
    }
}

/// One verb of the command line.
protocol Verb: ParsableCommand {
    /// - Throws: Anything that `ErrorReport` can tell.
    func run(in environment: CommandEnvironment) async throws -> ExitStatus
}

struct EndstateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endstate",
        abstract: "Keeps Kubernetes clusters at the end state that a git repository declares.",
        discussion: """
            SOURCE is a directory (by default the current one, uncommitted files included), or a git repository at one \
            commit: --repo URL --revision BRANCH|TAG|COMMIT [--path DIR].

            Exit codes: 0 done, or nothing to do; 1 error, nothing was written; 2 diff and plan: there are changes; \
            3 failed and rolled back; 4 failed and not back where it was; 5 refused by a guardrail, nothing was \
            written; 64 usage; 130 and 143 interrupted, closed cleanly.
            """,
        version: Version.current,
        subcommands: [
            ValidateCommand.self, RenderCommand.self, DiffCommand.self, PlanCommand.self, ApplyCommand.self,
            RollbackCommand.self, StatusCommand.self, HistoryCommand.self, GraphCommand.self, DeleteCommand.self,
            RehearseCommand.self, SandboxCommand.self, SyncCommand.self,
        ]
    )
}
