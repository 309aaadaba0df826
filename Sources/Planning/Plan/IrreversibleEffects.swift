internal import Diffing
internal import Resources

extension Plan {
    /// What no rollback brings back, a sentence each, in the order of execution.
    package var irreversibleEffects: [String] {
        changes.flatMap { change -> [String] in
            let name = change.identity.description
            return switch (change.action, change.identity.groupKind) {
            case (.replace, _): ["\(name) is deleted and created anew: what it held or did is lost"]
            case (.create, GroupKind(group: "batch", kind: "Job")): ["\(name) runs: what it does stays done"]
            case (.delete, let kind) where GuardrailSettings.protectedKinds.contains(kind):
                ["\(name) is deleted, with all that it holds"]
            case (.update, GroupKind(group: "", kind: "PersistentVolumeClaim")),
                (.adopt, GroupKind(group: "", kind: "PersistentVolumeClaim")):
                change.changes("spec", "resources", "requests", "storage")
                    ? ["\(name) grows: volumes never shrink"] : []
            case (.update, GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")):
                change.changesStorageVersion
                    ? ["\(name) gets another storage version: objects are rewritten in it"] : []
            default: []
            }
        }
    }
}

extension ObjectChange {
    fileprivate func changes(_ fields: String...) -> Bool {
        let path = FieldPath(fields.map(FieldPath.Element.field))
        return fieldChanges.contains { $0.path.hasPrefix(path) }
    }

    fileprivate var changesStorageVersion: Bool {
        func storageVersion(_ object: KubernetesObject?) -> String? {
            (object?.value[path: "spec", "versions"]?.array ?? []).first { $0["storage"]?.bool == true }?["name"]?
                .string
        }
        return storageVersion(live) != storageVersion(desired)
    }
}
