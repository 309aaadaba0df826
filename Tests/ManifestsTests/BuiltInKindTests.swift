import Manifests
import Resources
import Testing

@Suite struct BuiltInKindTests {
    @Test(arguments: [
        ("", "Pod", KindScope.namespaced), ("", "Namespace", .cluster), ("apps", "Deployment", .namespaced),
        ("rbac.authorization.k8s.io", "ClusterRole", .cluster), ("rbac.authorization.k8s.io", "Role", .namespaced),
        ("storage.k8s.io", "StorageClass", .cluster), ("apps", "Pod", nil), ("example.com", "Pod", nil),
    ])
    func `the scope of Kubernetes' own kinds is known`(group: String, kind: String, scope: KindScope?) {
        #expect(BuiltInKinds.scope(of: GroupKind(group: group, kind: kind)) == scope)
    }

    @Test(arguments: [
        ("extensions/v1beta1", "Ingress", 22, "networking.k8s.io/v1"),
        ("extensions/v1beta1", "Deployment", 16, "apps/v1"),
        ("policy/v1beta1", "PodDisruptionBudget", 25, "policy/v1"), ("batch/v1beta1", "CronJob", 25, "batch/v1"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "autoscaling/v2"),
        ("rbac.authorization.k8s.io/v1beta1", "Role", 22, "rbac.authorization.k8s.io/v1"),
        ("storage.k8s.io/v1beta1", "CSIStorageCapacity", 27, "storage.k8s.io/v1"),
    ])
    func `removed versions are known with what replaces them`(
        apiVersion: String, kind: String, release: Int, replacement: String
    ) {
        let removed = RemovedAPI.of(GroupVersionKind(apiVersion: apiVersion, kind: kind))
        #expect(removed?.release == release)
        #expect(removed?.replacement == replacement)
    }

    @Test(arguments: [
        ("apps/v1", "Deployment"), ("storage.k8s.io/v1beta1", "VolumeAttributesClass"),
        ("example.com/v1beta1", "Ingress"),
    ])
    func `versions that are served are not among them`(apiVersion: String, kind: String) {
        #expect(RemovedAPI.of(GroupVersionKind(apiVersion: apiVersion, kind: kind)) == nil)
    }

    @Test func `offline, a removed version is a warning, unless the cluster is known to serve it`() throws {
        let text =
            "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: a}\n---\n"
            + "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\n"
        let manifests = try read(text).set.manifests
        #expect(
            OfflineWarnings.all(of: manifests).map { $0.rendered() }.joined(separator: "\n\n") == """
                warning[removed-api]: PodSecurityPolicy a: policy/v1beta1 is not served since Kubernetes 1.25
                 --> shop.yaml:1:13
                  |
                1 | apiVersion: policy/v1beta1
                  |             ^
                hint: the kind has no successor

                warning[removed-api]: CronJob a: batch/v1beta1 is not served since Kubernetes 1.25
                 --> shop.yaml:5:13
                  |
                5 | apiVersion: batch/v1beta1
                  |             ^
                hint: use batch/v1
                """
        )
        #expect(OfflineWarnings.all(of: manifests, release: 24).isEmpty)
        #expect(OfflineWarnings.all(of: manifests, release: 25).count == 2)
    }

    @Test func `offline, a kind that a group of Kubernetes' does not have is a warning`() throws {
        let manifests = try read("apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: a}\n").set.manifests
        #expect(
            OfflineWarnings.all(of: manifests).map { $0.rendered() } == [
                """
                warning[unknown-kind]: Deploymnt a: apps has no kind Deploymnt that is known here
                 --> shop.yaml:2:7
                  |
                2 | kind: Deploymnt
                  |       ^
                hint: did you mean Deployment?
                """
            ]
        )
    }
}
