import CLibGit2

/// Reads the files of one commit out of a repository's object database.
struct TreeReader: ~Copyable {
    private let repository: OpaquePointer
    private let database: Owned
    private let commit: GitCommit
    private let limits: GitLimits
    private let checkStop: () throws -> Void

    /// A file that is to be read.
    struct Entry {
        /// Relative to the path that is read.
        let path: String
        let id: git_oid
    }

    /// - Parameter checkStop: called again and again; what it throws ends the reading.
    init(
        _ repository: OpaquePointer, _ commit: GitCommit, limits: GitLimits, checkStop: @escaping () throws -> Void
    ) throws(GitSourceError) {
        self.repository = repository
        self.commit = commit
        self.limits = limits
        self.checkStop = checkStop
        database = try Owned(git_odb_free, "the objects of \(commit.repository) cannot be read") {
            git_repository_odb(&$0, repository)
        }
    }

    /// The commit with its files below a path.
    func read(_ path: SourcePath, include: (String) -> Bool) throws -> SourceTree {
        var budget = ReadBudget(limits)
        var files: [SourceFile] = []
        for entry in try list(path, include: include) {
            files.append(SourceFile(path: entry.path, bytes: try contents(entry, below: path, &budget)))
        }
        var origin = commit
        origin.path = path.text
        return SourceTree(origin: .commit(origin), files: files)
    }

    /// The files below a path that are to be read, after a look at everything there.
    ///
    /// - Throws: ``GitSourceError`` for a missing path, a symbolic link, a submodule, or too many files.
    func list(_ path: SourcePath, include: (String) -> Bool) throws -> [Entry] {
        var budget = ReadBudget(limits)
        var entries: [Entry] = []
        var pending = [(id: try find(path), parts: [String]())]
        while let next = pending.popLast() {
            try checkStop()
            let directory = SourcePath(parts: path.parts + next.parts)
            try visit(next.id, directory) { name, mode, id throws(GitSourceError) in
                try budget.countEntry(below: path.parts.isEmpty ? commit.repository : "'\(path.text)'")
                let parts = next.parts + [name]
                let whole = (path.parts + parts).joined(separator: "/")
                switch mode {
                case GIT_FILEMODE_TREE:
                    guard parts.count + path.parts.count <= 256 else {
                        throw GitSourceError(.tooLarge, "'\(whole)' is more than 256 directories deep")
                    }
                    pending.append((id, parts))
                case GIT_FILEMODE_LINK: throw symbolicLink(whole)
                case GIT_FILEMODE_COMMIT: throw submodule(whole)
                default:
                    let relative = parts.joined(separator: "/")
                    if include(relative) { entries.append(Entry(path: relative, id: id)) }
                }
            }
        }
        return entries
    }

    // MARK: Parts

    /// The tree at a path.
    private func find(_ path: SourcePath) throws(GitSourceError) -> git_oid {
        var id = try root()
        for (depth, name) in path.parts.enumerated() {
            let tree = try self.tree(id, SourcePath(parts: Array(path.parts.prefix(depth))))
            let whole = path.parts.prefix(depth + 1).joined(separator: "/")
            guard let entry = git_tree_entry_byname(tree.pointer, name), let next = git_tree_entry_id(entry) else {
                throw GitSourceError(.pathNotFound, "there is no '\(whole)' in \(shownCommit)")
            }
            switch git_tree_entry_filemode(entry) {
            case GIT_FILEMODE_TREE: id = next.pointee
            case GIT_FILEMODE_LINK: throw symbolicLink(whole)
            case GIT_FILEMODE_COMMIT: throw submodule(whole)
            default:
                throw GitSourceError(
                    .notADirectory, "'\(whole)' in \(shownCommit) is a file", hint: "name the directory that it is in")
            }
        }
        return id
    }

    private func root() throws(GitSourceError) -> git_oid {
        guard var id = git_oid(hexadecimal: commit.id) else {
            throw GitSourceError(.invalidRevision, "'\(escapingControls(commit.id))' is not a full commit id")
        }
        let object = try Owned(git_commit_free, "\(shownCommit) cannot be read") {
            git_commit_lookup(&$0, repository, &id)
        }
        guard let tree = git_commit_tree_id(object.pointer) else {
            throw GitSourceError(.corrupt, "\(shownCommit) cannot be read")
        }
        return tree.pointee
    }

    private func tree(_ id: git_oid, _ path: SourcePath) throws(GitSourceError) -> Owned {
        // A tree is held in memory whole: one that cannot be within the limits is not even loaded.
        let size = try size(of: id, "the directory \(path.shown)")
        guard size <= limits.entries * 512 else {
            throw GitSourceError(.tooLarge, "the directory \(path.shown) in \(shownCommit) has too many files")
        }
        var id = id
        return try Owned(git_tree_free, "the directory \(path.shown) in \(shownCommit) cannot be read") {
            git_tree_lookup(&$0, repository, &id)
        }
    }

    /// Calls the body for each entry of a tree that is not hidden.
    private func visit(
        _ id: git_oid, _ path: SourcePath,
        _ body: (String, git_filemode_t, git_oid) throws(GitSourceError) -> Void
    ) throws(GitSourceError) {
        let tree = try self.tree(id, path)
        for index in 0..<git_tree_entrycount(tree.pointer) {
            guard let entry = git_tree_entry_byindex(tree.pointer, index), let pointer = git_tree_entry_name(entry),
                let id = git_tree_entry_id(entry)
            else { continue }
            let name = String(validatingCString: pointer)
            if let problem = problem(withName: name) {
                let shown = escapingControls(String(cString: pointer))
                throw GitSourceError(
                    .invalidName, "a name in \(path.shown) of \(shownCommit) \(problem): '\(shown)'")
            }
            guard let name, !name.hasPrefix(".") else { continue }
            try body(name, git_tree_entry_filemode(entry), id.pointee)
        }
    }

    private func size(of id: git_oid, _ what: String) throws(GitSourceError) -> Int {
        var id = id
        var size = 0
        var kind = GIT_OBJECT_INVALID
        try check(
            git_odb_read_header(&size, &kind, database.pointer, &id), "\(what) in \(shownCommit) cannot be read")
        return size
    }

    private func contents(_ entry: Entry, below path: SourcePath, _ budget: inout ReadBudget) throws -> [UInt8] {
        try checkStop()
        let whole = (path.parts + [entry.path]).joined(separator: "/")
        try budget.countFile(whole, size: try size(of: entry.id, "'\(whole)'"))
        var id = entry.id
        let object = try Owned(git_odb_object_free, "'\(whole)' in \(shownCommit) cannot be read") {
            git_odb_read(&$0, database.pointer, &id)
        }
        return Array(
            UnsafeRawBufferPointer(
                start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer)))
    }

    private var shownCommit: String { "commit \(commit.id.prefix(12)) of \(commit.repository)" }

    private func symbolicLink(_ path: String) -> GitSourceError {
        GitSourceError(
            .symbolicLink, "'\(path)' in \(shownCommit) is a symbolic link",
            hint: "links are never followed: put the file there")
    }

    private func submodule(_ path: String) -> GitSourceError {
        GitSourceError(
            .submodule, "'\(path)' in \(shownCommit) is a submodule",
            hint: "submodules are never fetched: put the files there, or name the submodule's repository")
    }
}
