internal import FoundationEssentials
internal import Resources
internal import SandboxCluster
internal import SandboxServer
internal import Synchronization

/// A sandbox of this process: for one verb, or on loopback for as long as the process lives.
struct LocalSandbox: Sendable {
    let cluster: SandboxCluster
    /// Where its state is kept; nil where it ends with the process.
    let directory: StateDirectory?
    private let journal: StateJournal?

    /// - Parameters:
    ///   - state: A directory, which is made where it is missing.
    ///   - warn: Gets what a person should know of the state.
    /// - Throws: `Diagnostic` where the directory can't be used, or another process uses it.
    init(
        state: String?, settings: SandboxSettings = SandboxSettings(), warn: (Diagnostic) -> Void
    ) throws {
        if let state {
            try self.init(directory: try StateDirectory(path: state), settings: settings, warn: warn)
        } else {
            self.init(cluster: SandboxCluster(settings: settings), directory: nil, journal: nil)
        }
    }

    /// - Throws: `Diagnostic` where the state can't be read, or can't be written anew.
    init(
        directory: StateDirectory, settings: SandboxSettings = SandboxSettings(), warn: (Diagnostic) -> Void
    ) throws {
        let kept = try directory.load()
        if kept.droppedBytes > 0 { warn(Self.loss(of: kept.droppedBytes, in: directory)) }
        let contents = try Self.contents(kept, of: directory)
        let journal = StateJournal(directory)
        let cluster = SandboxCluster(settings: settings, contents: contents, journal: journal)
        // What a new cluster begins with is kept in one step: the next start would take a part of it for the whole.
        if contents == nil || directory.isCompactionDue { try directory.compact(snapshot: cluster.contents.json) }
        self.init(cluster: cluster, directory: directory, journal: journal)
    }

    private init(cluster: SandboxCluster, directory: StateDirectory?, journal: StateJournal?) {
        self.cluster = cluster
        self.directory = directory
        self.journal = journal
    }

    /// - Returns: nil where nothing is kept yet.
    private static func contents(
        _ kept: StateDirectory.Contents, of directory: StateDirectory
    ) throws -> SandboxContents? {
        if kept.snapshot == nil, kept.records.isEmpty { return nil }
        do {
            return try SandboxContents(snapshot: kept.snapshot, records: kept.records)
        } catch {
            throw Diagnostic(
                code: "sandbox-state", "the state in \(directory.path) is not what a sandbox wrote",
                causes: ["\(error)"], hint: "remove the directory to begin anew")
        }
    }

    private static func loss(of count: Int, in directory: StateDirectory) -> Diagnostic {
        let end = "the last \(Count.of(count, "byte")) of the state in \(directory.path)"
        return Diagnostic(
            .warning, code: "sandbox-state-torn", "\(end) held no whole change, and were dropped",
            causes: ["a crash or a loss of power interrupted the sandbox"],
            hint: "see whether your latest change is there; make it again where it is not")
    }

    /// Runs the cluster while the body does.
    /// - Throws: Also where the state can no longer be kept.
    func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let result = try await runAll(body)
        // Nothing changes any more, so that the snapshot has all that goes with the log.
        try keep()
        return result
    }

    /// Returns when neither the body nor what keeps the cluster going runs any more.
    private func runAll<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await cluster.run()
                return nil
            }
            if let directory {
                group.addTask {
                    try await directory.keepFlushed()
                    return nil
                }
            }
            if let journal {
                group.addTask {
                    try await journal.failure()
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Writes the state anew where its log has grown long, and makes sure that it is on the disk.
    private func keep() throws {
        guard let directory else { return }
        if directory.isCompactionDue { try directory.compact(snapshot: cluster.contents.json) }
        try directory.flush()
    }
}

/// Keeps a sandbox's changes in its directory.
private final class StateJournal: SandboxJournal {
    private let directory: StateDirectory
    private let (failures, failing) = AsyncStream<Diagnostic>.makeStream(bufferingPolicy: .bufferingOldest(1))

    init(_ directory: StateDirectory) {
        self.directory = directory
    }

    func append(record: [UInt8]) {
        do {
            try directory.append(record)
        } catch {
            failing.yield(error)
        }
    }

    /// Returns when the task is cancelled.
    /// - Throws: Why a change could not be kept.
    func failure() async throws {
        for await failure in failures { throw failure }
    }
}
