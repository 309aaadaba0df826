import CLibGit2
import Foundation
import Synchronization
import Testing

@testable import GitSource

@Suite struct `A remote repository` {
    private func files(_ tree: SourceTree) -> [String: String] {
        Dictionary(uniqueKeysWithValues: tree.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    // MARK: Fetching

    @Test func `is read at a branch, and shown without its password`() async throws {
        let remote = try RemoteFixture()
        let id = try remote.fixture.git("rev-parse", "HEAD")
        let seen = Mutex<[GitProgress]>([])
        let tree = try await remote.repository(userInfo: "me:secret@").read(
            revision: "main", path: "deploy", progress: { progress in seen.withLock { $0.append(progress) } })
        #expect(files(tree) == ["a.yaml": "a: 1\n"])
        guard case .commit(let commit) = tree.origin else {
            Issue.record("another origin")
            return
        }
        #expect(commit.repository == remote.server.address())
        #expect(commit.id == id)
        #expect(commit.path == "deploy")
        #expect(seen.withLock { $0.last?.receivedObjects } == 4)
        #expect(seen.withLock { $0.last?.totalObjects } == 4)
        #expect(seen.withLock { $0.last?.receivedBytes ?? 0 } > 0)
    }

    @Test func `gives the same commit by each of its names`() async throws {
        let remote = try RemoteFixture()
        let fixture = remote.fixture
        let id = try fixture.git("rev-parse", "HEAD")
        try fixture.git("tag", "light")
        try fixture.git("tag", "-a", "-m", "a tag", "annotated")
        try fixture.git("branch", "feature/x")
        try fixture.git("update-ref", "refs/pull/1/head", id)
        try fixture.commit(["deploy/a.yaml": "a: 2\n"])
        let repository = try remote.repository()
        for name in [
            "light", "annotated", "feature/x", "refs/tags/annotated", "refs/pull/1/head", id, String(id.prefix(7)),
        ] {
            #expect(try await repository.fetch(name).id == id, "\(name)")
        }
        #expect(try await repository.fetch("HEAD").id == fixture.git("rev-parse", "main"))
    }

    @Test(arguments: ["name", "full id", "short id"])
    func `gives a commit into an empty cache`(by kind: String) async throws {
        let remote = try RemoteFixture()
        let id = try remote.fixture.git("rev-parse", "HEAD")
        try remote.fixture.commit(["deploy/a.yaml": "a: 2\n"])
        try remote.fixture.git("branch", "old", id)
        let name = ["name": "old", "full id": id, "short id": String(id.prefix(8))][kind] ?? ""
        #expect(files(try await remote.repository().read(revision: name)) == ["deploy/a.yaml": "a: 1\n"])
    }

    @Test func `gives a commit that no branch names, whether or not the server gives commits by their ids`()
        async throws
    {
        for allows in ["true", "false"] {
            let remote = try RemoteFixture()
            let id = try remote.fixture.git("rev-parse", "HEAD")
            try remote.fixture.commit(["deploy/a.yaml": "a: 2\n"])
            try remote.fixture.git("config", "uploadpack.allowReachableSHA1InWant", allows)
            #expect(try await remote.repository().fetch(id).id == id)
        }
    }

    @Test func `needs no network for a commit that is in the cache`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        let commit = try await repository.fetch("main")
        remote.server.close()
        #expect(try await repository.fetch(commit.id).id == commit.id)
        #expect(files(try await repository.read(commit)) == ["deploy/a.yaml": "a: 1\n"])
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
        #expect(error.code == .network)
        #expect(
            error.description == """
                cannot connect to \(remote.server.address()): Connection refused
                hint: check the address, the network and whether the repository exists
                """)
    }

    @Test func `is asked only for what is new`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        _ = try await repository.fetch("main")
        #expect(remote.downloads == 1)
        _ = try await repository.fetch("main")
        #expect(remote.downloads == 1)
        try remote.fixture.commit(["deploy/b.yaml": "b"])
        let seen = Mutex(0)
        let tree = try await repository.read(
            revision: "main", progress: { now in seen.withLock { $0 = now.totalObjects } })
        #expect(tree.files.map(\.path) == ["deploy/a.yaml", "deploy/b.yaml"])
        // A commit, two directories and a file.
        #expect(seen.withLock { $0 } == 4)
    }

    @Test func `follows branches that are rewritten, removed, and in each other's place`() async throws {
        let remote = try RemoteFixture()
        let fixture = remote.fixture
        let repository = try remote.repository()
        try fixture.git("branch", "a")
        let old = try await repository.fetch("a")
        try fixture.git("branch", "-D", "a")
        try fixture.git("checkout", "-q", "--orphan", "fresh")
        let new = try fixture.commit(["deploy/a.yaml": "a: new\n"])
        try fixture.git("branch", "a/b")
        try fixture.git("branch", "-f", "main", "fresh")
        #expect(try await repository.fetch("a/b").id == new)
        #expect(try await repository.fetch("main").id == new)
        #expect(files(try await repository.read(old)) == ["deploy/a.yaml": "a: 1\n"])
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("a") }
        #expect(
            error.description == """
                there is no 'a' in \(remote.server.address())
                hint: the nearest names are a/b, main
                """)
    }

    @Test func `is not led elsewhere by settings of git`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        _ = try await repository.fetch("main")
        let config = try remote.clone() + "/config"
        let settings =
            try String(contentsOfFile: config, encoding: .utf8) + """

                [url "http://127.0.0.1:1/"]
                    insteadOf = http://127.0.0.1:\(remote.server.port)/
                [http]
                    proxy = http://127.0.0.1:1
                """
        try settings.write(toFile: config, atomically: true, encoding: .utf8)
        let id = try remote.fixture.commit(["deploy/a.yaml": "a: 2\n"])
        #expect(try await repository.fetch("main").id == id)
    }

    // MARK: Several users of one cache

    @Test func `is cloned once for tasks that ask at the same time`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        let trees = try await withThrowingTaskGroup(of: SourceTree.self) { group in
            for _ in 0..<8 { group.addTask { try await repository.read(revision: "main") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(trees.count == 8)
        #expect(Set(trees.map(\.files)).count == 1)
        #expect(remote.downloads == 1)
    }

    @Test func `waits for another process that holds the cache, and not for ever`() async throws {
        var remote = try RemoteFixture()
        let repository = try remote.repository()
        _ = try await repository.fetch("main")
        let lock = try remote.clone().dropLast(3) + "lock"
        let holder = try ChildProcess("/usr/bin/flock", [String(lock), "/bin/sh", "-c", "echo held; exec cat"])
        _ = try holder.line(with: "held")

        remote.settings.totalTimeout = .milliseconds(200)
        let impatient = try remote.repository()
        let error = try await #require(throws: GitSourceError.self) { _ = try await impatient.fetch("main") }
        #expect(
            error.description == "cannot fetch \(remote.server.address()): "
                + "others have used the git cache for more than 0.2 s")
        #expect(error.code == .timedOut)

        let task = Task { try await repository.fetch("main") }
        holder.closeInput()
        #expect(try await task.value.revision == "main")
    }

    // MARK: Repair

    @Test(arguments: ["pack", "index", "objects", "refs", "HEAD", "empty"])
    func `is cloned again when the cache is damaged in its`(part: String) async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        let commit = try await repository.fetch("main")
        try damage(part, try remote.clone())
        #expect(files(try await repository.read(commit)) == ["deploy/a.yaml": "a: 1\n"])
        try damage(part, try remote.clone())
        #expect(files(try await repository.read(revision: "main")) == ["deploy/a.yaml": "a: 1\n"])
        #expect(try remote.cacheEntries().count == 1)
    }

    private func damage(_ part: String, _ clone: String) throws {
        let packs = clone + "/objects/pack"
        let names = try FileManager.default.contentsOfDirectory(atPath: packs)
        switch part {
        case "pack": try truncate(names, ".pack", in: packs)
        case "index": try truncate(names, ".idx", in: packs)
        case "objects": for name in names { try FileManager.default.removeItem(atPath: packs + "/" + name) }
        case "refs":
            for case let name as String in FileManager.default.enumerator(atPath: clone + "/refs/endstate") ?? .init() {
                let id = String(repeating: "1", count: 40) + "\n"
                try id.write(toFile: clone + "/refs/endstate/" + name, atomically: false, encoding: .utf8)
            }
            for name in names { try FileManager.default.removeItem(atPath: packs + "/" + name) }
        case "HEAD": try FileManager.default.removeItem(atPath: clone + "/HEAD")
        default:
            try FileManager.default.removeItem(atPath: clone)
            try FileManager.default.createDirectory(atPath: clone, withIntermediateDirectories: false)
        }
    }

    private func truncate(_ names: [String], _ suffix: String, in packs: String) throws {
        for name in names where name.hasSuffix(suffix) {
            let path = packs + "/" + name
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.truncate(atOffset: handle.seekToEnd() / 2)
        }
    }

    @Test func `leaves nothing behind when it cannot be cloned, and sweeps away what a killed process left`()
        async throws
    {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        await #expect(throws: GitSourceError.self) { _ = try await repository.fetch("nowhere") }
        #expect(try remote.cacheEntries() == [])
        let clone = try remote.clone()
        let half = clone.dropLast(3) + "new/objects"
        try FileManager.default.createDirectory(atPath: String(half), withIntermediateDirectories: true)
        _ = try await repository.fetch("main")
        try Data("half".utf8).write(to: URL(fileURLWithPath: clone + "/objects/pack/pack_git2_abc"))
        _ = try await repository.fetch("main")
        #expect(try remote.cacheEntries() == [String(clone.split(separator: "/").last ?? "")])
        #expect(try FileManager.default.contentsOfDirectory(atPath: clone + "/objects/pack").count == 2)
    }

    @Test func `is fetched although a killed process has left its references locked`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        _ = try await repository.fetch("main")
        let references = try remote.clone() + "/refs/endstate"
        for name in try FileManager.default.contentsOfDirectory(atPath: references) {
            try Data().write(to: URL(fileURLWithPath: "\(references)/\(name).lock"))
        }
        let id = try remote.fixture.commit(["deploy/a.yaml": "a: 2\n"])
        #expect(try await repository.fetch("main").id == id)
    }

    @Test func `keeps few packs, with all their objects`() async throws {
        let remote = try RemoteFixture()
        let repository = try remote.repository()
        var commits: [GitCommit] = []
        for number in 1...5 {
            try remote.fixture.commit(["deploy/a.yaml": "a: \(number)\n"])
            commits.append(try await repository.fetch("main"))
        }
        let clone = try remote.clone()
        let packs = { try FileManager.default.contentsOfDirectory(atPath: clone + "/objects/pack") }
        #expect(try packs().count == 10)
        try Self.compact(clone, allowedPacks: 5)
        #expect(try packs().count == 10)
        try Self.compact(clone, allowedPacks: 4)
        #expect(try packs().count == 2)
        try Self.compact(clone, allowedPacks: 0)
        #expect(try packs().count == 2)
        remote.server.close()
        for (number, commit) in commits.enumerated() {
            #expect(files(try await repository.read(commit)) == ["deploy/a.yaml": "a: \(number + 1)\n"])
        }
    }
}

extension `A remote repository` {
    private static func compact(_ clone: String, allowedPacks: Int) throws {
        try GitLibrary.start()
        let repository = try Owned(git_repository_free, "") { git_repository_open_bare(&$0, clone) }
        try PackCompaction(repository: repository.pointer, path: clone, allowedPacks: allowedPacks).runIfNeeded()
    }
}
