package import Resources

/// What would be lost with a Namespace or a CustomResourceDefinition, though the application doesn't own it.
package struct ForeignContents: Hashable, Sendable {
    /// Sorted.
    package let objects: [ObjectIdentity]
    /// Why some of it could not be read; nil where all was.
    package let unknown: String?

    package init(objects: [ObjectIdentity], unknown: String? = nil) {
        self.objects = objects.sorted()
        self.unknown = unknown
    }

    /// Takes out what is the application's own, what belongs to that, and what Kubernetes makes in every namespace.
    /// - Parameters:
    ///   - contents: all objects that would be lost; their metadata, and the type of Secrets, are enough.
    ///   - unknown: why some of them could not be read; nil where all were.
    package init(
        contents: some Sequence<KubernetesObject>,
        application: ApplicationIdentity,
        unknown: String? = nil
    ) {
        let contents = Array(contents)
        var ours = Set(contents.filter { Membership(of: $0, in: application) == .ours }.compactMap(\.uid))
        let names = Set(contents.filter { $0.uid.map(ours.contains) ?? false }.map(\.identity))
        var others = contents.filter { object in
            !(object.uid.map(ours.contains) ?? false) && !Self.isAutomatic(object, members: names)
                && !Self.isRecord(object, of: application)
        }
        // Owners can be owned themselves: a Pod by a ReplicaSet by a Deployment.
        while true {
            let owned = others.filter { object in object.owners.contains { ours.contains($0.uid) } }
            if owned.isEmpty { break }
            ours.formUnion(owned.compactMap(\.uid))
            let identities = Set(owned.map(\.identity))
            others.removeAll { identities.contains($0.identity) }
        }
        self.init(objects: others.map(\.identity), unknown: unknown)
    }

    /// Whether Kubernetes makes and removes the object by itself.
    private static func isAutomatic(_ object: KubernetesObject, members: Set<ObjectIdentity>) -> Bool {
        let identity = object.identity
        switch (identity.groupKind.group, identity.groupKind.kind) {
        case ("", "Event"), ("events.k8s.io", "Event"), ("metrics.k8s.io", _): return true
        case ("", "ConfigMap"): return identity.name == "kube-root-ca.crt"
        case ("", "ServiceAccount"): return identity.name == "default"
        case ("", "Endpoints"):
            let service = ObjectIdentity(group: "", kind: "Service", namespace: identity.namespace, name: identity.name)
            return members.contains(service)
        case ("", "Secret"):
            guard let account = object.annotations["kubernetes.io/service-account.name"] else { return false }
            let owner = ObjectIdentity(group: "", kind: "ServiceAccount", namespace: identity.namespace, name: account)
            return account == "default" || members.contains(owner)
        default: return false
        }
    }

    /// Whether the object is the ApplySet's parent, the lock, which has the same name, or a revision.
    private static func isRecord(_ object: KubernetesObject, of application: ApplicationIdentity) -> Bool {
        let parent = application.parent
        return object.namespace == parent.namespace
            && (object.name == parent.name || RevisionSecretName(object.name, of: application) != nil)
    }
}

/// What must be known of the cluster before anything is written, besides the objects themselves.
package struct ClusterObservations: Sendable {
    /// The cluster that was read.
    package var cluster: ClusterFingerprint?
    /// What could not be read of kinds that the application has or had members of, by kind.
    package var unreadKinds: [GroupKind: String]
    /// The namespaces that the application is recorded to have members in.
    package var recordedNamespaces: Set<String>
    /// API groups that do not answer (`metrics.k8s.io` or `metrics.k8s.io/v1`), with the reason.
    package var unavailableGroups: [String: String]
    /// For each Namespace and CustomResourceDefinition that would be deleted; a missing one counts as unknown.
    package var contents: [ObjectIdentity: ForeignContents]

    package init(
        cluster: ClusterFingerprint? = nil,
        unreadKinds: [GroupKind: String] = [:],
        recordedNamespaces: Set<String> = [],
        unavailableGroups: [String: String] = [:],
        contents: [ObjectIdentity: ForeignContents] = [:]
    ) {
        self.cluster = cluster
        self.unreadKinds = unreadKinds
        self.recordedNamespaces = recordedNamespaces
        self.unavailableGroups = unavailableGroups
        self.contents = contents
    }

    /// Why the group does not answer; nil where it does.
    func unavailability(of group: String) -> String? {
        unavailableGroups.sorted { $0.key < $1.key }
            .first { $0.key == group || $0.key.hasPrefix(group + "/") && !group.isEmpty }?.value
    }
}

/// Which cluster it is: the UID of its `kube-system` Namespace, which no other cluster has.
package struct ClusterFingerprint: Hashable, Sendable, CustomStringConvertible {
    package let uid: String

    package init(uid: String) {
        self.uid = uid
    }

    package var description: String { uid }
}
