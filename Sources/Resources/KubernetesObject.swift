/// A Kubernetes object, desired or live: a value tree whose common fields have names.
package struct KubernetesObject: Hashable, Sendable {
    package var value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package var apiVersion: String { value["apiVersion"]?.string ?? "" }
    package var kind: String { value["kind"]?.string ?? "" }
    package var groupVersionKind: GroupVersionKind { GroupVersionKind(apiVersion: apiVersion, kind: kind) }
    package var metadata: Value { value["metadata"] ?? .null }
    package var name: String { metadata["name"]?.string ?? "" }
    package var uid: String? { metadata["uid"]?.string }
    package var resourceVersion: String? { metadata["resourceVersion"]?.string }
    package var generation: Int? { metadata["generation"]?.integer }
    package var isBeingDeleted: Bool { metadata["deletionTimestamp"]?.string != nil }

    /// Empty where the object names no namespace.
    package var namespace: String {
        get { metadata["namespace"]?.string ?? "" }
        set { setMetadata("namespace", newValue.isEmpty ? nil : .string(newValue)) }
    }

    package var labels: [String: String] {
        get { strings("labels") }
        set { setMetadata("labels", .object(newValue.mapValues(Value.string))) }
    }

    package var annotations: [String: String] {
        get { strings("annotations") }
        set { setMetadata("annotations", .object(newValue.mapValues(Value.string))) }
    }

    package var identity: ObjectIdentity {
        ObjectIdentity(groupKind: groupVersionKind.groupKind, namespace: namespace, name: name)
    }

    /// `metadata.ownerReferences` that have a kind and a UID.
    package var owners: [OwnerReference] {
        (metadata["ownerReferences"]?.array ?? []).compactMap(OwnerReference.init)
    }

    private func strings(_ field: String) -> [String: String] {
        (metadata[field]?.object ?? [:]).compactMapValues(\.string)
    }

    private mutating func setMetadata(_ field: String, _ newValue: Value?) {
        var metadata = self.metadata
        metadata[field] = newValue
        value["metadata"] = metadata
    }
}

/// An object's owner, as `metadata.ownerReferences` names it.
package struct OwnerReference: Hashable, Sendable {
    package let groupKind: GroupKind
    package let name: String
    package let uid: String
    package let isController: Bool

    /// The controller of objects that are not made yet.
    package init(controller: ObjectIdentity) {
        groupKind = controller.groupKind
        name = controller.name
        uid = ""
        isController = true
    }

    init?(_ value: Value) {
        guard let kind = value["kind"]?.string, let uid = value["uid"]?.string else { return nil }
        groupKind = GroupVersionKind(apiVersion: value["apiVersion"]?.string ?? "", kind: kind).groupKind
        name = value["name"]?.string ?? ""
        self.uid = uid
        isController = value["controller"]?.bool ?? false
    }
}
