import FoundationEssentials
import Resources

@testable import SandboxCluster

/// A cluster in memory that does of an API server's work what controllers rely on.
struct FakeCluster: ControllerAccess {
    var now = Date(timeIntervalSince1970: 1_700_000_000)
    private(set) var all: [ObjectIdentity: KubernetesObject] = [:]
    private var changes: [ObjectChange] = []
    private var version = 0
    private var created = 0
    /// Why an object may not be created; nil where it may.
    var refusal: (KubernetesObject) -> APIStatus? = { _ in nil }

    mutating func takeChanges() -> [ObjectChange] {
        defer { changes = [] }
        return changes
    }

    func object(_ identity: ObjectIdentity) -> KubernetesObject? { all[identity] }

    func objects(_ kind: GroupKind, namespace: String?) -> [KubernetesObject] {
        all.filter { $0.key.groupKind == kind && (namespace == nil || $0.key.namespace == namespace) }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    func objects(_ kind: GroupKind, ownedBy uid: String) -> [KubernetesObject] {
        objects(kind, namespace: nil).filter { $0.owners.contains { $0.uid == uid } }
    }

    mutating func create(_ object: KubernetesObject, by manager: String) throws(APIStatus) -> KubernetesObject {
        if let refusal = refusal(object) { throw refusal }
        let namespace = ObjectIdentity(groupKind: Kinds.namespace, name: object.namespace)
        if all[namespace]?.isBeingDeleted ?? false { throw Self.status(403, "Forbidden", "namespace is terminating") }
        var object = object
        created += 1
        var metadata = object.metadata
        if metadata["name"] == nil {
            metadata["name"] = .string((metadata["generateName"]?.string ?? "") + Self.suffix(created))
        }
        metadata["uid"] = .string("uid-\(created)")
        metadata["creationTimestamp"] = now.apiTime
        metadata["generation"] = 1
        object.value["metadata"] = metadata
        if all[object.identity] != nil { throw Self.status(409, "AlreadyExists", "\(object.identity) already exists") }
        prepare(&object)
        return put(object)
    }

    private static func suffix(_ number: Int) -> String {
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        var (rest, text) = (number, "")
        for _ in 0..<5 {
            text = String(letters[rest % letters.count]) + text
            rest /= letters.count
        }
        return text
    }

    private func prepare(_ object: inout KubernetesObject) {
        let uid = object.uid ?? ""
        switch object.kind {
        case "Pod": object.value["status"] = object.value["status"] ?? ["phase": "Pending"]
        case "Namespace":
            object.value["spec"] = ["finalizers": ["kubernetes"]]
            object.value["status"] = ["phase": "Active"]
        case "Job":
            object.value.change(at: ["spec", "template", "metadata", "labels", "controller-uid"]) { $0 = .string(uid) }
            object.value.change(at: ["spec", "selector", "matchLabels", "controller-uid"]) { $0 = .string(uid) }
        default: break
        }
    }

    private mutating func put(_ object: KubernetesObject) -> KubernetesObject {
        var object = object
        version += 1
        object.value["metadata"]?["resourceVersion"] = .string(String(version))
        let earlier = all[object.identity]
        all[object.identity] = object
        changes.append(ObjectChange(earlier == nil ? .added : .modified, object, earlier: earlier))
        return object
    }

    private mutating func remove(_ object: KubernetesObject) {
        all[object.identity] = nil
        changes.append(ObjectChange(.deleted, object))
    }

    mutating func update(
        _ object: KubernetesObject, subresource: String, by manager: String
    ) throws(APIStatus) -> KubernetesObject {
        guard let old = all[object.identity] else { throw Self.status(404, "NotFound", "\(object.identity) not found") }
        if let version = object.resourceVersion, version != old.resourceVersion {
            throw Self.status(409, "Conflict", "the object has been modified")
        }
        var new = old
        switch subresource {
        case "status": new.value["status"] = object.value["status"]
        case "finalize": new.value["spec"] = object.value["spec"]
        default:
            new = object
            new.value["status"] = old.value["status"]
            if new.value["spec"] != old.value["spec"] {
                new.value["metadata"]?["generation"] = .number((old.generation ?? 0) + 1)
            }
        }
        if new == old { return old }
        if new.isBeingDeleted, mayGo(new) {
            remove(new)
            return new
        }
        return put(new)
    }

    private func mayGo(_ object: KubernetesObject) -> Bool {
        let isFilled = object.kind == "Namespace" && !(object.spec["finalizers"]?.array ?? []).isEmpty
        return object.finalizers.isEmpty && !isFilled
            && object.metadata["deletionGracePeriodSeconds"]?.integer ?? 0 == 0
    }

    mutating func delete(
        _ identity: ObjectIdentity, uid: String?, propagation: Propagation?, gracePeriod: Int?
    ) throws(APIStatus) {
        guard let old = all[identity], uid == nil || old.uid == uid else {
            throw Self.status(404, "NotFound", "\(identity) not found")
        }
        var object = old
        let mark = ["Foreground": "foregroundDeletion", "Orphan": "orphan"][propagation?.rawValue ?? ""]
        if let mark, !object.finalizers.contains(mark) { object.setFinalizers(object.finalizers + [mark]) }
        var grace = 0
        if identity.groupKind == Kinds.pod, !old.nodeName.isEmpty, !old.hasEnded {
            grace = gracePeriod ?? old.spec["terminationGracePeriodSeconds"]?.integer ?? 30
        }
        if !old.isBeingDeleted || grace < old.metadata["deletionGracePeriodSeconds"]?.integer ?? 0 {
            object.value["metadata"]?["deletionTimestamp"] = now.addingTimeInterval(Double(grace)).apiTime
            object.value["metadata"]?["deletionGracePeriodSeconds"] = .number(grace)
        }
        if identity.groupKind == Kinds.namespace { object.value["status"] = ["phase": "Terminating"] }
        if mayGo(object) { return remove(old) }
        if object != old { _ = put(object) }
    }

    mutating func bind(pod identity: ObjectIdentity, to node: String) throws(APIStatus) {
        guard var pod = all[identity] else { throw Self.status(404, "NotFound", "\(identity) not found") }
        pod.value["spec"]?["nodeName"] = .string(node)
        var conditions = Conditions(pod)
        conditions.set("PodScheduled", "True", now: now, fields: ["lastProbeTime": .null])
        pod.value["status"]?["conditions"] = conditions.value
        _ = put(pod)
    }

    static func status(_ code: Int, _ reason: String, _ message: String) -> APIStatus {
        APIStatus(code: code, reason: reason, message: message)
    }
}
