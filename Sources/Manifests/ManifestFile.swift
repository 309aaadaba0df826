/// A file of a source, by its path relative to the source's root.
package struct ManifestFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Whether the file is read as manifests: by its extension, as kubectl does, and not hidden.
    var holdsManifests: Bool {
        [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) } && !isHidden
    }

    /// Whether the file or a directory above it has a name with a leading dot, such as `.github`.
    var isHidden: Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != "." && $0 != ".." }
    }

    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The path of the directory that holds the file; empty for the root.
    var directory: String { path.split(separator: "/").dropLast().joined(separator: "/") }
}
