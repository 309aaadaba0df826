import CLibGit2

/// How the files of a directory stand to the HEAD of the git work tree that the directory is in.
struct WorkTreeState {
    let directory: String
    let limits: GitLimits

    /// The HEAD commit's id, and the first line of its message where the commit can be read.
    typealias Head = (id: String, subject: String?)

    /// Compares files with what the HEAD commit would give for the same directory.
    ///
    /// - Returns: the HEAD commit, and whether the files are others than its; outside of a work tree, or where git's
    ///   data is unreadable or another user's, no commit, and `isDirty` only if there is such data.
    func compare(_ files: [SourceFile], include: (String) -> Bool) -> (head: Head?, isDirty: Bool) {
        guard (try? GitLibrary.start()) != nil else { return (nil, false) }
        var pointer: OpaquePointer?
        let code = git_repository_open_ext(&pointer, directory, 0, nil)
        defer { git_repository_free(pointer) }
        guard code == 0 else { return (nil, GitSourceError(library: code, "").code != .notARepository) }
        guard let pointer, let path = pathInWorkTree(pointer) else { return (nil, false) }
        var id = git_oid()
        guard git_reference_name_to_id(&id, pointer, "HEAD") == 0 else { return (nil, true) }
        let lookup = CommitLookup(repository: pointer, display: directory)
        guard let commit = try? lookup.commit(id.hexadecimal, askedAs: "HEAD") else {
            return ((id.hexadecimal, nil), true)
        }
        let committed = try? committedFiles(pointer, commit, path, include: include)
        return ((commit.id, commit.subject), committed.map { !isSame(files, $0) } ?? true)
    }

    private func pathInWorkTree(_ repository: OpaquePointer) -> SourcePath? {
        guard let text = git_repository_workdir(repository), let root = resolvedPath(String(cString: text)) else {
            return nil
        }
        if directory == root { return SourcePath(parts: []) }
        let prefix = root.hasSuffix("/") ? root : root + "/"
        guard directory.hasPrefix(prefix) else { return nil }
        return SourcePath(parts: directory.dropFirst(prefix.count).split(separator: "/").map(String.init))
    }

    private func committedFiles(
        _ repository: OpaquePointer, _ commit: GitCommit, _ path: SourcePath, include: (String) -> Bool
    ) throws -> [String: String] {
        let entries = try TreeReader(repository, commit, limits: limits, checkStop: {}).list(path, include: include)
        return Dictionary(entries.map { ($0.path, $0.id.hexadecimal) }) { first, _ in first }
    }

    private func isSame(_ files: [SourceFile], _ committed: [String: String]) -> Bool {
        guard files.count == committed.count else { return false }
        return files.allSatisfy { file in
            var id = git_oid()
            let code = file.bytes.withUnsafeBytes { git_odb_hash(&id, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
            return code == 0 && committed[file.path] == id.hexadecimal
        }
    }
}
