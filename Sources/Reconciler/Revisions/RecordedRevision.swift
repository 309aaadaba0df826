package import Planning
package import Resources

/// A revision as it is in the cluster: its record, and where its contents are.
package struct RecordedRevision: Sendable, Hashable {
    package let revision: Revision
    /// The main Secret.
    package let secret: ObjectIdentity
    package let uid: String
    package let resourceVersion: String
    let contents: ContentsIndex

    package var number: Int { revision.number }

    /// Whether both say the same of the revision, whatever else has been done to the Secret.
    func says(_ revision: Revision, _ contents: ContentsIndex) -> Bool {
        self.revision.json == revision.json && self.contents == contents
    }
}

/// What makes a revision's contents complete: the annotation `endstate.dev/contents`.
struct ContentsIndex: Sendable, Hashable {
    /// SHA-256 of the compressed bytes of all parts, in lower-case hexadecimal.
    let digest: String
    /// In bytes, not compressed.
    let size: Int
    /// The numbers of the Secrets that hold what follows the main one's part, in order.
    let parts: [Int]
    /// Drawn anew for each writing, so that a run knows its own again.
    let writing: String

    init(digest: String, size: Int, parts: [Int], writing: String) {
        self.digest = digest
        self.size = size
        self.parts = parts
        self.writing = writing
    }

    init?(json: Value) {
        guard let digest = json["digest"]?.string, let size = json["size"]?.integer,
            let parts = json["parts"]?.array, let writing = json["writing"]?.string
        else { return nil }
        let numbers = parts.compactMap(\.integer)
        guard numbers.count == parts.count, numbers.allSatisfy({ $0 > 1 }) else { return nil }
        self.init(digest: digest, size: size, parts: numbers, writing: writing)
    }

    var json: Value {
        [
            "digest": .string(digest),
            "size": .integer(Int64(size)),
            "parts": .array(parts.map { .integer(Int64($0)) }),
            "writing": .string(writing),
        ]
    }
}

extension [RecordedRevision] {
    /// The one that is in force, of a list that begins with the newest; nil where none is.
    package var deployed: RecordedRevision? { first { $0.revision.state == .deployed } }
}
