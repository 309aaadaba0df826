import Resources
import Testing

@testable import SandboxCluster

/// Seen on API servers of version 1.20.2.
struct GenerationTests {
    /// A kind, what of it is changed, and whether that makes a new generation.
    private static let changes: [(kind: String, change: String, isNew: Bool)] = [
        ("apps/v1 Deployment", "spec.replicas 3", true),
        ("apps/v1 Deployment", #"metadata.annotations {"x":"y"}"#, true),
        ("apps/v1 Deployment", #"metadata.labels {"x":"y"}"#, false),
        ("apps/v1 Deployment", "status.observedGeneration 77", false),
        ("apps/v1 Deployment", "metadata.generation 99", false),
        ("apps/v1 ReplicaSet", "spec.replicas 3", true),
        ("apps/v1 ReplicaSet", #"metadata.annotations {"x":"y"}"#, false),
        ("apps/v1 StatefulSet", #"spec.serviceName "x""#, true),
        ("apps/v1 DaemonSet", #"spec.updateStrategy {"type":"OnDelete"}"#, true),
        ("networking.k8s.io/v1 Ingress", #"spec.ingressClassName "x""#, true),
        ("networking.k8s.io/v1 NetworkPolicy", #"spec.policyTypes ["Egress"]"#, true),
        ("policy/v1beta1 PodDisruptionBudget", "spec.minAvailable 2", true),
        ("discovery.k8s.io/v1beta1 EndpointSlice", #"addressType "IPv6""#, true),
        ("scheduling.k8s.io/v1 PriorityClass", "value 7", false),
        ("admissionregistration.k8s.io/v1 MutatingWebhookConfiguration", #"webhooks [{"name":"a"}]"#, true),
        ("apiextensions.k8s.io/v1 CustomResourceDefinition", #"spec.group "x""#, true),
    ]

    @Test(arguments: changes)
    func `a change makes a new generation`(kind: String, change: String, isNew: Bool) throws {
        let resource = ResourceDefinition.of(try Self.kind(kind))
        let old = Self.created(resource)
        #expect(old[path: "metadata", "generation"] == 1)
        var new = try old.changed(by: change)
        Strategy.prepareForUpdate(&new, old: old, of: resource, subresource: "", version: .v1_20)
        #expect(new[path: "metadata", "generation"] == (isNew ? 2 : 1))
    }

    @Test(arguments: [
        (20, "batch/v1 Job", false), (22, "batch/v1 Job", true), (20, "batch/v1beta1 CronJob", false),
        (21, "batch/v1 CronJob", true), (32, "v1 ConfigMap", false), (32, "v1 Pod", false), (32, "v1 Service", false),
    ])
    func `some kinds have a generation only at newer servers, or never`(minor: Int, name: String, has: Bool) throws {
        let resource = ResourceDefinition.of(try Self.kind(name))
        let object = Self.created(resource, version: KubernetesVersion(minor: minor))
        #expect((object[path: "metadata", "generation"] == 1) == has)
    }

    @Test(arguments: [
        (true, "spec.a 2", true), (true, "other 2", true), (true, #"metadata.labels {"x":"y"}"#, false),
        (true, "status.x 2", false), (false, "status.x 2", true),
    ])
    func `a custom resource's generation counts everything but metadata and a status of its own`(
        hasStatus: Bool, change: String, isNew: Bool
    ) throws {
        let resource = ResourceDefinition.of(
            GroupVersionKind(apiVersion: "shop.dev/v1", kind: "Thing"), hasStatus: hasStatus, isCustom: true)
        let old: Value = ["metadata": ["name": "a", "generation": 1], "spec": ["a": 1], "status": ["x": 1]]
        var new = try old.changed(by: change)
        Strategy.prepareForUpdate(&new, old: old, of: resource, subresource: "")
        #expect(new[path: "metadata", "generation"] == (isNew ? 2 : 1))
    }

    private static func kind(_ name: String) throws -> GroupVersionKind {
        let parts = name.split(separator: " ").map(String.init)
        return GroupVersionKind(apiVersion: parts[0], kind: try #require(parts.last))
    }

    private static func created(_ resource: ResourceDefinition, version: KubernetesVersion = .v1_20) -> Value {
        var object: Value = ["metadata": ["name": "a", "uid": "uid-1"], "spec": [:]]
        Defaults.apply(to: &object, as: resource.kind, version: version)
        Strategy.prepareForCreate(&object, of: resource, in: RulesView(), version: version)
        return object
    }
}
