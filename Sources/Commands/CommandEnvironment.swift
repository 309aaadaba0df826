package import FoundationEssentials
internal import Glibc
package import KubeClient
internal import Manifests
package import Reconciler
internal import Resources

/// What a verb may use of the world around the process; tests hand in their own.
package struct CommandEnvironment: Sendable {
    package var variables: [String: String]
    package var currentDirectory: String
    package var terminal: Terminal
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Date
    /// Who runs: named in locks and records.
    package var holder: LockHolder
    package var leaseTimes = LeaseTimes()
    /// What locks are judged by, which is no other clock's business.
    package var leaseClock: any Clock<Duration> = ContinuousClock()
    /// Each time that the process is told to read its configuration again.
    package var hangups = AsyncStream<Void>.finished
    /// Ends the process at once.
    package var exit: @Sendable (ExitStatus) -> Void = { _exit($0.rawValue) }
    /// Opens the way to a cluster.
    package var connect: @Sendable (ClusterConfiguration) throws -> any Transport

    package init(
        variables: [String: String],
        currentDirectory: String,
        terminal: Terminal,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        holder: LockHolder = .process(),
        connect: @escaping @Sendable (ClusterConfiguration) throws -> any Transport = { try HTTPTransport($0) }
    ) {
        self.variables = variables
        self.currentDirectory = currentDirectory
        self.terminal = terminal
        self.clock = clock
        self.now = now
        self.holder = holder
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

extension LockHolder {
    /// The user of this process, on this machine.
    package static func process() -> LockHolder {
        let user = getpwuid(geteuid()).flatMap { String(validatingCString: $0.pointee.pw_name) }
        return LockHolder(
            user: user ?? "uid-\(geteuid())", host: ProcessInfo.processInfo.hostName, pid: getpid())
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

extension AsyncStream<Void> {
    /// One that nothing comes of.
    package static var finished: AsyncStream<Void> { AsyncStream { $0.finish() } }
}
