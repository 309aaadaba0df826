import Resources

@testable import SandboxCluster

/// Requests for objects in the namespace `shop`.
enum AdmissionFixture {
    /// What admission makes of a new object, or why it refuses it.
    static func create(
        _ object: Value, in view: RulesView, version: KubernetesVersion = .v1_20
    ) -> Result<Value, APIStatus> {
        var object = object
        object["metadata"]?["namespace"] = "shop"
        let resource = resource(of: object)
        Defaults.apply(to: &object, as: resource.kind, version: version)
        do {
            try Admission.admit(&object, old: nil, of: resource, dryRun: false, in: view, version: version)
            return .success(object)
        } catch {
            return .failure(error)
        }
    }

    /// Why admission refuses a new object; nil where it doesn't.
    static func refusal(of object: Value, in view: RulesView, version: KubernetesVersion = .v1_20) -> String? {
        if case .failure(let status) = create(object, in: view, version: version) { status.message } else { nil }
    }

    static func update(_ object: Value, old: Value, in view: RulesView) throws(APIStatus) -> Value {
        var object = object
        try Admission.admit(&object, old: old, of: resource(of: object), dryRun: false, in: view, version: .v1_20)
        return object
    }

    static func resource(of object: Value) -> ResourceDefinition {
        let kind = KubernetesObject(object).groupVersionKind
        return .of(kind, isNamespaced: !ServerCase.clusterKinds.contains(kind.kind))
    }

    static func pod(
        _ name: String = "p", containers: Value = [["name": "c", "image": "x"]], spec: Value = [:]
    ) -> Value {
        var spec = spec
        spec["containers"] = containers
        if spec["automountServiceAccountToken"] == nil { spec["automountServiceAccountToken"] = false }
        return [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name), "namespace": "shop"], "spec": spec,
        ]
    }

    /// A pod of one container with such resources.
    static func pod(resources json: String, _ name: String = "p") throws -> Value {
        pod(name, containers: [["name": "c", "image": "x", "resources": try Value(json: json)]])
    }

    static func object(_ apiVersion: String, _ kind: String, _ name: String = "x", _ rest: Value = [:]) -> Value {
        var object = rest
        object["apiVersion"] = .string(apiVersion)
        object["kind"] = .string(kind)
        if object["metadata"] == nil { object["metadata"] = [:] }
        object["metadata"]?["name"] = .string(name)
        return object
    }

    static func claim(_ size: String) -> Value {
        let spec: Value = ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]]]
        return object("v1", "PersistentVolumeClaim", "x", ["spec": spec])
    }
}
