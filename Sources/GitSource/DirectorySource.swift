import CLibGit2
import Glibc

/// A directory of a developer's own, read as it is, uncommitted changes included.
package struct DirectorySource: Sendable {
    package let path: String
    package let limits: GitLimits

    package init(path: String, limits: GitLimits = GitLimits()) {
        self.path = path
        self.limits = limits
    }

    /// Reads the files below the directory; hidden files and directories are skipped.
    ///
    /// - Parameter include: tells for a file's path, relative to the directory, whether it is read; called on another
    ///   thread.
    /// - Throws: ``GitSourceError``, for a symbolic link or a nested repository among others, or `CancellationError` when
    ///   the task is cancelled.
    package func read(
        include: @escaping @Sendable (String) -> Bool = SourceTree.isManifest
    ) async throws -> SourceTree {
        let transfer = Transfer(idleTimeout: .seconds(60), totalTimeout: .seconds(600))
        return try await BlockingWork.run(cancel: { transfer.stop(.cancelled) }) {
            let walk = DirectoryWalk(root: try absolutePath(), limits: limits) { try transfer.checkStop("") }
            let files = try walk.read(include: include)
            let state = WorkTreeState(directory: walk.root, limits: limits).compare(files, include: include)
            return SourceTree(
                origin: .directory(
                    path: walk.root, dirty: state.isDirty, head: state.head?.id, subject: state.head?.subject),
                files: files)
        }
    }

    private func absolutePath() throws(GitSourceError) -> String {
        let shown = escapingControls(path)
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw GitSourceError(.invalidPath, "the directory's path '\(shown)' is empty or has a NUL byte")
        }
        guard let resolved = resolvedPath(path), let status = fileStatus(resolved) else {
            throw GitSourceError.system(.pathNotFound, "the directory '\(shown)' cannot be read", errno: errno)
        }
        guard status.kind == S_IFDIR else {
            throw GitSourceError(.notADirectory, "'\(shown)' is a file", hint: "name the directory that it is in")
        }
        return resolved
    }
}

/// Reads the files below a directory, following no symbolic link.
struct DirectoryWalk {
    let root: String
    let limits: GitLimits
    let checkStop: () throws -> Void

    func read(include: (String) -> Bool) throws -> [SourceFile] {
        var budget = ReadBudget(limits)
        var files: [SourceFile] = []
        var pending = [""]
        while let directory = pending.popLast() {
            try checkStop()
            guard let names = directoryEntries(absolute(directory)) else {
                throw GitSourceError.system(
                    .inputOutput, "the directory '\(absolute(directory))' cannot be read", errno: errno)
            }
            if !directory.isEmpty, names.contains(".git") { throw nested(directory) }
            for name in names {
                guard let path = try visible(name, in: directory) else { continue }
                try budget.countEntry(below: "'\(root)'")
                switch try kind(path) {
                case S_IFDIR: pending.append(path)
                case S_IFLNK: throw link(path)
                case S_IFREG where include(path):
                    files.append(SourceFile(path: path, bytes: try contents(path, &budget)))
                case S_IFREG: break
                default:
                    guard !include(path) else {
                        throw GitSourceError(
                            .specialFile, "'\(absolute(path))' is not a file but a pipe, a socket or a device")
                    }
                }
            }
        }
        return files
    }

    private func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

    /// - Returns: the path of a name that is not hidden.
    private func visible(_ name: String?, in directory: String) throws(GitSourceError) -> String? {
        if let problem = problem(withName: name) {
            let shown = name.map { ": '\(escapingControls($0))'" } ?? ""
            throw GitSourceError(.invalidName, "a name in '\(absolute(directory))' \(problem)\(shown)")
        }
        guard let name, !name.hasPrefix(".") else { return nil }
        return directory.isEmpty ? name : directory + "/" + name
    }

    private func kind(_ path: String) throws(GitSourceError) -> mode_t {
        guard let status = fileStatus(absolute(path)) else { throw unreadable(path) }
        return status.kind
    }

    private func contents(_ path: String, _ budget: inout ReadBudget) throws(GitSourceError) -> [UInt8] {
        // What was a file a moment ago may be a link or a pipe by now.
        guard let file = Descriptor(open: absolute(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else {
            throw unreadable(path)
        }
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw unreadable(path) }
        try budget.countFile(absolute(path), size: Int(status.st_size))
        guard let bytes = file.read(atMost: limits.fileBytes, expecting: Int(status.st_size)) else {
            throw unreadable(path)
        }
        guard bytes.count == Int(status.st_size) else {
            throw GitSourceError(
                .inputOutput, "'\(absolute(path))' changed while it was read",
                hint: "try again when nothing writes to it")
        }
        return bytes
    }

    private func unreadable(_ path: String) -> GitSourceError {
        .system(.inputOutput, "'\(absolute(path))' cannot be read", errno: errno)
    }

    private func link(_ path: String) -> GitSourceError {
        GitSourceError(
            .symbolicLink, "'\(absolute(path))' is a symbolic link",
            hint: "links are never followed: put the file there")
    }

    private func nested(_ path: String) -> GitSourceError {
        GitSourceError(
            .submodule, "'\(absolute(path))' is a git repository of its own",
            hint: "submodules are never read: put the files there, or name that directory itself")
    }
}
