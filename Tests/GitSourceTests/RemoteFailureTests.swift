import Foundation
import Testing

@testable import GitSource

@Suite struct `A remote repository that fails` {
    private func error(
        _ remote: RemoteFixture, userInfo: String = "", name: String = "work", revision: String = "main"
    ) async throws -> GitSourceError {
        let repository = try remote.repository(userInfo: userInfo, name: name)
        return try await #require(throws: GitSourceError.self) { _ = try await repository.fetch(revision) }
    }

    private static let checkHint = "hint: check the address, the network and whether the repository exists"

    @Test func `is named when it is missing`() async throws {
        let remote = try RemoteFixture()
        expect(
            try await error(remote, userInfo: "u:secret@", name: "nowhere"),
            says: """
                cannot connect to \(remote.server.address("nowhere")): unexpected http status code: 404
                \(Self.checkHint)
                """)
    }

    @Test func `is not waited for longer than it may be silent`() async throws {
        var remote = try RemoteFixture()
        remote.settings.idleTimeout = .milliseconds(250)
        remote.server.behaviour = .hang
        let error = try await error(remote)
        #expect(error.description == "cannot fetch \(remote.server.address()): nothing was received for 0.25 s")
        #expect(error.code == .timedOut)
        remote.server.behaviour = .hangInObjects
        #expect(try await self.error(remote) == error)
        #expect(try remote.cacheEntries() == [])
    }

    @Test func `is not waited for longer than it may take`() async throws {
        var remote = try RemoteFixture()
        remote.settings.totalTimeout = .milliseconds(250)
        remote.server.behaviour = .hang
        expect(try await error(remote), says: "cannot fetch \(remote.server.address()): it took longer than 0.25 s")
    }

    @Test(arguments: [TestGitServer.Behaviour.hang, .hangInObjects])
    func `is left at once when the task is cancelled`(behaviour: TestGitServer.Behaviour) async throws {
        let remote = try RemoteFixture()
        remote.server.behaviour = behaviour
        let repository = try remote.repository()
        let task = Task { try await repository.fetch("main") }
        let isReached = behaviour == .hang ? "GET" : "POST"
        while !remote.server.requests.contains(where: { $0.hasPrefix(isReached) }) { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        remote.server.behaviour = .serve
        #expect(try await repository.fetch("main").revision == "main")
    }

    // MARK: Credentials

    @Test func `asks for credentials that are not given`() async throws {
        let remote = try RemoteFixture()
        remote.server.behaviour = .demand(user: "me", password: "secret")
        let error = try await error(remote)
        #expect(
            error.description == """
                \(remote.server.address()) asks for credentials, and none are given
                hint: give a token
                """)
        #expect(error.code == .authentication)
    }

    @Test(arguments: [
        ("me:se%40cret@", nil as GitCredentials?), ("", .basic(user: "me", password: "se@cret")),
        ("me@", .token("se@cret")), ("me:wrong@", .basic(user: "me", password: "se@cret")),
    ])
    func `opens with a password in its address or in the settings`(
        userInfo: String, credentials: GitCredentials?
    ) async throws {
        var remote = try RemoteFixture()
        remote.settings.credentials = credentials
        remote.server.behaviour = .demand(user: "me", password: "se@cret")
        #expect(try await remote.repository(userInfo: userInfo).fetch("main").revision == "main")
    }

    @Test func `takes a token alone`() async throws {
        var remote = try RemoteFixture()
        remote.server.behaviour = .demand(user: "secret-token", password: "")
        #expect(try await remote.repository(userInfo: "secret-token@").fetch("main").revision == "main")
        remote.server.behaviour = .demand(user: "x-access-token", password: "secret-token")
        remote.settings.credentials = .token("secret-token")
        #expect(try await remote.repository().fetch("main").revision == "main")
    }

    @Test func `refuses wrong credentials once, and shows no password`() async throws {
        let remote = try RemoteFixture()
        remote.server.behaviour = .demand(user: "me", password: "right")
        expect(
            try await error(remote, userInfo: "me:wrong-secret@"),
            says: """
                \(remote.server.address()) refuses the credentials (basic ****)
                hint: check that they are not expired and may read the repository
                """)
        #expect(remote.server.requests.count == 2)
    }

    @Test(arguments: ["ghp-secret-token@", "ghp-secret-token:x-oauth-basic@", "ghp-secret-token:@"])
    func `shows no token that is given as a user`(userInfo: String) async throws {
        let remote = try RemoteFixture()
        remote.server.behaviour = .demand(user: "me", password: "right")
        let error = try await error(remote, userInfo: userInfo)
        #expect(error.message == "\(remote.server.address()) refuses the credentials (basic ****)")
        let type = "Content-Type: text/ghp-secret-token"
        remote.server.behaviour = .answer(String(decoding: TestGitServer.response("200 OK", [type]), as: UTF8.self))
        #expect(try await self.error(remote, userInfo: userInfo).cause == "invalid content-type: 'text/****'")
    }

    @Test func `opens each time that it must connect again`() async throws {
        let remote = try RemoteFixture()
        let id = try remote.fixture.git("rev-parse", "HEAD")
        remote.server.behaviour = .demand(user: "me", password: "secret")
        let repository = try remote.repository(userInfo: "me:secret@")
        #expect(try await repository.fetch(String(id.prefix(8))).id == id)
    }

    @Test func `cannot have a password shown by echoing it`() async throws {
        let remote = try RemoteFixture()
        let encoded = Data("me:top-secret".utf8).base64EncodedString()
        for echo in ["top-secret", encoded] {
            let type = "Content-Type: text/\(echo)"
            remote.server.behaviour = .answer(
                String(decoding: TestGitServer.response("200 OK", [type]), as: UTF8.self))
            let error = try await error(remote, userInfo: "me:top-secret@")
            #expect(
                error.description == """
                    cannot connect to \(remote.server.address()): invalid content-type: 'text/****'
                    \(Self.checkHint)
                    """)
        }
    }

    // MARK: Wrong answers

    @Test(arguments: ["http://localhost:PORT/work", "http://127.0.0.1:1/work"])
    func `is not followed to another server`(target: String) async throws {
        let remote = try RemoteFixture()
        let location = target.replacingOccurrences(of: "PORT", with: "\(remote.server.port)")
        remote.server.behaviour = .answer(
            String(
                decoding: TestGitServer.response(
                    "302 Found", ["Location: \(location)/info/refs?service=git-upload-pack"]), as: UTF8.self))
        let error = try await error(remote, userInfo: "me:secret@")
        #expect(error.code == .network)
        #expect(!error.description.contains("secret"))
        if target.contains("localhost") {
            #expect(
                error.description == """
                    cannot connect to \(remote.server.address()): cannot redirect from '127.0.0.1' to 'localhost'
                    \(Self.checkHint)
                    """)
        } else {
            #expect(
                error.description == """
                    127.0.0.1:\(remote.server.port) redirects to 127.0.0.1:1
                    hint: give the repository's address on that server
                    """)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "",
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: 9\r\n\r\nffffwrong",
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nContent-Length: 900\r\n\r\n001e# se",
    ])
    func `with a wrong answer is an error of the network`(answer: String) async throws {
        let remote = try RemoteFixture()
        remote.server.behaviour = .answer(answer)
        let error = try await error(remote)
        #expect(error.code == .network)
        #expect(error.message == "cannot connect to \(remote.server.address())")
        #expect(error.cause != nil)
        #expect(try remote.cacheEntries() == [])
    }

    @Test func `sends no more than it may`() async throws {
        var remote = try RemoteFixture(files: ["a.yaml": String(repeating: UUID().uuidString, count: 100)])
        remote.settings.limits.transferBytes = 64
        expect(try await error(remote), says: "\(remote.server.address()) sends more than the limit of 64 bytes")
    }

    // MARK: The cache directory

    @Test func `says that the cache directory cannot be made`() async throws {
        var remote = try RemoteFixture()
        remote.settings.cacheDirectory = "/dev/null/cache"
        let error = try await error(remote)
        #expect(error.code == .cache)
        #expect(
            error.description == """
                the git cache directory '/dev/null/cache' cannot be made: Not a directory
                hint: make it writable, or choose another cache directory
                """)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
    func `says that the cache directory is read-only`() async throws {
        var remote = try RemoteFixture()
        let mount = try MountedDirectory(options: "ro")
        remote.settings.cacheDirectory = mount.path
        let clone = try remote.clone()
        expect(
            try await error(remote),
            says: """
                the git cache cannot be written: '\(clone.dropLast(3))lock': Read-only file system
                hint: make it writable, or choose another cache directory
                """)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
    func `says that the disk is full, before it is`() async throws {
        var remote = try RemoteFixture()
        let mount = try MountedDirectory(options: "size=4m")
        remote.settings.cacheDirectory = mount.path
        expect(
            try await error(remote),
            says: """
                the disk of the git cache '\(mount.path)' is full: 4 MiB are free
                hint: free at least 16 MiB, or choose another cache directory
                """)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
    func `says that the disk becomes full`() async throws {
        var remote = try RemoteFixture()
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<3_000_000).map { _ in random.next() as UInt64 }
        try remote.fixture.write("big.bin", bytes.withUnsafeBytes { Data($0) })
        try remote.fixture.commitAll()
        let mount = try MountedDirectory(options: "size=24m")
        remote.settings.cacheDirectory = mount.path
        expect(
            try await error(remote),
            says: """
                the disk of the git cache '\(mount.path)' is full: 15 MiB are free
                hint: free at least 16 MiB, or choose another cache directory
                """)
        #expect(try remote.cacheEntries() == [])
    }
}

/// A small file system in memory, unmounted with its owner.
final class MountedDirectory {
    private let directory: TemporaryDirectory
    var path: String { directory.path }

    init(options: String) throws {
        directory = try TemporaryDirectory()
        try run("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory.path])
    }

    deinit { _ = try? run("/bin/umount", [directory.path]) }
}
