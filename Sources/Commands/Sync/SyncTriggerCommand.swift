internal import ArgumentParser
internal import FoundationEssentials
internal import Manifests
internal import Resources
internal import SyncService

struct SyncTriggerCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Have a running endstate sync reconcile an application now, also what has failed or stopped."
    )

    @Argument(help: "The application's name.") var name: String
    @Option(help: "The address of the server. Default: ENDSTATE_SYNC_SERVER, else http://127.0.0.1:8080.")
    var server: String?
    @Option(
        help: ArgumentHelp(
            "A file with the server's API token. Default: ENDSTATE_API_TOKEN, else none.", valueName: "file"))
    var tokenFile: String?

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        let address = server ?? environment.variables["ENDSTATE_SYNC_SERVER"] ?? "http://127.0.0.1:8080"
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw ValidationError("The server's address has to be one like http://127.0.0.1:8080.")
        }
        let token =
            try tokenFile.map { String(decoding: try environment.file($0).bytes, as: UTF8.self) }
            ?? environment.variables["ENDSTATE_API_TOKEN"]
        try await SyncClient(address: address, token: token).trigger(name)
        environment.terminal.output("\(name) is looked at now\n")
        return .success
    }
}
