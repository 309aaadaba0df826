package import Resources

/// API versions that Kubernetes stopped serving, from its deprecated API migration guide.
package struct RemovedAPI: Hashable, Sendable {
    /// The first release without it: the minor number of 1.x.
    package let release: Int
    /// The apiVersion to use instead; nil where there is none.
    package let replacement: String?

    /// What became of a kind's version; nil where it is still served, or not Kubernetes' own.
    package static func of(_ kind: GroupVersionKind) -> RemovedAPI? {
        guard let removal = all[kind.apiVersion] else { return nil }
        return removal.kinds?[kind.kind] ?? removal.rest
    }

    private struct Removal {
        var kinds: [String: RemovedAPI]?
        var rest: RemovedAPI?
    }

    private static func every(_ release: Int, use replacement: String?) -> Removal {
        Removal(kinds: nil, rest: RemovedAPI(release: release, replacement: replacement))
    }

    private static let all: [String: Removal] = [
        "extensions/v1beta1": Removal(kinds: [
            "DaemonSet": RemovedAPI(release: 16, replacement: "apps/v1"),
            "Deployment": RemovedAPI(release: 16, replacement: "apps/v1"),
            "ReplicaSet": RemovedAPI(release: 16, replacement: "apps/v1"),
            "NetworkPolicy": RemovedAPI(release: 16, replacement: "networking.k8s.io/v1"),
            "PodSecurityPolicy": RemovedAPI(release: 16, replacement: nil),
            "Ingress": RemovedAPI(release: 22, replacement: "networking.k8s.io/v1"),
        ]),
        "apps/v1beta1": every(16, use: "apps/v1"),
        "apps/v1beta2": every(16, use: "apps/v1"),
        "admissionregistration.k8s.io/v1beta1": Removal(kinds: [
            "MutatingWebhookConfiguration": RemovedAPI(release: 22, replacement: "admissionregistration.k8s.io/v1"),
            "ValidatingWebhookConfiguration": RemovedAPI(release: 22, replacement: "admissionregistration.k8s.io/v1"),
        ]),
        "apiextensions.k8s.io/v1beta1": every(22, use: "apiextensions.k8s.io/v1"),
        "apiregistration.k8s.io/v1beta1": every(22, use: "apiregistration.k8s.io/v1"),
        "certificates.k8s.io/v1beta1": Removal(kinds: [
            "CertificateSigningRequest": RemovedAPI(release: 22, replacement: "certificates.k8s.io/v1")
        ]),
        "coordination.k8s.io/v1beta1": Removal(kinds: [
            "Lease": RemovedAPI(release: 22, replacement: "coordination.k8s.io/v1")
        ]),
        "networking.k8s.io/v1beta1": Removal(kinds: [
            "Ingress": RemovedAPI(release: 22, replacement: "networking.k8s.io/v1"),
            "IngressClass": RemovedAPI(release: 22, replacement: "networking.k8s.io/v1"),
        ]),
        "rbac.authorization.k8s.io/v1beta1": every(22, use: "rbac.authorization.k8s.io/v1"),
        "rbac.authorization.k8s.io/v1alpha1": every(22, use: "rbac.authorization.k8s.io/v1"),
        "scheduling.k8s.io/v1beta1": every(22, use: "scheduling.k8s.io/v1"),
        "storage.k8s.io/v1beta1": Removal(kinds: [
            "CSIDriver": RemovedAPI(release: 22, replacement: "storage.k8s.io/v1"),
            "CSINode": RemovedAPI(release: 22, replacement: "storage.k8s.io/v1"),
            "StorageClass": RemovedAPI(release: 22, replacement: "storage.k8s.io/v1"),
            "VolumeAttachment": RemovedAPI(release: 22, replacement: "storage.k8s.io/v1"),
            "CSIStorageCapacity": RemovedAPI(release: 27, replacement: "storage.k8s.io/v1"),
        ]),
        "batch/v1beta1": every(25, use: "batch/v1"),
        "batch/v2alpha1": every(21, use: "batch/v1"),
        "discovery.k8s.io/v1beta1": every(25, use: "discovery.k8s.io/v1"),
        "events.k8s.io/v1beta1": every(25, use: "events.k8s.io/v1"),
        "autoscaling/v2beta1": every(25, use: "autoscaling/v2"),
        "autoscaling/v2beta2": every(26, use: "autoscaling/v2"),
        "policy/v1beta1": Removal(kinds: [
            "PodDisruptionBudget": RemovedAPI(release: 25, replacement: "policy/v1"),
            "PodSecurityPolicy": RemovedAPI(release: 25, replacement: nil),
        ]),
        "node.k8s.io/v1beta1": every(25, use: "node.k8s.io/v1"),
        "flowcontrol.apiserver.k8s.io/v1beta1": every(26, use: "flowcontrol.apiserver.k8s.io/v1"),
        "flowcontrol.apiserver.k8s.io/v1beta2": every(29, use: "flowcontrol.apiserver.k8s.io/v1"),
        "flowcontrol.apiserver.k8s.io/v1beta3": every(32, use: "flowcontrol.apiserver.k8s.io/v1"),
    ]
}

/// What can be suspected of manifests without asking a cluster.
package enum OfflineWarnings {
    /// Warnings about removed API versions, and about kinds that Kubernetes' own groups did not have up to 1.36.
    /// - Parameter release: the minor number of the cluster's Kubernetes 1.x, where it is known: versions that it still
    ///   serves are no warning.
    package static func all(of manifests: [Manifest], release: Int? = nil) -> [Diagnostic] {
        manifests.compactMap { removal(of: $0, release: release) ?? unknownKind(of: $0) }.inOrder
    }

    private static func removal(of manifest: Manifest, release: Int?) -> Diagnostic? {
        guard let removed = RemovedAPI.of(manifest.object.groupVersionKind), removed.release <= release ?? .max else {
            return nil
        }
        return manifest.diagnostic(
            .warning,
            code: "removed-api",
            "\(manifest.title): \(manifest.object.apiVersion) is not served since Kubernetes 1.\(removed.release)",
            at: FieldPath(fields: "apiVersion"),
            hint: removed.replacement.map { "use \($0)" } ?? "the kind has no successor"
        )
    }

    private static func unknownKind(of manifest: Manifest) -> Diagnostic? {
        let kind = manifest.object.groupVersionKind
        guard let known = BuiltInKinds.kinds(of: kind.group), !known.contains(kind.kind) else { return nil }
        let group = kind.group.isEmpty ? "the core group" : kind.group
        return manifest.diagnostic(
            .warning,
            code: "unknown-kind",
            "\(manifest.title): \(group) has no kind \(kind.kind) that is known here",
            at: FieldPath(fields: "kind"),
            hint: Spelling.hint(kind.kind, in: known)
        )
    }
}
