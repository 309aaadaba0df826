package import FoundationEssentials
package import KubeClient

/// What a verb may use of the world around the process; tests hand in their own.
package struct CommandEnvironment: Sendable {
    package var variables: [String: String]
    package var currentDirectory: String
    package var terminal: Terminal
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Date
    /// Opens the way to a cluster.
    package var connect: @Sendable (ClusterConfiguration) throws -> any Transport

    package init(
        variables: [String: String],
        currentDirectory: String,
        terminal: Terminal,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        connect: @escaping @Sendable (ClusterConfiguration) throws -> any Transport = { try HTTPTransport($0) }
    ) {
        self.variables = variables
        self.currentDirectory = currentDirectory
        self.terminal = terminal
        self.clock = clock
        self.now = now
        self.connect = connect
    }

    /// The environment of this process.
    package static func process() -> CommandEnvironment {
        let variables = ProcessInfo.processInfo.environment
        return CommandEnvironment(
            variables: variables,
            currentDirectory: FileManager.default.currentDirectoryPath,
            terminal: Terminal.standard(variables: variables)
        )
    }
}
