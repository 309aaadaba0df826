/// A git repository to read files from, at one commit at a time, out of its object database: there is no work tree, and
/// no checkout filter, hook or submodule of it ever takes effect.
package struct GitRepository: Sendable {
    package let location: GitLocation
    package let settings: GitSettings

    package init(_ location: GitLocation, settings: GitSettings) {
        self.location = location
        self.settings = settings
    }

    /// Finds the commit that a revision names now, and makes sure that all its files are on this machine.
    ///
    /// A revision is looked up as a name: a branch or a tag (both is an error), `refs/…`, `HEAD`; else as a commit id. A
    /// full commit id that is in the cache needs no network.
    /// - Throws: ``GitSourceError``, or `CancellationError` when the task is cancelled.
    package func fetch(_ revision: String, progress: @escaping GitProgress.Handler = { _ in }) async throws -> GitCommit
    {
        let parsed = try GitRevision(revision)
        return try await work(progress) { callbacks in
            location.transport == .local
                ? try local.commit(revision) : try RemoteRepository(callbacks).fetch(parsed)
        }
    }

    /// Reads the files of a commit below a path; hidden files and directories are skipped.
    ///
    /// - Parameters:
    ///   - path: relative to the repository's root, which the empty path is.
    ///   - include: tells for a file's path, relative to `path`, whether it is read; called on another thread.
    /// - Throws: ``GitSourceError``, for a symbolic link or a submodule below the path among others, or
    ///   `CancellationError` when the task is cancelled.
    package func read(
        _ commit: GitCommit, path: String = "",
        include: @escaping @Sendable (String) -> Bool = SourceTree.isManifest,
        progress: @escaping GitProgress.Handler = { _ in }
    ) async throws -> SourceTree {
        let path = try SourcePath(path)
        return try await work(progress) { callbacks in
            location.transport == .local
                ? try local.read(commit, path, transfer: callbacks.transfer, include: include)
                : try RemoteRepository(callbacks).read(commit, path, include: include)
        }
    }

    /// Fetches a revision and reads its files: ``fetch(_:progress:)`` and ``read(_:path:include:progress:)`` in one.
    package func read(
        revision: String, path: String = "",
        include: @escaping @Sendable (String) -> Bool = SourceTree.isManifest,
        progress: @escaping GitProgress.Handler = { _ in }
    ) async throws -> SourceTree {
        _ = try SourcePath(path)
        return try await read(fetch(revision, progress: progress), path: path, include: include, progress: progress)
    }

    private var local: LocalRepository { LocalRepository(location: location, limits: settings.limits) }

    private func work<Result: Sendable>(
        _ progress: @escaping GitProgress.Handler, _ body: @escaping @Sendable (RemoteCallbacks) throws -> Result
    ) async throws -> Result {
        let transfer = Transfer(idleTimeout: settings.idleTimeout, totalTimeout: settings.totalTimeout)
        return try await BlockingWork.run(cancel: { transfer.stop(.cancelled) }) {
            try transfer.checkStop("")
            return try body(
                RemoteCallbacks(location: location, settings: settings, transfer: transfer, progress: progress))
        }
    }
}
