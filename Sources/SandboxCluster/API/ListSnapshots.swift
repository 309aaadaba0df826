internal import Resources

/// The collections as they were when lists in chunks began, so that each chunk shows the same moment.
struct ListSnapshots: Sendable {
    private struct Snapshot: Sendable {
        let version: UInt64
        let kind: GroupKind
        let collection: ObjectCollection
    }

    /// A list that goes on later than this many others began has expired; a snapshot shares what has not changed since.
    private static let limit = 8

    private var snapshots: [Snapshot] = []

    mutating func keep(_ collection: ObjectCollection, of kind: GroupKind, at version: UInt64) {
        if self[kind, version] != nil { return }
        if snapshots.count >= Self.limit { snapshots.removeFirst() }
        snapshots.append(Snapshot(version: version, kind: kind, collection: collection))
    }

    subscript(kind: GroupKind, version: UInt64) -> ObjectCollection? {
        snapshots.first { $0.kind == kind && $0.version == version }?.collection
    }
}
