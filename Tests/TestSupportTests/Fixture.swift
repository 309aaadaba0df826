import Foundation
import Health
import KubeClient
import Resources
import TestSupport

/// A namespace of its own on the control plane, with nodes for its pods. Its polls sleep: the controllers that they wait
/// for run by no clock of ours.
struct Fixture: Sendable {
    let client: KubeClient
    let discovery: Discovery
    let namespace: String

    /// That of `scripts/control-plane`; other clusters have kubelets of their own.
    static var kubeconfig: String? {
        let environment = ProcessInfo.processInfo.environment
        return environment["ENDSTATE_TEST_AUDIT_LOG"] == nil ? nil : environment["ENDSTATE_TEST_KUBECONFIG"]
    }

    static func with(_ body: @escaping @Sendable (Fixture) async throws -> Void) async throws {
        let configuration = try ClusterConfiguration.load(kubeconfig: kubeconfig, environment: [:])
        let transport = try HTTPTransport(configuration, options: .patient)
        let client = KubeClient(transport: transport)
        let fixture = Fixture(
            client: client,
            discovery: try await client.discover(),
            namespace: "kubelet-\(UUID().uuidString.prefix(8).lowercased())"
        )
        let result: Result<Void, any Error>
        do {
            let kubelet = FakeKubelet(client: client, name: fixture.namespace, nodes: 2)
            try await kubelet.run { try await fixture.inNamespace(body) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        try result.get()
    }

    private func inNamespace(_ body: (Fixture) async throws -> Void) async throws {
        let object = KubernetesObject([
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)],
        ])
        _ = try await client.create(object, as: .namespaces)
        let result: Result<Void, any Error>
        do {
            try await client.awaitAccount(in: namespace)
            try await body(self)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        _ = try await client.delete(.namespaces, name: namespace)
        while try await client.get(.namespaces, name: namespace) != nil {
            try await Task.sleep(for: .milliseconds(100))
        }
        for name in ["early", "late"] {
            _ = try await client.delete(.storageClasses, name: "\(namespace)-\(name)")
        }
        try result.get()
    }

    func template(app: String, behaviour: String? = nil) -> Value {
        var metadata: Value = ["labels": ["app": .string(app)]]
        if let behaviour { metadata["annotations"] = [PodBehaviour.annotation: .string(behaviour)] }
        return ["metadata": metadata, "spec": ["containers": [["name": "main", "image": "any"]]]]
    }

    func apply(_ resource: APIResource, _ name: String, _ spec: Value) async throws {
        var spec = spec
        if let labels = spec[path: "template", "metadata", "labels"] { spec["selector"] = ["matchLabels": labels] }
        let object = KubernetesObject([
            "apiVersion": .string(resource.groupVersionKind.apiVersion),
            "kind": .string(resource.groupVersionKind.kind),
            "metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec,
        ])
        _ = try await client.apply(object, as: resource)
    }

    func storageClass(_ name: String, bindingMode: String) async throws -> String {
        let name = "\(namespace)-\(name)"
        let object = KubernetesObject([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(name)],
            "provisioner": .string(FakeKubelet.provisioner), "volumeBindingMode": .string(bindingMode),
        ])
        _ = try await client.create(object, as: .storageClasses)
        return name
    }

    /// A quota forbids nothing before its controller has counted.
    func quotaCounted(_ name: String) async throws {
        while try await client.get(.resourceQuotas, namespace: namespace, name: name)?.value[path: "status", "used"]
            == nil
        {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Returns the object's health once it is of the given status.
    func health(
        _ resource: APIResource, _ name: String, is status: HealthStatus, _ context: HealthContext = HealthContext()
    ) async throws -> ObjectHealth {
        while true {
            if let object = try await client.get(resource, namespace: namespace, name: name) {
                let health = Health.assess(object, context: context)
                if health.status == status { return health }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Returns the first diagnosis of the object that is as wanted.
    func diagnosis(
        _ resource: APIResource, _ name: String, where isWanted: (Diagnosis) -> Bool
    ) async throws -> Diagnosis {
        while true {
            if let object = try await client.get(resource, namespace: namespace, name: name) {
                let evidence = try await evidence(for: object)
                let diagnosis = HealthDiagnosis.diagnose(object, evidence: evidence)
                if let diagnosis, isWanted(diagnosis) { return diagnosis }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func evidence(for object: KubernetesObject) async throws -> HealthEvidence {
        var evidence = HealthEvidence()
        for need in HealthDiagnosis.needs(object) {
            guard case .found(let resource) = discovery.resource(for: need.groupVersionKind) else { continue }
            let items = try await client.list(
                resource, namespace: need.namespace, labelSelector: need.labelSelector,
                fieldSelector: need.fieldSelector
            ).items
            if resource == .events || need.groupVersionKind.kind == "Event" {
                evidence.events += items
            } else {
                evidence.objects += items
            }
        }
        return evidence
    }
}

extension APIResource {
    static let deployments = namespaced("apps/v1", "Deployment", "deployments")
    static let statefulSets = namespaced("apps/v1", "StatefulSet", "statefulsets")
    static let jobs = namespaced("batch/v1", "Job", "jobs")
    static let services = namespaced("v1", "Service", "services")
    static let resourceQuotas = namespaced("v1", "ResourceQuota", "resourcequotas")
    static let persistentVolumeClaims = namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims")
    static let storageClasses = APIResource(
        .init(apiVersion: "storage.k8s.io/v1", kind: "StorageClass"), plural: "storageclasses", isNamespaced: false
    )

    private static func namespaced(_ apiVersion: String, _ kind: String, _ plural: String) -> APIResource {
        APIResource(.init(apiVersion: apiVersion, kind: kind), plural: plural, isNamespaced: true)
    }
}
