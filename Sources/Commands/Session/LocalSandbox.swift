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

    /// - Parameter state: A directory, which is made where it is missing.
    /// - Throws: `Diagnostic` where the directory can't be used, or another process uses it.
    init(state: String?, settings: SandboxSettings = SandboxSettings()) throws {
        guard let state else {
            self.init(cluster: SandboxCluster(settings: settings), directory: nil, journal: nil)
            return
        }
        let directory = try StateDirectory(path: state)
        let kept = try directory.load()
        let isNew = kept.snapshot == nil && kept.records.isEmpty
        let contents: SandboxContents?
        do {
            contents = isNew ? nil : try SandboxContents(snapshot: kept.snapshot, records: kept.records)
        } catch {
            throw Diagnostic(
                code: "sandbox-state", "the state in \(state) is not what a sandbox wrote", causes: ["\(error)"],
                hint: "remove the directory to begin anew")
        }
        let journal = StateJournal(directory)
        self.init(
            cluster: SandboxCluster(settings: settings, contents: contents, journal: journal), directory: directory,
            journal: journal)
    }

    private init(cluster: SandboxCluster, directory: StateDirectory?, journal: StateJournal?) {
        self.cluster = cluster
        self.directory = directory
        self.journal = journal
    }

    /// Runs the cluster while the body does.
    /// - Throws: Also where the state can no longer be kept.
    func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
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
                guard let result else { continue }
                try keep()
                return result
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
