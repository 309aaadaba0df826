package import FoundationEssentials

/// A file as it was read, unfiltered.
package struct SourceFile: Sendable, Hashable {
    /// Relative to the source's root, separated by `/`.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// The files below one path of a source at one moment.
package struct SourceTree: Sendable, Hashable {
    package let origin: SourceOrigin
    /// Sorted by the bytes of their paths.
    package let files: [SourceFile]

    package init(origin: SourceOrigin, files: [SourceFile]) {
        self.origin = origin
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Whether a file's name ends as those that kubectl reads do: `.yaml`, `.yml` or `.json`.
    @Sendable package static func isManifest(_ path: String) -> Bool {
        path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".json")
    }
}

/// Where files come from.
package enum SourceOrigin: Sendable, Hashable {
    case commit(GitCommit)
    /// A directory, by its absolute path. Inside a git work tree `head` is the commit id of its HEAD, `subject` the
    /// first line of that commit's message, and `dirty` says whether the files read are others than the commit's. Outside,
    /// or where git's data can't be read, `head` and `subject` are nil and `dirty` is true only if git's data is there.
    case directory(path: String, dirty: Bool, head: String?, subject: String? = nil)
}

/// A commit, and how it was asked for.
package struct GitCommit: Sendable, Hashable {
    /// The repository's address without a password.
    package let repository: String
    /// As it was asked for: a branch, a tag, a commit id.
    package let revision: String
    /// 40 hexadecimal digits.
    package let id: String
    /// The first line of the message, of at most 500 code points, as it is in the commit: it can hold control characters.
    package let subject: String
    package let author: String
    /// When it was committed.
    package let date: Date
    /// The path in the repository whose files were read, empty for all of them; nil before reading.
    package var path: String?

    package init(
        repository: String, revision: String, id: String, subject: String, author: String, date: Date,
        path: String? = nil
    ) {
        self.repository = repository
        self.revision = revision
        self.id = id
        self.subject = subject
        self.author = author
        self.date = date
        self.path = path
    }
}

/// How far a transfer has come.
package struct GitProgress: Sendable, Hashable {
    package let receivedObjects: Int
    package let indexedObjects: Int
    package let totalObjects: Int
    package let receivedBytes: Int

    package init(receivedObjects: Int, indexedObjects: Int, totalObjects: Int, receivedBytes: Int) {
        self.receivedObjects = receivedObjects
        self.indexedObjects = indexedObjects
        self.totalObjects = totalObjects
        self.receivedBytes = receivedBytes
    }

    /// Takes progress as it happens, on a thread of the transfer; it must return soon.
    package typealias Handler = @Sendable (GitProgress) -> Void
}
