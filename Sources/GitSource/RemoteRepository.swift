import CLibGit2
import Glibc

/// A repository on a server, read through its clone in the cache.
struct RemoteRepository {
    let callbacks: RemoteCallbacks
    private var location: GitLocation { callbacks.location }
    private var transfer: Transfer { callbacks.transfer }
    private var cache: GitCache { GitCache(directory: callbacks.settings.cacheDirectory, location: location) }

    init(_ callbacks: RemoteCallbacks) { self.callbacks = callbacks }

    /// The commit that a revision names on the server now, with all its files in the cache.
    func fetch(_ revision: GitRevision) throws -> GitCommit {
        // A commit never changes: one that is here needs no network.
        if case .commit(let id) = revision, let commit = try? cached(id, askedAs: revision.text) { return commit }
        try GitLibrary.start()
        return try cache.locked(pause: pause) {
            do {
                return try fetchLocked(revision)
            } catch let error as GitSourceError where error.code == .corrupt {
                try cache.discard()
                return try fetchLocked(revision)
            }
        }
    }

    /// The files of a commit; one that is missing or damaged in the cache is fetched anew.
    func read(_ commit: GitCommit, _ path: SourcePath, include: (String) -> Bool) throws -> SourceTree {
        try GitLibrary.start()
        if let tree = try intact({ try readCached(commit, path, include: include) }) { return tree }
        return try cache.locked(pause: pause) {
            // Another process may have repaired it meanwhile.
            if let tree = try intact({ try readCached(commit, path, include: include) }) { return tree }
            try cache.discard()
            _ = try fetchLocked(GitRevision(commit.id))
            guard let tree = try readCached(commit, path, include: include) else {
                throw GitSourceError(.cache, "the git cache '\(cache.path)' has vanished")
            }
            return tree
        }
    }

    // MARK: Parts

    private func pause() throws {
        try RemoteSession.pause(transfer, "cannot fetch \(location.display)")
    }

    /// - Returns: nil when the cache is damaged.
    private func intact<Result>(_ body: () throws -> Result?) throws -> Result? {
        do { return try body() } catch let error as GitSourceError where error.code == .corrupt { return nil }
    }

    private func cached(_ id: String, askedAs revision: String) throws(GitSourceError) -> GitCommit? {
        try GitLibrary.start()
        guard let repository = try cache.open() else { return nil }
        return try CommitLookup(repository: repository.pointer, display: location.display).commit(id, askedAs: revision)
    }

    private func readCached(_ commit: GitCommit, _ path: SourcePath, include: (String) -> Bool) throws -> SourceTree? {
        guard let repository = try cache.open() else { return nil }
        let reader = try TreeReader(repository.pointer, commit, limits: callbacks.settings.limits) {
            try transfer.checkStop("cannot read \(location.display)")
        }
        return try reader.read(path, include: include)
    }

    private func fetchLocked(_ revision: GitRevision) throws -> GitCommit {
        if let problem = GitCache.spaceProblem(cache.directory) { throw problem }
        if let repository = try cache.open() {
            let commit = try download(revision, into: repository.pointer)
            try compact(repository.pointer)
            return commit
        }
        return try cache.create { try download(revision, into: $0) }
    }

    /// Many packs are slow, but whole: that they can't be put together is no reason to fail.
    private func compact(_ repository: OpaquePointer) throws(GitSourceError) {
        do {
            try PackCompaction(repository: repository, path: cache.path).runIfNeeded()
        } catch {
            if error.code == .corrupt { throw error }
        }
    }

    private func download(_ revision: GitRevision, into repository: OpaquePointer) throws -> GitCommit {
        let lookup = CommitLookup(repository: repository, display: location.display)
        let asked = revision.text
        var references: [GitReference] = []
        let selection = try RemoteSession.with(callbacks, into: repository) { session in
            references = try session.references()
            let selection = try revision.select(from: references, in: location.display)
            switch selection {
            case .reference(let reference):
                if try lookup.commit(reference.target, askedAs: asked) == nil {
                    try session.download([reference.name])
                }
                try keep([reference], in: repository)
            case .commit(let id):
                if try lookup.commit(id, askedAs: asked) == nil, try session.download(commit: id) {
                    try keep([GitReference(name: id, target: id)], in: repository)
                }
            case .abbreviation: break
            }
            return selection
        }
        if let commit = try find(selection, lookup, asked) { return commit }
        try downloadAll(references, into: repository)
        guard let commit = try find(selection, lookup, asked) else {
            throw GitRevision.notFound(asked, among: references, in: location.display)
        }
        return commit
    }

    private func find(_ selection: GitSelection, _ lookup: CommitLookup, _ asked: String) throws -> GitCommit? {
        switch selection {
        case .reference(let reference): try lookup.commit(reference.target, askedAs: asked)
        case .commit(let id): try lookup.commit(id, askedAs: asked)
        case .abbreviation(let prefix): try lookup.commit(abbreviated: prefix, askedAs: asked)
        }
    }

    private func downloadAll(_ references: [GitReference], into repository: OpaquePointer) throws {
        try RemoteSession.with(callbacks, into: repository) { session in
            try session.download(["refs/heads/*", "refs/tags/*"])
        }
        try keep(references.filter { $0.shortName != nil }, in: repository)
    }

    /// Gives commits a name in the cache, so that the next download can build on them. A name's hash has no `/`: a branch
    /// `a` that went and a branch `a/b` that came cannot be in each other's way.
    private func keep(_ references: [GitReference], in repository: OpaquePointer) throws(GitSourceError) {
        for reference in references {
            guard var id = git_oid(hexadecimal: reference.target) else { continue }
            let name = "refs/endstate/" + GitCache.hash(reference.name)
            var made: OpaquePointer?
            let code = git_reference_create(&made, repository, name, &id, 1, nil)
            git_reference_free(made)
            try check(code, "the git cache '\(cache.path)' cannot be written")
        }
    }
}
