/// An API group and a kind in it; the core group is the empty string.
package struct GroupKind: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let group: String
    package let kind: String

    package init(group: String, kind: String) {
        self.group = group
        self.kind = kind
    }

    /// `Kind.group`, or `Kind` alone for the core group, as ApplySet's `contains-group-kinds` writes it.
    package var description: String { group.isEmpty ? kind : "\(kind).\(group)" }

    package static func < (left: GroupKind, right: GroupKind) -> Bool {
        (left.kind, left.group) < (right.kind, right.group)
    }
}

/// An API group, a version of it and a kind in it.
package struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let version: String
    package let kind: String

    package init(group: String, version: String, kind: String) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    /// From an object's `apiVersion` (`v1`, `apps/v1`) and `kind`.
    package init(apiVersion: String, kind: String) {
        let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            group: parts.count == 2 ? String(parts[0]) : "",
            version: String(parts.last ?? ""),
            kind: kind
        )
    }

    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
    package var groupKind: GroupKind { GroupKind(group: group, kind: kind) }
    package var description: String { "\(apiVersion) \(kind)" }
}

/// What makes two manifests the same object: group and kind (not the version), namespace, name.
package struct ObjectIdentity: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let groupKind: GroupKind
    /// Empty for cluster-scoped objects.
    package let namespace: String
    package let name: String

    package init(groupKind: GroupKind, namespace: String = "", name: String) {
        self.groupKind = groupKind
        self.namespace = namespace
        self.name = name
    }

    package init(group: String, kind: String, namespace: String = "", name: String) {
        self.init(groupKind: GroupKind(group: group, kind: kind), namespace: namespace, name: name)
    }

    /// `Kind namespace/name` or `Kind name`, with the group where it is no group of Kubernetes' own.
    package var description: String {
        let isBuiltIn = !groupKind.group.contains(".") || groupKind.group.hasSuffix(".k8s.io")
        let kind = isBuiltIn ? groupKind.kind : groupKind.description
        return namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)"
    }

    package static func < (left: ObjectIdentity, right: ObjectIdentity) -> Bool {
        (left.groupKind, left.namespace, left.name) < (right.groupKind, right.namespace, right.name)
    }
}
