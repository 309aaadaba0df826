import Foundation
import Testing

@testable import GitSource

@Suite struct `A local repository` {
    private func open(_ fixture: GitFixture, limits: GitLimits = GitLimits()) throws -> GitRepository {
        GitRepository(
            try GitLocation(fixture.path, trust: .commandLine),
            settings: GitSettings(cacheDirectory: "/nonexistent", limits: limits))
    }

    private func error(
        _ fixture: GitFixture, _ revision: String = "main", path: String = "", limits: GitLimits = GitLimits()
    ) async throws -> GitSourceError {
        let repository = try open(fixture, limits: limits)
        return try await #require(throws: GitSourceError.self) {
            _ = try await repository.read(revision: revision, path: path)
        }
    }

    // MARK: Revisions

    @Test func `gives the same commit by each of its names`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a: 1\n"])
        let id = try fixture.git("rev-parse", "HEAD")
        try fixture.git("tag", "light")
        try fixture.git("tag", "-a", "-m", "a tag", "annotated")
        try fixture.git("tag", "-a", "-m", "a tag of a tag", "nested", "annotated")
        try fixture.git("branch", "feature/x")
        try fixture.git("update-ref", "refs/pull/1/head", id)
        let tag = try fixture.git("rev-parse", "annotated")
        try fixture.commit(["a.yaml": "a: 2\n"])
        let repository = try open(fixture)
        let names = [
            "light", "annotated", "nested", "feature/x", "refs/heads/feature/x", "refs/tags/annotated",
            "refs/pull/1/head",
            id, id.uppercased(), String(id.prefix(7)), String(id.prefix(12)), tag,
        ]
        for name in names {
            #expect(try await repository.fetch(name).id == id, "\(name)")
        }
        #expect(try await repository.fetch("HEAD").id != id)
    }

    @Test func `tells of a commit what people want to know`() async throws {
        let fixture = try GitFixture()
        let id = try fixture.commit(["deploy/a.yaml": "a: 1\n"], message: "subject \u{1B}[31mred\n\nbody")
        let tree = try await open(fixture).read(revision: "main", path: "./deploy/")
        #expect(
            tree.origin
                == .commit(
                    GitCommit(
                        repository: fixture.path, revision: "main", id: id, subject: "subject \u{1B}[31mred",
                        author: "Ada <ada@example.com>", date: Date(timeIntervalSince1970: 1_700_000_000),
                        path: "deploy")))
    }

    @Test(arguments: [
        ("", [UInt8]("subject\n\nbody\n".utf8), "subject"),
        ("", Array("\n\n  in two\n  lines  \n\nbody".utf8), "in two lines"),
        ("", [], ""),
        ("", Array("\n \n".utf8), ""),
        ("", Array("größer ✓ 🙂".utf8), "größer ✓ 🙂"),
        ("", [0x67, 0x72, 0xF6, 0xDF, 0x65, 0x72], "gr\u{FFFD}\u{FFFD}er"),
        ("encoding ISO-8859-1\n", [0x67, 0x72, 0xF6, 0xDF, 0x65, 0x72], "größer"),
        ("encoding latin1\n", [0xA7, 0x20, 0x31], "§ 1"),
        ("encoding SHIFT-JIS\n", [0x83, 0x41, 0x41], "\u{FFFD}AA"),
        ("", [UInt8](repeating: 0x78, count: 100_000), String(repeating: "x", count: 500)),
    ])
    func `tells a commit's subject, whatever bytes its message has`(header: String, message: [UInt8], subject: String)
        async throws
    {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        let person = "Ada <ada@example.com> 1700000000 +0000"
        let tree = try fixture.git("rev-parse", "HEAD^{tree}")
        let head = "tree \(tree)\nauthor \(person)\ncommitter \(person)\n\(header)\n"
        let commit = Data(head.utf8) + Data(message)
        let id = try fixture.git("hash-object", "-t", "commit", "-w", "--stdin", input: commit)
        #expect(try await open(fixture).fetch(id).subject == subject)
    }

    @Test func `refuses a name of a branch and a tag`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        try fixture.git("branch", "v1")
        try fixture.git("tag", "v1")
        expect(
            try await error(fixture, "v1"),
            says: """
                'v1' is both a branch and a tag in \(fixture.path)
                hint: say which: refs/heads/v1 or refs/tags/v1
                """)
    }

    @Test func `offers the nearest names for one that is missing`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        expect(
            try await error(fixture, "mian"),
            says: """
                there is no 'mian' in \(fixture.path)
                hint: the nearest names are main
                """)
        let id = String(repeating: "0", count: 39) + "1"
        expect(
            try await error(fixture, id),
            says: """
                there is no '\(id)' in \(fixture.path)
                hint: the repository has no branch or tag with a name like it
                """)
        #expect(try await error(fixture, "0000001").code == .revisionNotFound)
    }

    @Test func `refuses the beginning of several commits' ids`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        // Found by trying: two messages whose commits' ids begin alike, 7 digits of them.
        let tree = try fixture.git("rev-parse", "HEAD^{tree}")
        var seen: [Substring: Int] = [:]
        var twins: (first: Int, second: Int, prefix: Substring)?
        for number in 0..<60_000 where twins == nil {
            let text = Self.commitText(tree: tree, number: number)
            let prefix = Self.objectID(kind: "commit", text).prefix(7)
            if let first = seen.updateValue(number, forKey: prefix) { twins = (first, number, prefix) }
        }
        let found = try #require(twins)
        for number in [found.first, found.second] {
            try fixture.git(
                "hash-object", "-t", "commit", "-w", "--stdin",
                input: Data(Self.commitText(tree: tree, number: number).utf8))
        }
        expect(
            try await error(fixture, String(found.prefix)),
            says: """
                several objects of \(fixture.path) have an id that begins with '\(found.prefix)'
                hint: give more digits of the commit id
                """)
    }

    private static func commitText(tree: String, number: Int) -> String {
        """
        tree \(tree)
        author Ada <ada@example.com> 1700000000 +0000
        committer Ada <ada@example.com> 1700000000 +0000

        \(number)

        """
    }

    @Test func `refuses a tag of something else than a commit`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        try fixture.git("tag", "file", "HEAD:a.yaml")
        expect(
            try await error(fixture, "file"),
            says: """
                'file' in \(fixture.path) leads to no commit but to a blob
                hint: name a branch, a tag of a commit, or a commit id
                """)
    }

    // MARK: Files

    @Test func `gives the committed bytes of manifests only, sorted by path`() async throws {
        let fixture = try GitFixture()
        try fixture.write(".gitattributes", Data("*.yaml text eol=crlf ident filter=x\n".utf8))
        try fixture.write("b/c.yml", Data([0xFF, 0, 0x0A]))
        try fixture.write([
            "b.yaml": "$Id$\n", "b-c.yaml": "", "a/deep/er/x.json": "{}", "README.md": "no",
            "b/Chart.yaml": "name: x\n",
            ".hidden.yaml": "no", ".github/workflow.yaml": "no", "b/.x/y.yaml": "no", "ümläut.yaml": "ü\n",
        ])
        try fixture.commitAll()
        try fixture.write(["b.yaml": "not committed\n", "new.yaml": "not committed\n"])
        let tree = try await open(fixture).read(revision: "main")
        #expect(
            tree.files.map(\.path)
                == ["a/deep/er/x.json", "b-c.yaml", "b.yaml", "b/Chart.yaml", "b/c.yml", "ümläut.yaml"])
        #expect(tree.files.map(\.bytes)[2] == Array("$Id$\n".utf8))
        #expect(tree.files.map(\.bytes)[4] == [0xFF, 0, 0x0A])
        let below = try await open(fixture).read(revision: "main", path: "b") { _ in true }
        #expect(below.files.map(\.path) == ["Chart.yaml", "c.yml"])
        let hidden = try await open(fixture).read(revision: "main", path: ".github")
        #expect(hidden.files.map(\.path) == ["workflow.yaml"])
    }

    @Test func `gives no files where there are none to read`() async throws {
        let fixture = try GitFixture(files: ["docs/a.md": "a"])
        #expect(try await open(fixture).read(revision: "main", path: "docs").files == [])
    }

    @Test func `refuses a symbolic link by its name, wherever it leads`() async throws {
        let fixture = try GitFixture(files: ["deploy/a.yaml": "a"])
        try FileManager.default.createSymbolicLink(
            atPath: fixture.path + "/deploy/environ.txt", withDestinationPath: "/proc/self/environ")
        try FileManager.default.createSymbolicLink(atPath: fixture.path + "/alias", withDestinationPath: "deploy")
        let id = try fixture.commitAll().prefix(12)
        expect(
            try await error(fixture, path: "deploy"),
            says: """
                'deploy/environ.txt' in commit \(id) of \(fixture.path) is a symbolic link
                hint: links are never followed: put the file there
                """)
        expect(
            try await error(fixture, path: "alias/x"),
            says: """
                'alias' in commit \(id) of \(fixture.path) is a symbolic link
                hint: links are never followed: put the file there
                """)
    }

    @Test func `refuses a submodule by its name`() async throws {
        let fixture = try GitFixture(files: ["deploy/a.yaml": "a"])
        let head = try fixture.git("rev-parse", "HEAD")
        try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(head),deploy/module")
        try fixture.git("commit", "-q", "-m", "a submodule")
        let id = try fixture.git("rev-parse", "HEAD").prefix(12)
        let message = """
            'deploy/module' in commit \(id) of \(fixture.path) is a submodule
            hint: submodules are never fetched: put the files there, or name the submodule's repository
            """
        expect(try await error(fixture), says: message)
        expect(try await error(fixture, path: "deploy/module/x"), says: message)
    }

    @Test(arguments: [
        ("nowhere", "there is no 'nowhere' in commit ID of REPO", GitSourceError.Code.pathNotFound),
        ("deploy/x/y", "there is no 'deploy/x' in commit ID of REPO", .pathNotFound),
        (
            "deploy/a.yaml", "'deploy/a.yaml' in commit ID of REPO is a file\nhint: name the directory that it is in",
            .notADirectory
        ),
        (
            "../../etc/passwd", "the path '../../etc/passwd' leads out of the repository\nhint: write it without '..'",
            .invalidPath
        ),
    ])
    func `refuses a path that is no directory`(path: String, message: String, code: GitSourceError.Code) async throws {
        let fixture = try GitFixture(files: ["deploy/a.yaml": "a"])
        let id = try fixture.git("rev-parse", "HEAD").prefix(12)
        let error = try await error(fixture, path: path)
        #expect(
            error.description
                == message.replacingOccurrences(of: "ID", with: id).replacingOccurrences(of: "REPO", with: fixture.path)
        )
        #expect(error.code == code)
    }

    @Test func `keeps to the limits`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "12345", "b.yaml": "123", "c.txt": "not read: 1234567890"])
        expect(
            try await error(fixture, limits: GitLimits(fileBytes: 4)),
            says: "'a.yaml' has 5 bytes, more than the limit of 4 for one file")
        expect(
            try await error(fixture, limits: GitLimits(totalBytes: 7)),
            says: "with 'b.yaml' the files have more than the limit of 7 bytes in all")
        expect(
            try await error(fixture, limits: GitLimits(entries: 2)),
            says: """
                there are more than 2 files and directories below \(fixture.path)
                hint: name a path with fewer files
                """)
        let limits = GitLimits(fileBytes: 5, totalBytes: 8, entries: 3)
        #expect(try await open(fixture, limits: limits).read(revision: "main").files.count == 2)
    }

    @Test func `is not filled up by a manifest of 100 MB`() async throws {
        let fixture = try GitFixture()
        try fixture.write("big.yaml", Data(count: 100 << 20))
        try fixture.commitAll()
        expect(
            try await error(fixture),
            says: "'big.yaml' has 104857600 bytes, more than the limit of 16777216 for one file")
    }

    @Test func `is not filled up by a few trees that hold one another many times`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        var tree = try fixture.git("rev-parse", "HEAD^{tree}")
        for _ in 0..<10 {
            let lines = (0..<10).map { "040000 tree \(tree)\td\($0)\n" }.joined()
            tree = try fixture.git("mktree", input: Data(lines.utf8))
        }
        let id = try fixture.git("commit-tree", "-m", "a bomb", tree)
        expect(
            try await error(fixture, id),
            says: """
                there are more than 100000 files and directories below \(fixture.path)
                hint: name a path with fewer files
                """)
    }

    @Test(arguments: [
        (Array("a\u{1B}[2J.yaml".utf8), "has a control character: 'a\\u{1B}[2J.yaml'"),
        ([0x61, 0xFF, 0x62], "is not UTF-8: 'a\u{FFFD}b'"),
        (Array("..".utf8), "is not a valid name: '..'"),
    ])
    func `refuses names that no terminal or file system should see`(name: [UInt8], problem: String) async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        let blob = try fixture.blob("x")
        let id = try fixture.commitTree([("100644", "blob", blob, name)])
        expect(
            try await error(fixture, id),
            says: "a name in the root of commit \(id.prefix(12)) of \(fixture.path) "
                + problem)
    }

    @Test func `says what is damaged`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        let id = try fixture.git("rev-parse", "HEAD")
        let blob = try fixture.git("rev-parse", "HEAD:a.yaml")
        try FileManager.default.removeItem(
            atPath: "\(fixture.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        let error = try await error(fixture)
        #expect(error.code == .corrupt)
        #expect(error.message == "'a.yaml' in commit \(id.prefix(12)) of \(fixture.path) cannot be read")
    }

    // MARK: Opening

    @Test func `is found bare, by file:// and as a linked work tree`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        try fixture.git("clone", "-q", "--bare", ".", fixture.root.path + "/bare")
        try fixture.git("worktree", "add", "-q", fixture.root.path + "/linked", "-b", "other")
        for address in [fixture.root.path + "/bare", fixture.root.path + "/linked", "file://" + fixture.path] {
            let repository = GitRepository(
                try GitLocation(address, trust: .commandLine), settings: GitSettings(cacheDirectory: "/nonexistent"))
            #expect(try await repository.read(revision: "main").files.map(\.path) == ["a.yaml"])
        }
    }

    @Test(arguments: ["partialClone", "worktreeConfig"])
    func `may use extensions that reading does not concern`(name: String) async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        try fixture.git("config", "core.repositoryFormatVersion", "1")
        try fixture.git("config", "extensions.\(name)", "true")
        #expect(try await open(fixture).read(revision: "main").files.count == 1)
    }

    @Test func `that is missing is an error`() async throws {
        let directory = try TemporaryDirectory()
        let cases = [
            (
                directory.path,
                """
                '\(directory.path)' is not a git repository
                hint: name the directory that holds .git, or leave --repo out to read a plain directory
                """
            ),
            (
                directory.path + "/nowhere",
                "there is no repository at '\(directory.path)/nowhere': No such file or directory"
            ),
        ]
        for (path, message) in cases {
            let repository = GitRepository(
                try GitLocation(path, trust: .commandLine), settings: GitSettings(cacheDirectory: "/nonexistent"))
            let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
            #expect(error.description == message)
            #expect(error.code == .notARepository)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a directory away"))
    func `of another user is refused with the remedy`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        #expect(chown(fixture.path, 12_345, 12_345) == 0)
        expect(
            try await error(fixture),
            says: """
                the repository '\(fixture.path)' belongs to another user
                hint: if you trust it: git config --global --add safe.directory '\(fixture.path)'
                """)
    }

    @Test func `is not read any more when the task is cancelled`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        let repository = try open(fixture)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await repository.read(revision: "main")
        }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }
}

extension `A local repository` {
    /// The id that git gives to an object.
    static func objectID(kind: String, _ text: String) -> String {
        objectHash(Data("\(kind) \(text.utf8.count)\0\(text)".utf8))
    }
}
