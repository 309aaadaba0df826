import FoundationEssentials
import Glibc
import Resources
import Synchronization
import Testing

@testable import SandboxServer

struct StateDirectoryTests {
    private static let records: [[UInt8]] = [
        Array("one".utf8), [], Array("three, longer".utf8), [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    private func load(_ path: String) throws -> StateDirectory.Contents {
        try StateDirectory(path: path).load()
    }

    /// Writes the records to a new directory.
    /// - Returns: where each record ends in the log.
    private func fill(_ path: String) throws -> [Int] {
        let state = try StateDirectory(path: path)
        _ = try state.load()
        return try Self.records.map { record in
            try state.append(record)
            return try bytes(path + "/log-0").count
        }
    }

    @Test func `what is written is read again, in its order`() async throws {
        try await withDirectory { parent in
            let path = parent + "/a/b"
            #expect(try load(path).records.isEmpty)
            _ = try fill(path)
            let contents = try load(path)
            #expect(contents.records == Self.records)
            #expect(contents.snapshot == nil)
            #expect(contents.droppedBytes == 0)
        }
    }

    @Test func `a log that ends anywhere gives its whole records, and takes more`() async throws {
        try await withDirectory { path in
            let ends = try fill(path)
            let whole = try bytes(path + "/log-0")
            for length in 0...whole.count {
                try write(Array(whole[..<length]), path + "/log-0")
                let state = try StateDirectory(path: path)
                let contents = try state.load()
                let kept = ends.count { $0 <= length }
                #expect(contents.records == Array(Self.records[..<kept]), "\(length) bytes")
                let firstTorn = kept == 0 ? min(length, RecordFormat.header.count) : ends[kept - 1]
                let torn = length < RecordFormat.header.count ? length : length - firstTorn
                #expect(contents.droppedBytes == torn, "\(length) bytes")
                try state.append([7])
                try state.append([8])
            }
        }
    }

    @Test func `records added after a torn one are found`() async throws {
        try await withDirectory { path in
            let ends = try fill(path)
            let whole = try bytes(path + "/log-0")
            for length in 0...whole.count {
                try write(Array(whole[..<length]), path + "/log-0")
                try {
                    let state = try StateDirectory(path: path)
                    _ = try state.load()
                    try state.append([7])
                }()
                let kept = ends.count { $0 <= length }
                #expect(try load(path).records == Array(Self.records[..<kept]) + [[7]], "\(length) bytes")
            }
        }
    }

    @Test func `a damaged record is an error that names its place, and the last one is dropped`() async throws {
        try await withDirectory { path in
            let ends = try fill(path)
            let whole = try bytes(path + "/log-0")
            for index in RecordFormat.header.count..<whole.count {
                for bit in [UInt8(1), 0x80] {
                    var damaged = whole
                    damaged[index] ^= bit
                    try write(damaged, path + "/log-0")
                    let kept = ends.count { $0 <= index }
                    if kept == ends.count - 1 {
                        #expect(try load(path).records == Array(Self.records[..<kept]), "byte \(index)")
                        continue
                    }
                    let start = kept == 0 ? RecordFormat.header.count : ends[kept - 1]
                    let error = #expect(throws: Diagnostic.self, "byte \(index)") { try load(path) }
                    #expect(error?.code == "sandbox-state-damaged")
                    #expect(error?.message == "\(path)/log-0 is damaged at byte \(start)")
                    #expect(try bytes(path + "/log-0") == damaged)
                }
            }
        }
    }

    @Test(arguments: [[[UInt8]](), [[2]]])
    func `a log without its snapshot is an error, and stays`(records: [[UInt8]]) async throws {
        try await withDirectory { path in
            try {
                let state = try StateDirectory(path: path)
                _ = try state.load()
                try state.compact(snapshot: [1])
                try state.append(contentsOf: records)
            }()
            try FileManager.default.removeItem(atPath: path + "/snapshot-1")
            let error = #expect(throws: Diagnostic.self) { try load(path) }
            #expect(error?.code == "sandbox-state-damaged")
            #expect(error?.message == "\(path)/log-1 is there without snapshot-1")
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["lock", "log-1"])
        }
    }

    @Test func `a compaction that was cut short before its snapshot counts leaves the log as it is`() async throws {
        try await withDirectory { path in
            _ = try fill(path)
            for length in 0...RecordFormat.header.count {
                try write(Array(RecordFormat.header[..<length]), path + "/log-1")
                #expect(try load(path).records == Self.records)
                #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == ["lock", "log-0"])
            }
        }
    }

    @Test func `zeros after the last record are no records`() async throws {
        try await withDirectory { path in
            _ = try fill(path)
            let whole = try bytes(path + "/log-0")
            try write(whole + [UInt8](repeating: 0, count: 4096), path + "/log-0")
            let contents = try load(path)
            #expect(contents.records == Self.records)
            #expect(contents.droppedBytes == 4096)
        }
    }

    @Test func `a file of another kind is left alone`() async throws {
        try await withDirectory { path in
            _ = try fill(path)
            for text in ["something else", "endstate-sandbox 2\n"] {
                try write(Array(text.utf8), path + "/log-0")
                let error = #expect(throws: Diagnostic.self) { try load(path) }
                #expect(error?.code == "sandbox-state-damaged")
                #expect(try bytes(path + "/log-0") == Array(text.utf8))
            }
        }
    }

    @Test func `a snapshot takes the place of the records before it`() async throws {
        try await withDirectory { path in
            try {
                let state = try StateDirectory(path: path)
                _ = try state.load()
                try state.append([1], [2])
                try state.compact(snapshot: [1, 2])
                try state.append([3])
                try state.compact(snapshot: [1, 2, 3])
                try state.append(contentsOf: [[4], [5]])
                try state.flush()
            }()
            let contents = try load(path)
            #expect(contents.snapshot == [1, 2, 3])
            #expect(contents.records == [[4], [5]])
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == ["lock", "log-2", "snapshot-2"])
        }
    }

    @Test func `a damaged snapshot is an error at every byte`() async throws {
        try await withDirectory { path in
            try {
                let state = try StateDirectory(path: path)
                _ = try state.load()
                try state.compact(snapshot: [1, 2, 3])
            }()
            let whole = try bytes(path + "/snapshot-1")
            for index in whole.indices {
                var damaged = whole
                damaged[index] ^= 1
                for file in [damaged, Array(whole[..<index]), whole + [0]] {
                    try write(file, path + "/snapshot-1")
                    let error = #expect(throws: Diagnostic.self) { try load(path) }
                    #expect(error?.code == "sandbox-state-damaged")
                }
            }
        }
    }

    /// Dies at the call of that number that changes something on the disk.
    private final class Fate: Sendable {
        private let left: Mutex<Int>

        init(diesAt number: Int) { left = Mutex(number) }

        var hasCome: Bool { left.withLock { $0 <= 0 } }

        var files: FileCalls {
            FileCalls(before: { call, path throws(Diagnostic) in
                let isOver = self.left.withLock { left in
                    left -= 1
                    return left <= 0
                }
                if isOver { throw Diagnostic(code: "dead", "\(call) \(path)") }
            })
        }
    }

    /// What a state would be after as many steps as it says it has taken.
    private func state(_ contents: StateDirectory.Contents) -> [UInt8] {
        (contents.snapshot ?? []) + contents.records.flatMap { $0 }
    }

    @Test func `killed at any call, a sandbox finds all that it had finished`() async throws {
        var number = 1
        while try await withDirectory({ path in try survives(path, deathAt: number) }) { number += 1 }
        #expect(number > 30)
    }

    /// - Returns: false where all was done before the call of that number.
    private func survives(_ path: String, deathAt number: Int) throws -> Bool {
        let fate = Fate(diesAt: number)
        var finished: [UInt8] = []
        do throws(Diagnostic) {
            let state = try StateDirectory(path: path, files: fate.files)
            _ = try state.load()
            for step in UInt8(1)...6 {
                try state.append([step])
                finished.append(step)
                if step.isMultiple(of: 2) { try state.compact(snapshot: finished) }
                try state.flush()
            }
        } catch {
            try #require(error.code == "dead")
        }
        let survivor = try StateDirectory(path: path)
        #expect(state(try survivor.load()) == finished, "killed at call \(number)")
        try survivor.append([99])
        try survivor.compact(snapshot: finished + [99])
        try survivor.append([100])
        return fate.hasCome
    }

    @Test func `a record that could not be written leaves no trace, and none follows it`() async throws {
        try await withDirectory { path in
            let isFull = Mutex(false)
            let files = FileCalls(before: { call, _ throws(Diagnostic) in
                if call == "write", isFull.withLock({ $0 }) { throw Diagnostic(code: "full", "the disk is full") }
            })
            try {
                let state = try StateDirectory(path: path, files: files)
                _ = try state.load()
                isFull.withLock { $0 = true }
                #expect(throws: Diagnostic.self) { try state.compact(snapshot: [9]) }
                isFull.withLock { $0 = false }
                try state.append([1])
                isFull.withLock { $0 = true }
                #expect(throws: Diagnostic.self) { try state.append([2]) }
                isFull.withLock { $0 = false }
                let later = [
                    #expect(throws: Diagnostic.self) { try state.append([3]) },
                    #expect(throws: Diagnostic.self) { try state.compact(snapshot: [9]) },
                    #expect(throws: Diagnostic.self) { try state.flush() },
                ]
                #expect(later.map { $0?.code } == ["full", "full", "full"])
            }()
            let contents = try load(path)
            #expect(contents.snapshot == nil)
            #expect(contents.records == [[1]])
            #expect(contents.droppedBytes == 0)
        }
    }

    @Test func `after a flush that failed nothing more is promised`() async throws {
        try await withDirectory { path in
            let fails = Mutex(false)
            let files = FileCalls(before: { call, _ throws(Diagnostic) in
                if call == "sync", fails.withLock({ $0 }) { throw Diagnostic(code: "broken", "the disk is broken") }
            })
            let state = try StateDirectory(path: path, files: files)
            _ = try state.load()
            try state.append([1])
            fails.withLock { $0 = true }
            #expect(throws: Diagnostic.self) { try state.flush() }
            fails.withLock { $0 = false }
            #expect(throws: Diagnostic.self) { try state.append([2]) }
            #expect(throws: Diagnostic.self) { try state.compact(snapshot: []) }
        }
    }

    @Test func `nothing is written before the state is read`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            #expect(throws: Diagnostic.self) { try state.append([1]) }
            #expect(throws: Diagnostic.self) { try state.compact(snapshot: [1]) }
        }
    }

    @Test func `a directory belongs to one at a time, and the other is told to whom`() async throws {
        try await withDirectory { path in
            try {
                let first = try StateDirectory(path: path)
                let error = #expect(throws: Diagnostic.self) { try StateDirectory(path: path) }
                #expect(error?.code == "sandbox-state-in-use")
                #expect(
                    error?.message == "another sandbox, the process \(getpid()), keeps its state in \(first.path)")
            }()
            _ = try StateDirectory(path: path)
        }
    }

    @Test func `what can't be a directory is an error that names it`() async throws {
        try await withDirectory { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try write([], path + "/file")
            let error = #expect(throws: Diagnostic.self) { try StateDirectory(path: path + "/file") }
            #expect(error?.message == "\(path)/file/lock can't be opened")
            #expect(error?.causes == ["Not a directory"])
        }
    }

    @Test func `nobody else can read the state`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            _ = try state.load()
            try state.compact(snapshot: [1])
            _ = try state.identity()
            for name in ["", "/lock", "/log-1", "/snapshot-1", "/identity"] {
                var status = stat()
                try #require(stat(path + name, &status) == 0)
                #expect(status.st_mode & 0o077 == 0, "\(name)")
            }
        }
    }

    @Test func `many records share a flush`() async throws {
        try await withDirectory { path in
            let syncs = SyncCount()
            let state = try StateDirectory(path: path, files: syncs.files)
            _ = try state.load()
            let before = syncs.count
            for index in UInt8(0)..<100 { try state.append([index]) }
            let sleeps = AsyncStream.makeStream(of: Duration.self)
            let flusher = Task {
                try await state.keepFlushed(every: .milliseconds(3)) { duration in sleeps.continuation.yield(duration) }
            }
            var slept = sleeps.stream.makeAsyncIterator()
            #expect(await slept.next() == .milliseconds(3))
            // It sleeps for the second record only after it has flushed the first ones.
            try state.append([100])
            #expect(await slept.next() == .milliseconds(3))
            flusher.cancel()
            _ = await flusher.result
            #expect((1...2).contains(syncs.count - before))
        }
    }

    @Test func `cancelled while records gather, it flushes them and ends`() async throws {
        try await withDirectory { path in
            let syncs = SyncCount()
            let state = try StateDirectory(path: path, files: syncs.files)
            _ = try state.load()
            let before = syncs.count
            try state.append([1])
            try await state.keepFlushed { _ in throw CancellationError() }
            #expect(syncs.count == before + 1)
        }
    }

    @Test func `a state that has outgrown its snapshot is due for another one`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            _ = try state.load()
            let record = [UInt8](repeating: 1, count: 1 << 20)
            for _ in 0..<7 { try state.append(record) }
            #expect(!state.isCompactionDue)
            try state.append(record, record)
            #expect(state.isCompactionDue)
            try state.compact(snapshot: record)
            #expect(!state.isCompactionDue)
        }
    }
}

/// How often files have been brought to the disk.
private final class SyncCount: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    /// The system's calls, counted.
    var files: FileCalls {
        FileCalls(before: { call, _ throws(Diagnostic) in
            if call == "sync" { self.number.withLock { $0 += 1 } }
        })
    }
}
