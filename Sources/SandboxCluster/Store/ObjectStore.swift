internal import Resources

/// All objects of a cluster, the version that counts their changes, and the latest changes themselves.
struct ObjectStore: Sendable {
    /// One change, as watches replay it.
    struct Entry: Sendable {
        let change: ObjectChange.Kind
        let kind: GroupKind
        let object: StoredObject
        let earlier: StoredObject?
    }

    /// How many changes are kept for watches that begin in the past.
    static let logLimit = 20_000

    private(set) var collections: [GroupKind: ObjectCollection] = [:]
    /// The version of the latest change. etcd's own begins with 1, and no object ever has version 0, which means "any".
    private(set) var version: UInt64 = 1
    private(set) var log: [Entry] = []
    /// The version up to which changes are forgotten.
    private(set) var compacted: UInt64 = 1
    /// The changes since they were last taken.
    private var fresh: [Entry] = []
    private var owned: [String: Set<ObjectIdentity>] = [:]

    subscript(identity: ObjectIdentity) -> StoredObject? {
        collections[identity.groupKind]?[Self.key(identity)]
    }

    func collection(_ kind: GroupKind) -> ObjectCollection { collections[kind] ?? ObjectCollection() }

    /// Stores the object under the next version, which it then bears.
    mutating func put(_ object: KubernetesObject) -> StoredObject {
        version += 1
        var object = object
        object.value["metadata"]?["resourceVersion"] = .string(String(version))
        let stored = StoredObject(object, version: version)
        let identity = object.identity
        let earlier = self[identity]
        collections[identity.groupKind, default: ObjectCollection()].put(stored, at: Self.key(identity))
        index(identity, from: earlier, to: stored)
        record(
            Entry(
                change: earlier == nil ? .added : .modified, kind: identity.groupKind, object: stored, earlier: earlier)
        )
        return stored
    }

    /// Removes the object; its last state gets the version of the removal.
    mutating func remove(_ identity: ObjectIdentity) {
        guard let earlier = self[identity] else { return }
        version += 1
        collections[identity.groupKind]?.remove(Self.key(identity))
        index(identity, from: earlier, to: nil)
        var last = earlier.object
        last.value["metadata"]?["resourceVersion"] = .string(String(version))
        record(
            Entry(
                change: .deleted, kind: identity.groupKind, object: StoredObject(last, version: version),
                earlier: earlier))
    }

    /// The objects of a kind as they were at a version; nil where the changes since are forgotten.
    func collection(_ kind: GroupKind, at version: UInt64) -> ObjectCollection? {
        guard let changes = changes(after: version, kind: kind) else { return nil }
        return changes.reversed().reduce(into: collection(kind)) { collection, entry in
            let key = Self.key(entry.object.object.identity)
            if let earlier = entry.earlier { collection.put(earlier, at: key) } else { collection.remove(key) }
        }
    }

    /// All objects, by kind, namespace and name.
    var allObjects: [KubernetesObject] {
        collections.sorted { $0.key < $1.key }.flatMap { _, collection in
            collection.keys.compactMap { collection[$0]?.object }
        }
    }

    func dependents(of uid: String) -> Set<ObjectIdentity> { owned[uid] ?? [] }

    /// The changes since the last call.
    mutating func takeChanges() -> [Entry] {
        // Not emptied in place: while somebody reads them, that would copy.
        defer { fresh = [] }
        return fresh
    }

    /// Forgets all changes, as an etcd that was compacted.
    mutating func compact() {
        log.removeAll()
        compacted = version
    }

    /// The changes after a version; nil where they are no longer known.
    func changes(after start: UInt64, kind: GroupKind) -> [Entry]? {
        guard start >= compacted else { return nil }
        var (low, high) = (0, log.count)
        while low < high {
            let middle = (low + high) / 2
            if log[middle].object.version <= start { low = middle + 1 } else { high = middle }
        }
        return log[low...].filter { $0.kind == kind }
    }

    private mutating func record(_ entry: Entry) {
        fresh.append(entry)
        log.append(entry)
        guard log.count >= 2 * Self.logLimit else { return }
        compacted = log[Self.logLimit - 1].object.version
        log.removeFirst(Self.logLimit)
    }

    private mutating func index(_ identity: ObjectIdentity, from earlier: StoredObject?, to later: StoredObject?) {
        let (before, after) = (Self.owners(earlier), Self.owners(later))
        if before == after { return }
        for uid in before.subtracting(after) {
            owned[uid]?.remove(identity)
            if owned[uid]?.isEmpty == true { owned[uid] = nil }
        }
        for uid in after.subtracting(before) { owned[uid, default: []].insert(identity) }
    }

    private static func owners(_ object: StoredObject?) -> Set<String> {
        guard let references = object?.object.metadata["ownerReferences"]?.array else { return [] }
        return Set(references.compactMap { $0["uid"]?.string })
    }

    static func key(_ identity: ObjectIdentity) -> String {
        ObjectCollection.key(namespace: identity.namespace, name: identity.name)
    }
}

extension ObjectStore {
    /// A store with what was kept of an earlier one; watches can't begin before it.
    init(version: UInt64, objects: [KubernetesObject]) {
        for object in objects {
            let identity = object.identity
            let stored = StoredObject(object, version: object.resourceVersion.flatMap { UInt64($0) } ?? version)
            collections[identity.groupKind, default: ObjectCollection()].put(stored, at: Self.key(identity))
            index(identity, from: nil, to: stored)
        }
        self.version = version
        compacted = version
    }
}
