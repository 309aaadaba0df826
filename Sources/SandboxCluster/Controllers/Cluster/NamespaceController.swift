internal import FoundationEssentials
internal import Resources

/// Empties namespaces that are deleted, and lets them go (pkg/controller/namespace/deletion).
struct NamespaceController: Controller {
    let watched: [GroupKind]? = nil
    let level = WorkLevel.summaries
    /// How many objects of a kind there are in a namespace.
    private var contents: [String: [GroupKind: Int]] = [:]
    private var terminating: Set<String> = []

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] {
        let namespace = change.identity.namespace
        if change.identity.groupKind == Kinds.namespace {
            let isTerminating = !change.isDeletion && change.object.isBeingDeleted
            if isTerminating {
                terminating.insert(change.identity.name)
            } else {
                terminating.remove(change.identity.name)
            }
            return isTerminating ? [change.identity] : []
        }
        if namespace.isEmpty { return [] }
        if change.kind != .modified {
            contents[namespace, default: [:]][change.identity.groupKind, default: 0] += change.isDeletion ? -1 : 1
        }
        let isNews =
            change.kind != .modified || change.object.metadata["finalizers"] != change.earlier?.metadata["finalizers"]
        guard isNews, terminating.contains(namespace) else { return [] }
        return [ObjectIdentity(groupKind: Kinds.namespace, name: namespace)]
    }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard var namespace = api.object(key), namespace.isBeingDeleted else { return nil }
        let finalizers = namespace.spec["finalizers"]?.array ?? []
        guard finalizers.contains("kubernetes") else { return nil }
        let kinds = ((contents[key.name] ?? [:]).filter { $0.value > 0 }.map(\.key) + [Kinds.event]).sorted()
        var failures: [String] = []
        for kind in kinds {
            for object in api.objects(kind, namespace: key.name) where !object.isBeingDeleted {
                do throws(APIStatus) {
                    try api.delete(object.identity, uid: object.uid, propagation: .background, gracePeriod: nil)
                } catch {
                    if error.code != 404 { failures.append(error.message) }
                }
            }
        }
        let rest = kinds.map { ($0, api.objects($0, namespace: key.name)) }.filter { !$0.1.isEmpty }
        namespace = try namespace.updatingStatus(
            NamespaceDeletion.status(of: namespace, rest, failures, now: api.now), &api)
        if rest.isEmpty, failures.isEmpty {
            namespace.value["spec"]?["finalizers"] = .array(finalizers.filter { $0 != "kubernetes" })
            _ = try api.update(namespace, subresource: "finalize", by: Manager.controllers)
        }
        return nil
    }
}

/// What a namespace says of its deletion (pkg/controller/namespace/deletion/status_condition_utils.go).
enum NamespaceDeletion {
    static func status(
        of namespace: KubernetesObject, _ rest: [(GroupKind, [KubernetesObject])], _ failures: [String], now: Date
    ) -> Value {
        var conditions = Conditions(namespace)
        func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
            conditions.set(type, isTrue ? "True" : "False", reason, message, now: now)
        }
        set(
            "NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered")
        set(
            "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
            "All legacy kube types successfully parsed")
        let failure = failures.sorted().joined(separator: ", ")
        set(
            "NamespaceDeletionContentFailure", !failures.isEmpty,
            failures.isEmpty ? "ContentDeleted" : "ContentDeletionFailed",
            failures.isEmpty
                ? "All content successfully deleted, may be waiting on finalization"
                : "Failed to delete all resource types, \(failures.count) remaining: \(failure)")
        let contents = rest.map { kind, objects in "\(resource(kind)) has \(objects.count) resource instances" }
            .sorted()
        set(
            "NamespaceContentRemaining", !contents.isEmpty, contents.isEmpty ? "ContentRemoved" : "SomeResourcesRemain",
            contents.isEmpty
                ? "All content successfully removed"
                : "Some resources are remaining: \(contents.joined(separator: ", "))")
        var counts: [String: Int] = [:]
        for finalizer in rest.flatMap(\.1).flatMap(\.finalizers) { counts[finalizer, default: 0] += 1 }
        let finalizers = counts.map { "\($0.key) in \($0.value) resource instances" }.sorted()
        set(
            "NamespaceFinalizersRemaining", !finalizers.isEmpty,
            finalizers.isEmpty ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
            finalizers.isEmpty
                ? "All content-preserving finalizers finished"
                : "Some content in the namespace has finalizers remaining: \(finalizers.joined(separator: ", "))")
        return ["phase": "Terminating", "conditions": conditions.value ?? []]
    }

    /// `deployments.apps`, `pods.`, as the controller names resources.
    private static func resource(_ kind: GroupKind) -> String { "\(ResourceNames.plural(of: kind.kind)).\(kind.group)" }
}

/// The names of resources by those of their kinds, as English forms plurals.
enum ResourceNames {
    static func plural(of kind: String) -> String {
        let name = kind.lowercased()
        if name.hasSuffix("endpoints") { return name }
        if ["s", "x", "ch"].contains(where: name.hasSuffix) { return name + "es" }
        if name.hasSuffix("y"), !["ay", "ey", "oy"].contains(where: name.hasSuffix) { return name.dropLast() + "ies" }
        return name + "s"
    }
}
