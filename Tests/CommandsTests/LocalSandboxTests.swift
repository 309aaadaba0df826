import Foundation
import Resources
import SandboxCluster
import Synchronization
import Testing

@testable import Commands
@testable import SandboxServer

/// A sandbox whose state outlasts it.
@Suite struct LocalSandboxTests {
    /// Nine of it make a log that is due for compaction.
    private static let large = KubernetesObject([
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": "large", "namespace": "default", "resourceVersion": "7"],
        "data": ["text": .string(String(repeating: "x", count: 1 << 20))],
    ])

    /// A directory of its own for the body, which is gone after it.
    private func withDirectory<T>(_ body: (String) async throws -> T) async throws -> T {
        let path = NSTemporaryDirectory() + "endstate-local-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    private func untilCancelled() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    // MARK: The beginning

    @Test func `killed at any call, a new sandbox is kept as a whole or not at all`() async throws {
        let whole = Set(SandboxCluster().contents.objects.map(\.identity))
        var number = 1
        while try await withDirectory({ path in try isKilled(path, atCall: number, whole) }) { number += 1 }
        #expect(number > 15)
    }

    /// - Returns: false where all was done before the call of that number.
    private func isKilled(_ path: String, atCall number: Int, _ whole: Set<ObjectIdentity>) throws -> Bool {
        let left = Mutex(number)
        let files = FileCalls(before: { _, _ throws(Diagnostic) in
            let isOver = left.withLock { left in
                left -= 1
                return left <= 0
            }
            if isOver { throw Diagnostic(code: "dead", "the process was killed") }
        })
        do {
            _ = try LocalSandbox(directory: try StateDirectory(path: path, files: files)) { _ in }
        } catch let error as Diagnostic {
            try #require(error.code == "dead")
        }
        let kept = try StateDirectory(path: path).load()
        #expect(kept.records.isEmpty)
        if let snapshot = kept.snapshot {
            let contents = try SandboxContents(snapshot: snapshot, records: [])
            #expect(Set(contents.objects.map(\.identity)) == whole, "killed at call \(number)")
        }
        let next = try LocalSandbox(state: path) { _ in }
        #expect(Set(next.cluster.contents.objects.map(\.identity)) == whole, "killed at call \(number)")
        return left.withLock { $0 <= 0 }
    }

    @Test func `a log that has grown long is compacted before anything runs`() async throws {
        try await withDirectory { path in
            let record: Value = ["change": "MODIFIED", "object": Self.large.value]
            try {
                let directory = try StateDirectory(path: path)
                _ = try directory.load()
                for _ in 0..<9 { try directory.append(record.jsonBytes) }
            }()
            let directory = try StateDirectory(path: path)
            let sandbox = try LocalSandbox(directory: directory) { _ in }
            #expect(!directory.isCompactionDue)
            #expect(sandbox.cluster.contents.objects == [Self.large])
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == ["lock", "log-1", "snapshot-1"])
        }
    }

    @Test func `what a crash cut off is told, and what else is damaged ends the verb`() async throws {
        let bench = try Bench([:] as [String: String])
        let (torn, damaged) = (bench.path + "/torn", bench.path + "/damaged")
        for state in [torn, damaged] { _ = try LocalSandbox(state: state) { _ in } }
        let log = URL(filePath: torn + "/log-1")
        try (try Data(contentsOf: log) + Data([9, 0, 0])).write(to: log)
        let first = await bench.endstate("history", "--cluster", "sandbox", "--state", torn)
        let warning = "the last 3 bytes of the state in \(torn) held no whole change, and were dropped"
        #expect(first.notes.hasPrefix("warning[sandbox-state-torn]: \(warning)\n"), "\(first.notes)")
        try FileManager.default.removeItem(atPath: damaged + "/snapshot-1")
        let second = await bench.endstate("history", "--cluster", "sandbox", "--state", damaged)
        #expect(second.status == .failure)
        #expect(
            second.notes == """
                error[sandbox-state-damaged]: \(damaged)/log-1 is there without snapshot-1
                hint: restore \(damaged) from a copy, or remove it to begin anew

                """)
    }

    // MARK: The end

    @Test func `what changes until the end is there again`() async throws {
        try await withDirectory { path in
            let sandbox = try LocalSandbox(state: path) { _ in }
            try await sandbox.run { for _ in 0..<9 { sandbox.cluster.load([Self.large]) } }
            #expect(sandbox.directory?.isCompactionDue == false)
            // A copy, since the directory is still this sandbox's.
            let copy = path + "/copy"
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
            for name in ["snapshot-2", "log-2"] {
                try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(copy)/\(name)")
            }
            let next = try LocalSandbox(state: copy) { _ in }
            #expect(next.cluster.contents.version == sandbox.cluster.contents.version)
            #expect(Set(next.cluster.contents.objects) == Set(sandbox.cluster.contents.objects))
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func `cancelled while a change waits for its flush, it ends with the body's result`() async throws {
        try await withDirectory { path in
            let sandbox = try LocalSandbox(state: path) { _ in }
            let (beginnings, beginning) = AsyncStream<Void>.makeStream()
            let task = Task {
                try await sandbox.run {
                    sandbox.cluster.load([Self.large])
                    beginning.finish()
                    await untilCancelled()
                    return 7
                }
            }
            for await _ in beginnings {}
            task.cancel()
            #expect(try await task.value == 7)
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func `a change that can't be kept ends it`() async throws {
        try await withDirectory { path in
            let isFull = Mutex(false)
            let files = FileCalls(before: { call, _ throws(Diagnostic) in
                if call == "write", isFull.withLock({ $0 }) { throw Diagnostic(code: "full", "the disk is full") }
            })
            let sandbox = try LocalSandbox(directory: try StateDirectory(path: path, files: files)) { _ in }
            let error = await #expect(throws: Diagnostic.self) {
                try await sandbox.run {
                    isFull.withLock { $0 = true }
                    sandbox.cluster.load([Self.large])
                    await untilCancelled()
                }
            }
            #expect(error?.code == "full")
        }
    }
}
