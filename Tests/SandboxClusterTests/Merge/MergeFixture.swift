import Resources

@testable import SandboxCluster

/// A custom resource with a field of each kind that merging knows, and a bit of Kubernetes' own types.
enum MergeFixture {
    static let time = "2021-01-01T00:00:00Z"
    static let later = "2022-02-02T00:00:00Z"

    static func merge(
        minor: Int = 20, kind: GroupVersionKind = thing, resources: [GroupVersionKind] = []
    ) -> ObjectMerge {
        let all = ([kind] + resources).map(resource)
        let registry = SchemaRegistry(types: types, resources: all)
        return ObjectMerge(resource(kind), registry: registry, version: KubernetesVersion(minor: minor))
    }

    static let thing = GroupVersionKind(apiVersion: "test.io/v1", kind: "Thing")
    static let deployment = GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment")
    static let configMap = GroupVersionKind(apiVersion: "v1", kind: "ConfigMap")
    static let registry = SchemaRegistry(types: types, resources: [])

    static func type(_ kind: GroupVersionKind) -> SchemaType {
        kind.kind == "Thing" ? custom : SchemaType(.reference(kind.kind))
    }

    private static func resource(_ kind: GroupVersionKind) -> ResourceDefinition {
        ResourceDefinition(
            kind: kind, plural: kind.kind.lowercased() + "s", singular: kind.kind.lowercased(), isNamespaced: true,
            verbs: [], hasStatus: true, type: type(kind), isCustom: kind.kind == "Thing")
    }

    static func structure(
        _ fields: [String: SchemaType], isAtomic: Bool = false, keepsUnknown: Bool = false,
        change: (inout SchemaType.Structure) -> Void = { _ in }
    ) -> SchemaType {
        var structure = SchemaType.Structure(fields: fields.mapValues(SchemaType.Field.init))
        structure.isAtomic = isAtomic
        structure.keepsUnknownFields = keepsUnknown
        change(&structure)
        return SchemaType(.structure(structure))
    }

    static let string = SchemaType(.scalar(.string))
    static let integer = SchemaType(.scalar(.int64))
    private static let strings = SchemaType(.map(string, isAtomic: false))

    static func list(_ element: SchemaType, _ keys: String...) -> SchemaType {
        SchemaType(.list(element, keys.isEmpty ? .set : .map(keys: keys)))
    }

    /// Without `ios`, a server of 1.20 can read the schema.
    static let custom = structure([
        "apiVersion": string, "kind": string, "metadata": SchemaType(.reference("ObjectMeta")),
        "spec": structure(spec), "status": structure(["n": integer]),
    ])

    private static let spec: [String: SchemaType] = [
        "num": integer, "str": string, "map": strings,
        "atomicMap": SchemaType(.map(string, isAtomic: true)),
        "struct": structure(["a": string, "b": string, "inner": structure(["x": integer, "y": integer])]),
        "atomicStruct": structure(["a": string, "b": string], isAtomic: true),
        "atomicList": SchemaType(.list(string, .atomic)), "set": list(string),
        "items": list(structure(["name": string, "v": string, "set": list(string)]), "name"),
        "ports": list(
            structure(["port": integer, "protocol": string, "v": string]) { structure in
                structure.fields["protocol"]?.defaultValue = "TCP"
            }, "port", "protocol"),
        "open": structure(["known": string], keepsUnknown: true), "any": structure([:], keepsUnknown: true),
        "raw": SchemaType(.untyped),
    ]

    static let types: [String: SchemaType] = [
        "ObjectMeta": structure([
            "name": string, "namespace": string, "labels": strings, "annotations": strings, "uid": string,
            "creationTimestamp": SchemaType(.scalar(.time)), "finalizers": list(string), "generation": integer,
        ]) { $0.fields["finalizers"]?.patchStrategies = ["merge"] },
        "ConfigMap": structure([
            "apiVersion": string, "kind": string, "metadata": SchemaType(.reference("ObjectMeta")), "data": strings,
        ]),
        "Deployment": structure([
            "apiVersion": string, "kind": string, "metadata": SchemaType(.reference("ObjectMeta")),
            "spec": structure([
                "replicas": integer,
                "strategy": structure(["type": string]) { $0.fields["type"]?.patchStrategies = [] },
                "template": structure(["spec": SchemaType(.reference("PodSpec"))]),
            ]) { $0.fields["strategy"]?.patchStrategies = ["retainKeys"] },
            "status": structure(["replicas": integer]),
        ]),
        "PodSpec": structure([
            "containers": list(SchemaType(.reference("Container")), "name"),
            "nodeSelector": strings,
        ]) { structure in
            structure.fields["containers"]?.patchStrategies = ["merge"]
            structure.fields["containers"]?.patchMergeKey = "name"
        },
        "Container": structure([
            "name": string, "image": string, "args": SchemaType(.list(string, .atomic)),
            "resources": structure(["limits": SchemaType(.map(SchemaType(.scalar(.quantity)), isAtomic: false))]),
            "tty": SchemaType(.scalar(.boolean)),
        ]) { $0.required = ["name"] },
    ]

    static func object(_ spec: Value, _ metadata: Value = [:], _ kind: GroupVersionKind = thing) -> Value {
        var object: Value = ["apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "metadata": metadata]
        object["metadata"]?["name"] = "a"
        object[kind == configMap ? "data" : "spec"] = spec
        return object
    }

    static func stored(_ object: Value) -> Value {
        var stored = object
        stored["metadata"]?["uid"] = "7"
        return stored
    }

    /// `{"f:spec":…}` of a manager, as compact text; nil where it has no entry.
    static func fields(_ manager: String, _ object: Value) -> String? {
        object.managedFieldsList.first { $0["manager"]?.string == manager }?["fieldsV1"]?.json
    }

    static func owners(_ object: Value) -> [String] {
        object.managedFieldsList.map { "\($0["manager"]?.string ?? "") \($0["fieldsV1"]?.json ?? "")" }
    }
}
