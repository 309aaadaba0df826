internal import FoundationEssentials
internal import Glibc

/// The git work tree that a directory lies in, or the directory alone.
struct EnclosingTree {
    /// Without symbolic links.
    let root: String
    let isWorkTree: Bool

    init(around directory: String) {
        // A current directory that was removed has no root, and "/" is no tree of anybody's manifests.
        let start = directory.isEmpty ? "/" : Self.resolved(directory)
        var candidate = start
        while !candidate.isEmpty, !FileManager.default.fileExists(atPath: candidate + "/.git") {
            candidate = candidate.lastIndex(of: "/").map { String(candidate[..<$0]) } ?? ""
        }
        isWorkTree = !candidate.isEmpty
        root = isWorkTree ? candidate : start
    }

    /// The path below the root, empty for the root itself; nil for what lies elsewhere.
    func relative(_ path: String) -> String? {
        let path = Self.resolved(path)
        if path == root { return "" }
        return path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : nil
    }

    /// The path without symbolic links, `.` and `..`; as it is where nothing is there.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
