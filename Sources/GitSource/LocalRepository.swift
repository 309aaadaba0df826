import CLibGit2
import Glibc

/// A repository on this machine, read where it is.
struct LocalRepository {
    let location: GitLocation
    let limits: GitLimits

    func commit(_ revision: String) throws -> GitCommit {
        let repository = try open()
        return try commit(GitRevision(revision), in: repository)
    }

    func read(_ commit: GitCommit, _ path: SourcePath, transfer: Transfer, include: (String) -> Bool) throws
        -> SourceTree
    {
        let repository = try open()
        let reader = try TreeReader(repository.pointer, commit, limits: limits) { [location] in
            try transfer.checkStop("cannot read \(location.display)")
        }
        return try reader.read(path, include: include)
    }

    private func open() throws(GitSourceError) -> Owned {
        try GitLibrary.start()
        do {
            return try Owned(git_repository_free, "'\(location.display)' cannot be opened as a git repository") {
                git_repository_open_ext(&$0, location.remote, UInt32(GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue), nil)
            }
        } catch {
            throw explain(error)
        }
    }

    private func explain(_ error: GitSourceError) -> GitSourceError {
        guard let directory = resolvedPath(location.remote) else {
            return .system(.notARepository, "there is no repository at '\(location.display)'", errno: errno)
        }
        if error.code == .notOwned {
            return GitSourceError(
                .notOwned, "the repository '\(directory)' belongs to another user",
                hint: "if you trust it: git config --global --add safe.directory '\(directory)'")
        }
        guard error.code == .notARepository else { return error }
        return GitSourceError(
            .notARepository, "'\(location.display)' is not a git repository",
            hint: "name the directory that holds .git, or leave --repo out to read a plain directory")
    }

    private func commit(_ revision: GitRevision, in repository: borrowing Owned) throws(GitSourceError) -> GitCommit {
        let lookup = CommitLookup(repository: repository.pointer, display: location.display)
        let references = try references(repository.pointer)
        let found: GitCommit?
        let asked = revision.text
        switch try revision.select(from: references, in: location.display) {
        case .commit(let id): found = try lookup.commit(id, askedAs: asked)
        case .abbreviation(let prefix): found = try lookup.commit(abbreviated: prefix, askedAs: asked)
        case .reference(let reference):
            var id = git_oid()
            try check(
                git_reference_name_to_id(&id, repository.pointer, reference.name),
                "'\(asked)' in \(location.display) cannot be read")
            found = try lookup.commit(id.hexadecimal, askedAs: asked)
        }
        guard let found else { throw GitRevision.notFound(asked, among: references, in: location.display) }
        return found
    }

    /// All references, without what they point to.
    private func references(_ repository: OpaquePointer) throws(GitSourceError) -> [GitReference] {
        var names = git_strarray()
        defer { git_strarray_dispose(&names) }
        try check(git_reference_list(&names, repository), "the branches of \(location.display) cannot be listed")
        var references = UnsafeBufferPointer(start: names.strings, count: names.count).compactMap { name in
            name.map { GitReference(name: String(cString: $0), target: "") }
        }
        var head = git_oid()
        if git_reference_name_to_id(&head, repository, "HEAD") == 0 {
            references.append(GitReference(name: "HEAD", target: head.hexadecimal))
        }
        return references
    }
}
