import Resources
import Testing

@testable import SandboxCluster

@Suite struct BuiltInSchemaTests {
    private let registry = SchemaRegistry.builtIn

    /// What Kubernetes' API says of these fields (k8s.io/api, and for containerPort a server of 1.20).
    @Test(arguments: [
        ("v1 Service", "spec.ports", "[-> io.k8s.api.core.v1.ServicePort] port protocol"),
        ("v1 Service", "spec.clusterIPs", "[string] atomic"),
        ("v1 Pod", "spec.containers", "[-> io.k8s.api.core.v1.Container] name"),
        ("v1 Pod", "spec.containers.ports", "[-> io.k8s.api.core.v1.ContainerPort] containerPort protocol"),
        ("v1 Pod", "spec.containers.env", "[-> io.k8s.api.core.v1.EnvVar] name"),
        ("v1 Pod", "spec.containers.args", "[string] atomic"),
        ("v1 Pod", "spec.containers.resources.limits", "{quantity}"),
        ("v1 Pod", "spec.containers.resources.claims", "[-> io.k8s.api.core.v1.ResourceClaim] name"),
        ("v1 Pod", "spec.containers.livenessProbe.httpGet.port", "intOrString"),
        ("v1 Pod", "spec.containers.livenessProbe.grpc.port", "int32"),
        ("v1 Pod", "spec.tolerations", "[-> io.k8s.api.core.v1.Toleration] atomic"),
        ("v1 Pod", "spec.schedulingGates", "[-> io.k8s.api.core.v1.PodSchedulingGate] name"),
        (
            "v1 Pod", "spec.topologySpreadConstraints",
            "[-> io.k8s.api.core.v1.TopologySpreadConstraint] topologyKey whenUnsatisfiable"
        ),
        ("v1 Pod", "metadata.finalizers", "[string] set"),
        ("v1 Pod", "metadata.ownerReferences", "[-> io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference] uid"),
        ("v1 Pod", "metadata.managedFields.fieldsV1", "any"),
        ("v1 Pod", "metadata.creationTimestamp", "time"),
        ("v1 Secret", "data", "{bytes}"),
        ("v1 Event", "eventTime", "microTime"),
        ("apps/v1 Deployment", "spec.replicas", "int32"),
        ("apps/v1 StatefulSet", "spec.minReadySeconds", "int32"),
        ("batch/v1 Job", "spec.activeDeadlineSeconds", "int64"),
        ("batch/v1 CronJob", "spec.timeZone", "string"),
        ("autoscaling/v2 HorizontalPodAutoscaler", "spec.metrics.resource.target.averageValue", "quantity"),
        (
            "policy/v1 PodDisruptionBudget", "status.conditions",
            "[-> io.k8s.apimachinery.pkg.apis.meta.v1.Condition] type"
        ),
        ("discovery.k8s.io/v1 EndpointSlice", "endpoints.addresses", "[string] set"),
        (
            "apiextensions.k8s.io/v1 CustomResourceDefinition", "spec.versions.schema.openAPIV3Schema.default",
            "-> io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"
        ),
    ])
    func `a field has its type`(kind: String, path: String, type: String) throws {
        #expect(try describe(field(path, of: kind).type) == type)
    }

    @Test(arguments: [
        ("v1 Pod", "spec.containers.ports.protocol", Value.string("TCP")),
        ("v1 Service", "spec.ports.protocol", "TCP"),
        ("v1 Pod", "spec.containers.name", ""),
        ("v1 Pod", "spec.containers.ports.containerPort", 0),
        ("v1 Pod", "spec.imagePullSecrets.name", nil),
        ("v1 Pod", "spec.hostAliases.ip", nil),
    ])
    func `a list's key has the default that Go leaves there`(kind: String, path: String, value: Value?) throws {
        let value = value == .null ? nil : value
        #expect(try field(path, of: kind).defaultValue == value)
    }

    @Test func `a selector has one owner, a pod template many`() throws {
        #expect(try structure(of: field("spec.selector", of: "apps/v1 Deployment").type).isAtomic)
        #expect(try !structure(of: field("spec.template", of: "apps/v1 Deployment").type).isAtomic)
    }

    @Test func `strategic patches know their keys`() throws {
        let ports = try field("spec.containers.ports", of: "v1 Pod")
        #expect(ports.patchStrategies == ["merge"] && ports.patchMergeKey == "containerPort")
        let volumes = try field("spec.volumes", of: "v1 Pod")
        #expect(volumes.patchStrategies == ["merge", "retainKeys"] && volumes.patchMergeKey == "name")
        #expect(try field("spec.strategy", of: "apps/v1 Deployment").patchStrategies == ["retainKeys"])
    }

    @Test(arguments: [
        ("Deployment", ["apps/v1"]), ("CronJob", ["batch/v1", "batch/v1beta1"]),
        ("HorizontalPodAutoscaler", ["autoscaling/v2", "autoscaling/v1", "autoscaling/v2beta2"]),
        ("PodDisruptionBudget", ["policy/v1", "policy/v1beta1"]),
        ("EndpointSlice", ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"]),
        ("Ingress", ["networking.k8s.io/v1"]), ("CustomResourceDefinition", ["apiextensions.k8s.io/v1"]),
        ("SelfSubjectReview", ["authentication.k8s.io/v1"]), ("PodSecurityPolicy", []),
    ])
    func `a kind is served in these versions, the preferred one first`(kind: String, versions: [String]) {
        #expect(registry.resources.filter { $0.kind.kind == kind }.map(\.kind.apiVersion) == versions)
    }

    @Test func `every resource has metadata of the built-in type`() throws {
        for resource in registry.resources {
            let structure = try structure(of: resource.type)
            #expect(structure.fields["metadata"].map { describe($0.type) }?.hasSuffix(".ObjectMeta") == true)
        }
    }

    private func field(_ path: String, of kind: String) throws -> SchemaType.Field {
        let parts = kind.split(separator: " ").map(String.init)
        let kind = GroupVersionKind(apiVersion: parts[0], kind: parts[1])
        var type = try #require(registry.resources.first { $0.kind == kind }).type
        var field: SchemaType.Field?
        for name in path.split(separator: ".") {
            let next = try #require(try structure(of: type).fields[String(name)], "\(name) of \(path)")
            type = next.type
            field = next
        }
        return try #require(field)
    }

    /// The structure that a type is, or that its elements are.
    private func structure(of type: SchemaType) throws -> SchemaType.Structure {
        switch registry.resolved(type).shape {
        case .structure(let structure): return structure
        case .list(let element, _): return try structure(of: element)
        default: throw NoStructure(type: describe(type))
        }
    }

    private struct NoStructure: Error {
        let type: String
    }
}
