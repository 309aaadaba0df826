internal import KubeClient
internal import Resources

/// What tells whether our fields of an object are still as they were: a hash of their places and values, which means
/// something to this process alone.
///
/// What others add to an object, its status, and what the server notes of it do not change the digest; that somebody took
/// a field of ours over, or has the object deleted, does.
struct OwnedDigest: Hashable, Sendable {
    private let hash: Int

    init(_ object: KubernetesObject) {
        var sum = 0
        for entry in object.managedFields where entry.isApply(by: KubeClient.fieldManager) {
            guard let fields = FieldSet(fieldsV1: entry.fieldsV1) else { continue }
            Self.add(fields, object.value, Hasher(), to: &sum)
        }
        var hasher = Hasher()
        hasher.combine(object.uid)
        hasher.combine(object.isBeingDeleted)
        hasher.combine(sum)
        hash = hasher.finalize()
    }

    /// The order in which a set tells its fields is not always the same; that of a sum doesn't matter.
    private static func add(_ fields: FieldSet, _ value: Value?, _ trail: Hasher, to sum: inout Int) {
        if fields.isMember {
            var leaf = trail
            // Of an object or a list that has fields of its own in the set, only those are ours.
            if fields.children.isEmpty { leaf.combine(value) } else { leaf.combine(value != nil) }
            sum &+= leaf.finalize()
        }
        for (element, child) in fields.children {
            var trail = trail
            trail.combine(element)
            add(child, value?.value(at: element), trail, to: &sum)
        }
    }
}
