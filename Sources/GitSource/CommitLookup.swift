import CLibGit2
import FoundationEssentials

/// Finds commits in an open repository.
struct CommitLookup {
    let repository: OpaquePointer
    /// The repository's address, for people.
    let display: String

    /// The commit with an id, or nil when the repository does not have it.
    ///
    /// - Parameter revision: how it was asked for.
    /// - Throws: ``GitSourceError`` with code `revisionNotFound` when it is no commit, `corrupt` when it is damaged.
    func commit(_ id: String, askedAs revision: String) throws(GitSourceError) -> GitCommit? {
        guard var oid = git_oid(hexadecimal: id), try exists(&oid) else { return nil }
        let object = try Owned(git_object_free, "commit \(id) of \(display) cannot be read") {
            git_object_lookup(&$0, repository, &oid, GIT_OBJECT_ANY)
        }
        return try commit(peeling: object, askedAs: revision)
    }

    /// The one commit whose id begins with some digits, or nil when there is none.
    ///
    /// - Throws: ``GitSourceError`` with code `ambiguousRevision` when there are several.
    func commit(abbreviated prefix: String, askedAs revision: String) throws(GitSourceError) -> GitCommit? {
        var oid = git_oid()
        try check(git_oid_fromstrp(&oid, prefix), "'\(prefix)' is not the beginning of a commit id")
        var pointer: OpaquePointer?
        let code = git_object_lookup_prefix(&pointer, repository, &oid, prefix.utf8.count, GIT_OBJECT_COMMIT)
        defer { git_object_free(pointer) }
        if code == GIT_ENOTFOUND.rawValue { return nil }
        if code == GIT_EAMBIGUOUS.rawValue {
            throw GitSourceError(
                .ambiguousRevision, "several objects of \(display) have an id that begins with '\(revision)'",
                hint: "give more digits of the commit id")
        }
        try check(code, "commit \(prefix) of \(display) cannot be read")
        return try git_object_id(pointer).flatMap { id throws(GitSourceError) in
            try commit(id.pointee.hexadecimal, askedAs: revision)
        }
    }

    private func exists(_ id: inout git_oid) throws(GitSourceError) -> Bool {
        let database = try Owned(git_odb_free, "the objects of \(display) cannot be read") {
            git_repository_odb(&$0, repository)
        }
        return git_odb_exists(database.pointer, &id) == 1
    }

    private func commit(peeling object: borrowing Owned, askedAs revision: String) throws(GitSourceError) -> GitCommit {
        var peeled: OpaquePointer?
        let code = git_object_peel(&peeled, object.pointer, GIT_OBJECT_COMMIT)
        defer { git_object_free(peeled) }
        guard code == 0, let peeled, let id = git_commit_id(peeled) else {
            let kind = git_object_type2string(git_object_type(object.pointer)).map { String(cString: $0) } ?? "object"
            throw GitSourceError(
                .revisionNotFound, "'\(revision)' in \(display) leads to no commit but to a \(kind)",
                hint: "name a branch, a tag of a commit, or a commit id")
        }
        let author = git_commit_author(peeled)?.pointee
        return GitCommit(
            repository: display, revision: revision, id: id.pointee.hexadecimal,
            subject: CommitSubject.text(of: peeled),
            author: "\(Self.text(author?.name)) <\(Self.text(author?.email))>",
            date: Date(timeIntervalSince1970: Double(git_commit_time(peeled))))
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
