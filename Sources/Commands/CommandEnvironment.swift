package import FoundationEssentials
internal import Glibc
package import KubeClient
internal import Manifests
internal import Resources

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

extension CommandEnvironment {
    /// The path as it is from the root of the file system.
    /// - Throws: Where the current directory is needed and does not exist any more.
    func absolute(_ path: String) throws(Diagnostic) -> String {
        if path.hasPrefix("/") { return path }
        guard !currentDirectory.isEmpty else {
            throw Diagnostic(
                code: "no-current-directory",
                "the current directory does not exist any more, and \(path) is relative to it",
                hint: "change to another directory, or name a path that begins with /")
        }
        return currentDirectory + "/" + path
    }

    /// A file that the person names, which need not be part of the source.
    func file(_ path: String) throws(Diagnostic) -> ManifestFile {
        let absolute = try absolute(path)
        do {
            return ManifestFile(path: path, bytes: Array(try Data(contentsOf: URL(filePath: absolute))))
        } catch {
            throw Diagnostic(
                code: "file-unreadable", "cannot read \(path)", causes: [Self.reason(error, absolute)],
                hint: "check the path")
        }
    }

    /// The operating system's words, which Foundation's errors hide.
    private static func reason(_ error: any Error, _ path: String) -> String {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return SystemError.message(errno) }
        close(descriptor)
        return FileManager.default.fileExists(atPath: path + "/.") ? SystemError.message(EISDIR) : "\(error)"
    }
}
