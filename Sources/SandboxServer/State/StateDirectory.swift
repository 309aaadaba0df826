internal import Glibc
package import Resources
internal import Synchronization

/// A sandbox's state on disk: a snapshot, and the records that came after it. It survives `kill -9` at any moment.
///
/// `snapshot-N` and `log-N` belong together; a compaction writes those of N + 1, and the renaming of its snapshot
/// is the moment from which they count.
package final class StateDirectory: Sendable {
    package struct Contents: Sendable {
        package var snapshot: [UInt8]?
        package var records: [[UInt8]]
        /// How many bytes at the log's end were no whole record, and were dropped: what a crash had interrupted.
        package var droppedBytes: Int
    }

    package let path: String
    let files: FileCalls
    private let lock: OpenFile
    private let log = Mutex(Log())
    private let addition = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// Has an element where records were added since the last one was taken.
    var additions: AsyncStream<Void> { addition.stream }

    private struct Log {
        /// Nil before `load`.
        var file: OpenFile?
        var generation = 0
        var length = 0
        var snapshotLength = 0
        var isDirty = false
        /// Why nothing can be written any more.
        var failure: Diagnostic?
    }

    /// Makes the directory where it is missing, and takes its lock.
    ///
    /// - Throws: where another process uses the directory, or it can't be used at all.
    package convenience init(path: String) throws(Diagnostic) {
        try self.init(path: path, files: FileCalls())
    }

    init(path: String, files: FileCalls) throws(Diagnostic) {
        self.path = path
        self.files = files
        try files.makeDirectory(path)
        lock = try Self.takeLock(path, files)
    }

    private static func takeLock(_ path: String, _ files: FileCalls) throws(Diagnostic) -> OpenFile {
        let file = try files.open(path + "/lock", O_RDWR | O_CREAT)
        guard try files.lock(file) else {
            let holder = String(decoding: try files.read(file).prefix(20), as: UTF8.self).filter(\.isNumber)
            throw Diagnostic(
                code: "sandbox-state-in-use",
                "another sandbox\(holder.isEmpty ? "" : ", the process \(holder),") keeps its state in \(path)",
                hint: "end it, or name another directory")
        }
        try files.truncate(file, to: 0)
        try files.write(Array("\(getpid())\n".utf8), to: file)
        return file
    }

    // MARK: - Reading

    /// Reads what is there, and opens the log for more. To be called once, before anything is written.
    ///
    /// - Throws: where a file is missing, or damaged otherwise than a crash could have done it; all files stay then.
    package func load() throws(Diagnostic) -> Contents {
        let names = try files.names(in: path)
        let generation = names.compactMap { Self.generation($0, of: "snapshot-") }.max() ?? 0
        try checkLogs(names, after: generation)
        let snapshot = generation == 0 ? nil : try readSnapshot(generation)
        let file = try files.open(logPath(generation), O_RDWR | O_CREAT | O_APPEND)
        let bytes = try files.read(file)
        var contents = try decode(bytes, of: file.path)
        let dropped = bytes.count - contents.end
        if dropped > 0 { try files.truncate(file, to: contents.end) }
        if contents.end == 0 {
            try files.write(RecordFormat.header, to: file)
            contents.end = RecordFormat.header.count
        }
        try removeOthers(names, than: generation)
        try files.synchronise(file)
        try files.synchroniseDirectory(path)
        log.withLock { log in
            log = Log(
                file: file, generation: generation, length: contents.end, snapshotLength: snapshot?.count ?? 0)
        }
        return Contents(snapshot: snapshot, records: contents.records, droppedBytes: dropped)
    }

    private func readSnapshot(_ generation: Int) throws(Diagnostic) -> [UInt8] {
        let path = snapshotPath(generation)
        let bytes = try files.readIfPresent(path) ?? []
        let contents = try decode(bytes, of: path)
        guard contents.end == bytes.count, contents.records.count == 1 else {
            throw damage("\(path) is damaged at byte \(contents.end)")
        }
        return contents.records[0]
    }

    private func decode(_ bytes: [UInt8], of file: String) throws(Diagnostic) -> RecordFormat.Contents {
        guard let contents = RecordFormat.decode(bytes) else {
            throw damage("\(file) is damaged, or of another version")
        }
        guard !contents.isDamaged else { throw damage("\(file) is damaged at byte \(contents.end)") }
        return contents
    }

    /// - Throws: where there is a log whose snapshot is missing.
    private func checkLogs(_ names: [String], after generation: Int) throws(Diagnostic) {
        for name in names {
            guard let number = Self.generation(name, of: "log-"), number > generation else { continue }
            // A crash amid a compaction leaves one without records, beside the log that still counts.
            let bytes = try files.readIfPresent("\(path)/\(name)") ?? []
            if bytes.count <= RecordFormat.header.count, names.contains("log-\(generation)") { continue }
            throw damage("\(path)/\(name) is there without snapshot-\(number)")
        }
    }

    /// What a crash left of compactions, before or after the moment from which they count.
    private func removeOthers(_ names: [String], than generation: Int) throws(Diagnostic) {
        for name in names {
            let number = Self.generation(name, of: "snapshot-") ?? Self.generation(name, of: "log-")
            if number ?? generation != generation || (name.hasPrefix("snapshot-") && name.hasSuffix(".tmp")) {
                try files.remove("\(path)/\(name)")
            }
        }
    }

    private func damage(_ message: String) -> Diagnostic {
        Diagnostic(
            code: "sandbox-state-damaged", message,
            hint: "restore \(path) from a copy, or remove it to begin anew")
    }

    private static func generation(_ name: String, of prefix: String) -> Int? {
        name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }

    private func logPath(_ generation: Int) -> String { "\(path)/log-\(generation)" }
    private func snapshotPath(_ generation: Int) -> String { "\(path)/snapshot-\(generation)" }

    // MARK: - Writing

    /// Adds records. When it returns, they outlast this process; a loss of power they outlast after `flush`.
    ///
    /// - Throws: where the disk is full, say; neither the records nor any later ones are kept then.
    package func append(_ records: [UInt8]...) throws(Diagnostic) {
        try append(contentsOf: records)
    }

    /// As `append`: all of the records are kept, or none; after a crash, perhaps only the first ones.
    package func append(contentsOf records: [[UInt8]]) throws(Diagnostic) {
        let bytes = records.flatMap(RecordFormat.encode)
        try log.withLock { log throws(Diagnostic) in
            let file = try writable(log)
            do throws(Diagnostic) {
                try files.write(bytes, to: file)
            } catch {
                // Later records would tell of a state that never was, without this change.
                log.failure = error
                try? files.truncate(file, to: log.length)
                throw error
            }
            log.length += bytes.count
            log.isDirty = true
        }
        addition.continuation.yield()
    }

    private func writable(_ log: borrowing Log) throws(Diagnostic) -> OpenFile {
        if let failure = log.failure { throw failure }
        guard let file = log.file else {
            throw Diagnostic(code: "sandbox-state-unread", "the state in \(path) must be read before it is written")
        }
        return file
    }

    /// Brings to the disk what has been added so far. Blocks as long as the disk needs.
    ///
    /// - Throws: where that fails, or something could not be added before.
    package func flush() throws(Diagnostic) {
        let file = try log.withLock { log throws(Diagnostic) -> OpenFile? in
            let file = try writable(log)
            guard log.isDirty else { return nil }
            log.isDirty = false
            return file
        }
        guard let file else { return }
        do {
            try files.synchronise(file)
        } catch {
            // The kernel forgets what it could not write: another attempt would succeed without having done anything.
            log.withLock { $0.failure = error }
            throw error
        }
    }

    /// Whether the records have grown so much longer than the snapshot that `compact` is worth it.
    package var isCompactionDue: Bool {
        log.withLock { $0.length > max(8 << 20, 2 * $0.snapshotLength) }
    }

    /// Puts a snapshot in the place of the earlier one and of all records added so far.
    ///
    /// - Throws: where it fails; the earlier snapshot and the records stay then.
    package func compact(snapshot: [UInt8]) throws(Diagnostic) {
        try log.withLock { log throws(Diagnostic) in
            _ = try writable(log)
            let earlier = log.generation
            let generation = earlier + 1
            let next = try prepare(generation, snapshot)
            log = Log(
                file: next, generation: generation, length: RecordFormat.header.count, snapshotLength: snapshot.count)
            try files.synchroniseDirectory(path)
            try files.remove(logPath(earlier))
            try files.remove(snapshotPath(earlier))
        }
    }

    /// Writes a generation's files; it counts when this returns.
    private func prepare(_ generation: Int, _ snapshot: [UInt8]) throws(Diagnostic) -> OpenFile {
        guard snapshot.count <= RecordFormat.largestRecord else {
            throw Diagnostic(code: "sandbox-state-too-large", "the sandbox's state is larger than 1 GiB")
        }
        let draft = snapshotPath(generation) + ".tmp"
        do {
            let file = try files.open(draft, O_WRONLY | O_CREAT | O_TRUNC)
            try files.write(RecordFormat.header + RecordFormat.encode(snapshot), to: file)
            try files.synchronise(file)
            let next = try files.open(logPath(generation), O_RDWR | O_CREAT | O_TRUNC | O_APPEND)
            try files.write(RecordFormat.header, to: next)
            try files.synchronise(next)
            try files.rename(draft, to: snapshotPath(generation))
            return next
        } catch {
            try? files.remove(draft)
            throw error
        }
    }
}
