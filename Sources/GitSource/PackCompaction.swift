import CLibGit2
import Glibc

/// Keeps a clone that is fetched often quick: each download adds a pack, and every look-up asks all packs in turn.
struct PackCompaction {
    let repository: OpaquePointer
    /// The bare repository's directory.
    let path: String
    /// How many small packs are left alone.
    var allowedPacks = 32
    /// A pack of this many bytes is not small: writing it anew would cost more than it saves.
    var smallBytes = 32 << 20

    private var directory: String { path + "/objects/pack" }

    /// Writes all small packs into one when there are too many; the caller holds the clone's lock.
    func runIfNeeded() throws(GitSourceError) {
        let packs = (directoryEntries(directory) ?? []).compactMap { $0 }.filter { name in
            name.hasSuffix(".pack") && (fileStatus(directory + "/" + name).map { Int($0.st_size) } ?? .max) < smallBytes
        }
        guard packs.count > allowedPacks, GitCache.spaceProblem(path) == nil else { return }
        let kept = try write(packs)
        for pack in packs where pack != kept {
            // Without its index nobody looks for the pack any more.
            unlink(directory + "/" + pack.dropLast(5) + ".idx")
            unlink(directory + "/" + pack)
        }
    }

    /// - Returns: the new pack's file name.
    private func write(_ packs: [String]) throws(GitSourceError) -> String {
        let doing = "the git cache '\(path)' cannot be compacted"
        let builder = try Owned(git_packbuilder_free, doing) { git_packbuilder_new(&$0, repository) }
        for pack in packs {
            for var id in try objects(in: pack, doing) {
                try check(git_packbuilder_insert(builder.pointer, &id, nil), doing)
            }
        }
        try check(git_packbuilder_write(builder.pointer, nil, 0, nil, nil), doing)
        guard let name = git_packbuilder_name(builder.pointer) else { throw GitSourceError(.cache, doing) }
        return "pack-\(String(cString: name)).pack"
    }

    private func objects(in pack: String, _ doing: String) throws(GitSourceError) -> [git_oid] {
        let database = try Owned(git_odb_free, doing) { git_odb_new(&$0) }
        var backend: UnsafeMutablePointer<git_odb_backend>?
        try check(git_odb_backend_one_pack(&backend, directory + "/" + pack.dropLast(5) + ".idx"), doing)
        try check(git_odb_add_backend(database.pointer, backend, 1), doing)
        var ids: [git_oid] = []
        let code = withUnsafeMutablePointer(to: &ids) { pointer in
            git_odb_foreach(
                database.pointer,
                { id, payload in
                    guard let id, let ids = payload?.assumingMemoryBound(to: [git_oid].self) else { return -1 }
                    ids.pointee.append(id.pointee)
                    return 0
                }, pointer)
        }
        try check(code, doing)
        return ids
    }
}
