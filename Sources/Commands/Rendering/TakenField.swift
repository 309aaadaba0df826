internal import Diffing
internal import KubeClient
internal import Planning
internal import Resources

/// A field that a plan changes although another manager owns it, because conflicts are forced.
struct TakenField {
    let path: FieldPath
    /// Sorted, each once.
    let managers: [String]

    /// None where the server has not accepted the change in a dry run: what it would refuse is told as a conflict.
    static func all(in change: ObjectChange) -> [TakenField] {
        guard change.verification == .server, change.conflicts.isEmpty, change.action == .update,
            let live = change.live, let desired = change.desired
        else { return [] }
        let owners = live.managedFields.filter { !$0.isApply(by: KubeClient.fieldManager) }.compactMap { entry in
            FieldSet(fieldsV1: entry.fieldsV1).map { (entry.manager, $0) }
        }
        let changed = change.fieldChanges.filter { $0.old != nil && desired.value.value(at: $0.path) != nil }
        return changed.compactMap { field in
            let managers = Set(owners.filter { $0.1.covers(field.path) }.map(\.0)).sorted()
            return managers.isEmpty ? nil : TakenField(path: field.path, managers: managers)
        }
    }
}
