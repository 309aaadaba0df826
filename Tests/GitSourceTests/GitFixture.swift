import Foundation
import Synchronization
import Testing

@testable import GitSource

/// A directory that is removed with its owner.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = base + "/endstate-git-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A git repository with a work tree, made by the `git` command with nothing of the machine's settings.
final class GitFixture: Sendable {
    let root: TemporaryDirectory
    /// The work tree.
    let path: String

    init(files: [String: String] = [:]) throws {
        root = try TemporaryDirectory()
        path = root.path + "/work"
        try run("/usr/bin/git", ["init", "-q", "-b", "main", path], environment: Self.environment)
        if !files.isEmpty { try commit(files) }
    }

    static let environment = [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": "1700000000 +0000",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
    ]

    @discardableResult
    func git(_ arguments: String..., input: Data = Data()) throws -> String {
        let output = try run("/usr/bin/git", ["-C", path] + arguments, environment: Self.environment, input: input)
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try write(name, Data(text.utf8)) }
    }

    func write(_ name: String, _ bytes: Data) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
    }

    /// Writes and commits files.
    ///
    /// - Returns: the commit's id.
    @discardableResult
    func commit(_ files: [String: String], message: String = "a change") throws -> String {
        try write(files)
        return try commitAll(message: message)
    }

    @discardableResult
    func commitAll(message: String = "a change") throws -> String {
        try git("add", "-A")
        try git("commit", "-q", "--allow-empty", "-m", message)
        return try git("rev-parse", "HEAD")
    }

    /// Makes a commit from lines as `git mktree` reads them: it makes what no work tree can hold.
    ///
    /// - Returns: the commit's id.
    func commitTree(_ entries: [(mode: String, kind: String, id: String, name: [UInt8])]) throws -> String {
        var input = Data()
        for entry in entries {
            input.append(contentsOf: "\(entry.mode) \(entry.kind) \(entry.id)\t".utf8)
            input.append(contentsOf: entry.name + [0])
        }
        let tree = try git("mktree", "-z", "--missing", input: input)
        return try git("commit-tree", "-m", "made by hand", tree)
    }

    func blob(_ text: String) throws -> String {
        try git("hash-object", "-w", "--stdin", input: Data(text.utf8))
    }
}

/// Expects the whole text of an error, and shows both texts when they differ.
func expect(_ error: GitSourceError, says text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(error.description == text, sourceLocation: sourceLocation)
}
