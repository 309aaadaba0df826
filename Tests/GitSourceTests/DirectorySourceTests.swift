import Foundation
import Testing

@testable import GitSource

@Suite struct `A directory` {
    private func error(_ path: String, limits: GitLimits = GitLimits()) async throws -> GitSourceError {
        try await #require(throws: GitSourceError.self) {
            _ = try await DirectorySource(path: path, limits: limits).read()
        }
    }

    private func state(_ path: String) async throws -> SourceOrigin {
        try await DirectorySource(path: path).read().origin
    }

    @Test func `outside of git is read as it is`() async throws {
        let fixture = try GitFixture()
        try FileManager.default.removeItem(atPath: fixture.path + "/.git")
        try fixture.write([
            "b.yaml": "b", "a/x.json": "{}", "a/y.txt": "no", ".hidden.yaml": "no", "a/.x/z.yaml": "no", "c.yml": "",
        ])
        let tree = try await DirectorySource(path: fixture.path + "/./").read()
        #expect(tree.files.map(\.path) == ["a/x.json", "b.yaml", "c.yml"])
        #expect(tree.files.map(\.bytes) == [Array("{}".utf8), Array("b".utf8), []])
        #expect(tree.origin == .directory(path: fixture.path, dirty: false, head: nil))
    }

    @Test func `in a work tree is dirty when what is read differs from HEAD`() async throws {
        let fixture = try GitFixture()
        let before = try await state(fixture.path)
        #expect(before == .directory(path: fixture.path, dirty: true, head: nil))
        let head = try fixture.commit(["deploy/a.yaml": "a", "deploy/b.yaml": "b", "other/c.yaml": "c"])
        let deploy = fixture.path + "/deploy"
        func isDirty(_ path: String) async throws -> Bool {
            guard case .directory(path, let dirty, head, "a change") = try await state(path) else {
                throw ProgramFailure(description: "another origin")
            }
            return dirty
        }
        #expect(try await !isDirty(deploy))
        try fixture.write(["other/c.yaml": "changed", "deploy/README.md": "not a manifest"])
        #expect(try await !isDirty(deploy))
        #expect(try await isDirty(fixture.path))
        try fixture.write(["deploy/a.yaml": "changed"])
        #expect(try await isDirty(deploy))
        try fixture.git("add", "-A")
        #expect(try await isDirty(deploy))
        try fixture.git("checkout", "-q", "HEAD", "deploy/a.yaml")
        #expect(try await !isDirty(deploy))
        try FileManager.default.removeItem(atPath: deploy + "/b.yaml")
        #expect(try await isDirty(deploy))
        try fixture.git("checkout", "-q", "HEAD", "deploy/b.yaml")
        try fixture.write(["deploy/ignored.yaml": "x", ".gitignore": "ignored.yaml\n"])
        #expect(try await isDirty(deploy))
    }

    @Test func `that HEAD does not have is dirty`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        let head = try fixture.git("rev-parse", "HEAD")
        try fixture.write(["new/b.yaml": "b"])
        #expect(
            try await state(fixture.path + "/new")
                == .directory(path: fixture.path + "/new", dirty: true, head: head, subject: "a change"))
    }

    @Test func `reached by a symbolic link is read where it really is`() async throws {
        let fixture = try GitFixture(files: ["deploy/a.yaml": "a"])
        let alias = fixture.root.path + "/alias"
        try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: fixture.path + "/deploy")
        let tree = try await DirectorySource(path: alias).read()
        #expect(
            tree.origin
                == .directory(
                    path: fixture.path + "/deploy", dirty: false, head: try fixture.git("rev-parse", "HEAD"),
                    subject: "a change"))
    }

    @Test func `with a symbolic link is refused, wherever it leads`() async throws {
        for target in ["/proc/self/environ", "a.yaml", "nowhere"] {
            let fixture = try GitFixture(files: ["x/a.yaml": "a"])
            try FileManager.default.createSymbolicLink(atPath: fixture.path + "/x/link", withDestinationPath: target)
            expect(
                try await error(fixture.path),
                says: """
                    '\(fixture.path)/x/link' is a symbolic link
                    hint: links are never followed: put the file there
                    """)
        }
    }

    @Test func `with a repository in it is refused`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        try fixture.write(["deep/module/.git": "gitdir: ../../elsewhere", "deep/module/b.yaml": "b"])
        expect(
            try await error(fixture.path),
            says: """
                '\(fixture.path)/deep/module' is a git repository of its own
                hint: submodules are never read: put the files there, or name that directory itself
                """)
    }

    @Test func `with a pipe that looks like a manifest is refused, and not waited for`() async throws {
        let fixture = try GitFixture()
        #expect(mkfifo(fixture.path + "/other", 0o600) == 0)
        #expect(try await DirectorySource(path: fixture.path).read().files == [])
        #expect(mkfifo(fixture.path + "/pipe.yaml", 0o600) == 0)
        expect(
            try await error(fixture.path),
            says: "'\(fixture.path)/pipe.yaml' is not a file but a pipe, a socket or a device")
    }

    @Test func `with unprintable names is refused`() async throws {
        let fixture = try GitFixture()
        try fixture.write(["a\u{1B}[2J.yaml": "a"])
        expect(
            try await error(fixture.path),
            says: "a name in '\(fixture.path)' has a control character: 'a\\u{1B}[2J.yaml'")
    }

    @Test func `keeps to the limits`() async throws {
        let fixture = try GitFixture()
        try fixture.write(["a.yaml": "12345", "b.txt": ""])
        expect(
            try await error(fixture.path, limits: GitLimits(fileBytes: 4)),
            says: "'\(fixture.path)/a.yaml' has 5 bytes, more than the limit of 4 for one file")
        expect(
            try await error(fixture.path, limits: GitLimits(entries: 1)),
            says: """
                there are more than 1 files and directories below '\(fixture.path)'
                hint: name a path with fewer files
                """)
    }

    @Test func `that is missing or a file is an error`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        expect(
            try await error(fixture.path + "/nowhere"),
            says: "the directory '\(fixture.path)/nowhere' cannot be read: No such file or directory")
        expect(
            try await error(fixture.path + "/a.yaml"),
            says: """
                '\(fixture.path)/a.yaml' is a file
                hint: name the directory that it is in
                """)
        expect(try await error(""), says: "the directory's path '' is empty or has a NUL byte")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a directory away"))
    func `in another user's work tree is read without asking git`() async throws {
        let fixture = try GitFixture(files: ["a.yaml": "a"])
        #expect(chown(fixture.path, 12_345, 12_345) == 0)
        let tree = try await DirectorySource(path: fixture.path).read()
        #expect(tree.origin == .directory(path: fixture.path, dirty: true, head: nil))
        #expect(tree.files.count == 1)
    }
}
