internal import Resources

/// The ControllerRevisions of a StatefulSet or DaemonSet: its templates, numbered (pkg/controller/history).
struct Revisions {
    /// In the order of their numbers.
    private(set) var all: [KubernetesObject]
    /// That of the present template.
    private(set) var update: KubernetesObject

    /// Finds the revision of the workload's template, or makes it.
    /// - Parameter hashLabel: The label that names a revision.
    init(of workload: KubernetesObject, hashLabel: String, _ api: inout some ControllerAccess) throws(APIStatus) {
        all = api.objects(Kinds.revision, ownedBy: workload.uid ?? "").filter { $0.isControlled(by: workload) }
            .sorted { ($0.number, $0.name) < ($1.number, $1.name) }
        let template = RevisionTemplate.plain(workload.spec["template"] ?? [:])
        let next = (all.last?.number ?? 0).nextCount
        if var same = all.last(where: { RevisionTemplate.plain($0.template) == template }) {
            // A template that is back counts as the newest.
            if same.uid != all.last?.uid {
                same.value["revision"] = .number(next)
                same = try api.update(same, subresource: "", by: Manager.controllers)
                all.removeAll { $0.uid == same.uid }
                all.append(same)
            }
            update = same
            return
        }
        update = try Self.create(template, number: next, of: workload, hashLabel: hashLabel, &api)
        all.append(update)
    }

    private static func create(
        _ template: Value, number: Int, of workload: KubernetesObject, hashLabel: String,
        _ api: inout some ControllerAccess
    ) throws(APIStatus) -> KubernetesObject {
        var collisions = 0
        func identity(_ hash: String) -> ObjectIdentity {
            ObjectIdentity(
                groupKind: Kinds.revision, namespace: workload.namespace, name: "\(workload.name)-\(hash)")
        }
        var hash = TemplateHash.text(of: template)
        while api.object(identity(hash)) != nil {
            collisions += 1
            hash = TemplateHash.text(of: template, collisions: collisions)
        }
        var labels = workload.spec[path: "template", "metadata", "labels"] ?? [:]
        labels[hashLabel] = .string(hash)
        var data = template
        data["$patch"] = "replace"
        return try api.create(
            KubernetesObject([
                "apiVersion": "apps/v1", "kind": "ControllerRevision",
                "metadata": [
                    "name": .string(identity(hash).name), "namespace": .string(workload.namespace), "labels": labels,
                    "ownerReferences": [workload.asController],
                ],
                "data": ["spec": ["template": data]], "revision": .number(number),
            ]), by: Manager.controllers)
    }

    func named(_ name: String?) -> KubernetesObject? { all.first { $0.name == name } }

    /// Deletes the oldest that nothing uses, where there are more than the workload's limit.
    func cleanUp(
        limit: Int, inUse: (KubernetesObject) -> Bool, _ api: inout some ControllerAccess
    ) throws(APIStatus) {
        let unused = all.filter { $0.uid != update.uid && !inUse($0) }
        for revision in unused.prefix(max(0, unused.count - limit)) {
            try api.delete(revision.identity, uid: revision.uid, propagation: .background, gracePeriod: nil)
        }
    }
}

extension KubernetesObject {
    /// Of a ControllerRevision.
    var number: Int { value["revision"]?.integer ?? 0 }

    /// The template that a ControllerRevision keeps.
    var template: Value {
        var template = value[path: "data", "spec", "template"] ?? [:]
        template["$patch"] = nil
        return template
    }
}
