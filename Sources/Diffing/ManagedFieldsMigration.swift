package import Resources

/// Puts `metadata.managedFields` right where it would keep server-side apply from working.
///
/// What kubectl once applied client-side belongs to its own entries, so that a field which the manifest drops would
/// stay; and an entry of a version that a custom resource no longer has makes each apply fail. Handing over follows
/// client-go's `util/csaupgrade`.
package enum ManagedFieldsMigration {
    /// The manager of objects that `kubectl apply` wrote.
    package static let clientSideApply = "kubectl-client-side-apply"
    /// The manager that a server makes up at the first apply, for all that the object had before.
    package static let beforeFirstApply = "before-first-apply"

    /// The JSON patch to send before the apply; nil where the object needs none.
    ///
    /// It replaces `managedFields` together with `resourceVersion`, so that it fails if the object has changed since.
    /// - Parameters:
    ///   - live: The object in the cluster.
    ///   - manager: Our field manager.
    ///   - apiVersion: The version that will be applied.
    ///   - servedVersions: The `apiVersion`s that the server has for the object's group; empty where not known. Entries
    ///     of other versions are rewritten to `apiVersion`, ours in any case where it is not known.
    package static func patch(
        for live: KubernetesObject, manager: String, apiVersion: String, servedVersions: Set<String> = []
    ) -> [Value]? {
        let entries = live.managedFields
        guard let resourceVersion = live.resourceVersion, entries.count == live.metadata["managedFields"]?.array?.count
        else { return nil }
        var migrated = rewritingVersions(
            of: entries, manager: manager, apiVersion: apiVersion, servedVersions: servedVersions)
        migrated = handingOver(migrated, lastApplied: lastApplied(live), to: manager)
        guard migrated != entries else { return nil }
        return [
            [
                "op": "replace", "path": "/metadata/managedFields",
                "value": .array(migrated.map(\.value)),
            ],
            ["op": "replace", "path": "/metadata/resourceVersion", "value": .string(resourceVersion)],
        ]
    }

    private static let annotation = FieldPath(
        fields: "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration")

    /// What `kubectl apply` sent last, as it noted it in the object's annotation.
    private static func lastApplied(_ live: KubernetesObject) -> Value? {
        live.value.value(at: annotation)?.string.flatMap { try? Value(json: $0) }
    }

    private static func rewritingVersions(
        of entries: [ManagedFieldsEntry], manager: String, apiVersion: String, servedVersions: Set<String>
    ) -> [ManagedFieldsEntry] {
        let isKnown = !servedVersions.isEmpty
        let rewritten = entries.map { entry in
            var entry = entry
            let isObsolete = isKnown ? !servedVersions.contains(entry.apiVersion) : entry.isApply(by: manager)
            if isObsolete { entry.apiVersion = apiVersion }
            return entry
        }
        return rewritten == entries ? entries : mergingSameWriters(rewritten)
    }

    /// The server allows one entry for a manager, operation, version and subresource.
    private static func mergingSameWriters(_ entries: [ManagedFieldsEntry]) -> [ManagedFieldsEntry] {
        entries.reduce(into: []) { result, entry in
            let same = result.firstIndex {
                $0.manager == entry.manager && $0.operation == entry.operation && $0.apiVersion == entry.apiVersion
                    && $0.subresource == entry.subresource
            }
            guard let same, let fields = FieldSet(fieldsV1: result[same].fieldsV1),
                let more = FieldSet(fieldsV1: entry.fieldsV1)
            else { return result.append(entry) }
            result[same].fieldsV1 = fields.union(more).fieldsV1
        }
    }

    /// Gives our entry the fields that kubectl applied; where we have none yet, kubectl's latest becomes ours.
    private static func handingOver(
        _ entries: [ManagedFieldsEntry], lastApplied: Value?, to manager: String
    ) -> [ManagedFieldsEntry] {
        var result = entries
        var given = FieldSet()
        let target =
            entries.first { $0.isApply(by: manager) } ?? entries.first { isFormer($0, lastApplied: lastApplied) }
        guard let target else { return entries }
        for index in entries.indices.reversed() where isFormer(entries[index], lastApplied: lastApplied) {
            guard let fields = FieldSet(fieldsV1: entries[index].fieldsV1) else { return entries }
            let handed = part(of: fields, in: entries[index], lastApplied: lastApplied)
            // Fields of another version have other names: they are given up, as `csaupgrade` does.
            if entries[index].apiVersion == target.apiVersion { given = given.union(handed) }
            let rest = fields.subtracting(handed)
            if rest.isEmpty { result.remove(at: index) } else { result[index].fieldsV1 = rest.fieldsV1 }
        }
        return adding(given, to: result, like: target, manager: manager)
    }

    private static func adding(
        _ given: FieldSet, to entries: [ManagedFieldsEntry], like target: ManagedFieldsEntry, manager: String
    ) -> [ManagedFieldsEntry] {
        // Nobody owns the annotation then: an apply that pruned it would surprise who still reads it.
        let given = given.subtracting(FieldSet(path: annotation))
        var result = entries
        if let own = result.firstIndex(where: { $0.isApply(by: manager) }) {
            guard !given.isEmpty, let fields = FieldSet(fieldsV1: result[own].fieldsV1) else { return result }
            result[own].fieldsV1 = fields.union(given).fieldsV1
        } else if !given.isEmpty {
            var entry = target
            entry.manager = manager
            entry.operation = "Apply"
            entry.fieldsV1 = given.fieldsV1
            result.insert(entry, at: 0)
        }
        return result
    }

    /// Whether an entry has fields to hand over: all of kubectl's, and of those before the first apply the ones that
    /// kubectl noted to have applied.
    private static func isFormer(_ entry: ManagedFieldsEntry, lastApplied: Value?) -> Bool {
        guard entry.operation == "Update", entry.subresource.isEmpty else { return false }
        return entry.manager == clientSideApply || entry.manager == beforeFirstApply && lastApplied != nil
    }

    private static func part(of fields: FieldSet, in entry: ManagedFieldsEntry, lastApplied: Value?) -> FieldSet {
        guard entry.manager == beforeFirstApply, let lastApplied else { return fields }
        return fields.intersection(with: lastApplied)
    }
}

extension FieldSet {
    /// A set of one field.
    fileprivate init(path: FieldPath) {
        self = path.elements.reversed().reduce(FieldSet(isMember: true)) { FieldSet(children: [$1: $0]) }
    }
}
