import CLibGit2
import Crypto
import FoundationEssentials
import Glibc

/// The bare clone of one remote repository on this machine, which several processes may use at the same time.
///
/// Only the holder of a lock beside it writes to it. A new clone is made elsewhere and renamed into its place, so that
/// readers, who take no lock, never see half of one.
struct GitCache: Sendable {
    let directory: String
    private let key: String

    init(directory: String, location: GitLocation) {
        self.directory = directory
        key = Self.hash(location.remote)
    }

    /// 40 hexadecimal digits that stand for a text in the names of files and references.
    static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).prefix(20).hexadecimal
    }

    var path: String { "\(directory)/\(key).git" }
    private var temporaryPath: String { "\(directory)/\(key).new" }

    /// Opens the clone.
    ///
    /// - Returns: nil when there is none.
    /// - Throws: ``GitSourceError`` with code `corrupt` when it is no repository any more.
    func open() throws(GitSourceError) -> Owned? {
        guard fileStatus(path) != nil else { return nil }
        do {
            return try Owned(git_repository_free, "the git cache '\(path)' cannot be opened") {
                git_repository_open_bare(&$0, path)
            }
        } catch {
            var damaged = error
            damaged.code = .corrupt
            throw damaged
        }
    }

    /// Makes the clone: an empty repository, filled by the body, that only then takes its place.
    func create<Result>(_ fill: (OpaquePointer) throws -> Result) throws -> Result {
        defer { removeTree(temporaryPath) }
        let result: Result
        do {
            let repository = try Owned(git_repository_free, "a git cache cannot be made in '\(directory)'") {
                git_repository_init(&$0, temporaryPath, 1)
            }
            result = try fill(repository.pointer)
        }
        guard rename(temporaryPath, path) == 0 else {
            throw GitSourceError.system(.cache, "the git cache '\(path)' cannot be made", errno: errno)
        }
        return result
    }

    /// Throws the clone away.
    func discard() throws(GitSourceError) {
        guard removeTree(path) else {
            throw GitSourceError.system(
                .cache, "the damaged git cache '\(path)' cannot be removed", errno: errno, hint: "remove it")
        }
    }

    /// Runs the body while no other process or task changes this clone.
    ///
    /// - Parameter pause: called again and again while somebody else holds the lock.
    func locked<Result>(pause: () throws -> Void, _ body: () throws -> Result) throws -> Result {
        try makeDirectory()
        let lockPath = "\(directory)/\(key).lock"
        guard let lock = Descriptor(open: lockPath, O_RDWR | O_CREAT | O_NOFOLLOW) else {
            throw GitSourceError.system(
                .cache, "the git cache cannot be written: '\(lockPath)'", errno: errno, hint: Self.hint)
        }
        while flock(lock.number, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw GitSourceError.system(.cache, "the git cache cannot be locked: '\(lockPath)'", errno: errno)
            }
            try pause()
        }
        removeLeftovers()
        return try body()
    }

    /// What a process that was killed has left behind; the lock's holder knows that nobody uses it.
    private func removeLeftovers() {
        removeTree(temporaryPath)
        let packs = path + "/objects/pack"
        for case let name? in directoryEntries(packs) ?? [] where name.hasPrefix("pack_git2_") {
            unlink(packs + "/" + name)
        }
        let references = path + "/refs/endstate"
        for case let name? in directoryEntries(references) ?? [] where name.hasSuffix(".lock") {
            unlink(references + "/" + name)
        }
    }

    private func makeDirectory() throws(GitSourceError) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            let reason = (error as? CocoaError)?.underlying as? POSIXError
            throw GitSourceError(
                .cache, "the git cache directory '\(directory)' cannot be made",
                cause: reason.map { systemMessage($0.code.rawValue) }, hint: Self.hint)
        }
    }

    private static let hint = "make it writable, or choose another cache directory"

    /// What keeps a download from being written to a directory's file system, if anything.
    ///
    /// libgit2 writes packs through a memory map, where a full disk would end the process: stop before it is full.
    static func spaceProblem(_ directory: String) -> GitSourceError? {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { return nil }
        let free = Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
        guard free < requiredSpace else { return nil }
        return GitSourceError(
            .cache, "the disk of the git cache '\(directory)' is full: \(free >> 20) MiB are free",
            hint: "free at least \(requiredSpace >> 20) MiB, or choose another cache directory")
    }

    private static let requiredSpace = 16 << 20
}

extension CocoaError {
    fileprivate var underlying: (any Error)? { userInfo["NSUnderlyingError"] as? any Error }
}
