import Commands
import Glibc
import KubeClient
import TestSupport

/// The command line of `endstate`, with one of its requests to the API server failing as `Fault` says.
@main
enum EndstateTestFaults {
    static func main() async {
        var environment = CommandEnvironment.process()
        do {
            let script = try FaultScript(variables: environment.variables)
            environment.connect = { FaultTransport(try HTTPTransport($0, options: .patient), script: script) }
            environment.leaseTimes = .patient
        } catch {
            environment.terminal.notes("\(error)\n")
            exit(ExitStatus.usage.rawValue)
        }
        let status = await CommandLineTool.run(Array(CommandLine.arguments.dropFirst()), in: environment)
        exit(status.rawValue)
    }
}
