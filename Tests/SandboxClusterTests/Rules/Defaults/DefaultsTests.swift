import Resources
import Testing

@testable import SandboxCluster

struct DefaultsTests {
    @Test(arguments: [
        ("nginx", "Always"), ("nginx:latest", "Always"), ("reg:5000/x/nginx", "Always"),
        ("nginx:1.25", "IfNotPresent"), ("reg:5000/x/nginx:latest", "Always"), ("reg:5000/x/nginx:1", "IfNotPresent"),
        ("nginx@sha256:e3b0c44298fc", "IfNotPresent"), ("nginx:latest@sha256:e3b0c44298fc", "Always"),
        ("", "IfNotPresent"),
    ])
    func `an image is pulled always only if it may be another one each time`(image: String, policy: String) {
        var pod: Value = ["spec": ["containers": [["name": "c", "image": .string(image)]]]]
        Defaults.apply(to: &pod, as: Self.kind("v1", "Pod"))
        #expect(pod["spec"]?["containers"]?[0]?["imagePullPolicy"]?.string == policy)
    }

    @Test(
        arguments: [
            ("1000m", "1"), ("1024Mi", "1Gi"), (.double(0.5), "500m"), (2, "2"), ("100u", "1m"), ("1.0001", "1001m"),
            ("1e3", "1e3"),
            ("-100u", "-1m"), ("0.1Gi", "107374182400m"),
        ] as [(Value, String)])
    func `amounts are written canonically and rounded up to thousandths`(given: Value, stored: String) {
        var quota: Value = ["spec": ["hard": ["cpu": given]]]
        Defaults.apply(to: &quota, as: Self.kind("v1", "ResourceQuota"))
        #expect(quota[path: "spec", "hard", "cpu"]?.string == stored)
    }

    @Test(arguments: [
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"), ("2020-01-01T00:30:00.75+02:00", "2019-12-31T22:30:00Z"),
        ("2024-02-28T23:59:59-05:30", "2024-02-29T05:29:59Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
        ("2000-03-01T00:00:00+00:00", "2000-03-01T00:00:00Z"), ("soon", "soon"),
    ])
    func `times are written in UTC with whole seconds`(given: String, stored: String) {
        var event: Value = ["firstTimestamp": .string(given)]
        Defaults.apply(to: &event, as: Self.kind("v1", "Event"))
        #expect(event["firstTimestamp"]?.string == stored)
    }

    @Test func `fine times have six digits of a second`() {
        var lease: Value = ["spec": ["renewTime": "2020-01-01T00:00:00.123456789+02:00"]]
        Defaults.apply(to: &lease, as: Self.kind("coordination.k8s.io/v1", "Lease"))
        #expect(lease["spec"]?["renewTime"] == "2019-12-31T22:00:00.123456Z")
    }

    @Test(arguments: [
        (20, "v1", "Namespace", #"{"metadata":{"name":"a"}}"#, nil),
        (21, "v1", "Namespace", #"{"metadata":{"name":"a"}}"#, #"metadata.labels["kubernetes.io/metadata.name"] "a""#),
        (21, "v1", "Service", "{}", nil),
        (22, "v1", "Service", "{}", #"spec.internalTrafficPolicy "Cluster""#),
        (21, "batch/v1", "Job", "{}", nil),
        (22, "batch/v1", "Job", "{}", "spec.suspend false"),
        (29, "batch/v1", "Job", "{}", #"spec.podReplacementPolicy "TerminatingOrFailed""#),
        (26, "apps/v1", "StatefulSet", "{}", nil),
        (
            27, "apps/v1", "StatefulSet", "{}",
            #"spec.persistentVolumeClaimRetentionPolicy {"whenDeleted":"Retain","whenScaled":"Retain"}"#
        ),
        (21, "apps/v1", "DaemonSet", "{}", nil),
        (22, "apps/v1", "DaemonSet", "{}", "spec.updateStrategy.rollingUpdate.maxSurge 0"),
    ])
    func `newer servers add defaults`(minor: Int, version: String, kind: String, given: String, adds: String?) throws {
        var before = try Value(json: given)
        var after = before
        Defaults.apply(to: &before, as: Self.kind(version, kind), version: KubernetesVersion(minor: 20))
        Defaults.apply(to: &after, as: Self.kind(version, kind), version: KubernetesVersion(minor: minor))
        guard let adds else {
            #expect(after.differences(from: before) == [])
            return
        }
        #expect(try after.changed(by: adds).differences(from: after) == [])
        #expect(after != before)
    }

    @Test(arguments: ["policy/v1 PodDisruptionBudget", "batch/v1 CronJob", "autoscaling/v2 HorizontalPodAutoscaler"])
    func `newer versions of a kind are as the older ones`(name: String) throws {
        let parts = name.split(separator: " ").map(String.init)
        let older = [
            "policy/v1": "policy/v1beta1", "batch/v1": "batch/v1beta1", "autoscaling/v2": "autoscaling/v2beta2",
        ]
        var new: Value = ["spec": [:]]
        var old = new
        Defaults.apply(to: &new, as: Self.kind(parts[0], parts[1]))
        Defaults.apply(to: &old, as: Self.kind(try #require(older[parts[0]]), parts[1]))
        // Version 2 leaves out conditions that nobody set.
        old["status"]?["conditions"] = new["status"]?["conditions"]
        #expect(new.differences(from: old) == [])
        #expect(new["spec"] != [:] || parts[1] == "PodDisruptionBudget")
    }

    @Test func `an unknown kind keeps all but the nulls of its metadata`() {
        var object: Value = [
            "metadata": ["name": "a", "labels": nil, "annotations": [:]], "spec": ["a": nil, "b": []],
        ]
        Defaults.apply(to: &object, as: Self.kind("example.com/v1", "Thing"))
        #expect(object == ["metadata": ["name": "a"], "spec": ["a": nil, "b": []]])
    }

    @Test func `every struct that a rule is for is in the tables`() {
        let unknown = DefaultRule.all.keys.filter { name in
            let parts = name.split(separator: " ").map(String.init)
            return GoTypes.builtIn.place(of: GroupVersionKind(apiVersion: parts[0], kind: parts[1])) == nil
        }
        #expect(unknown.sorted() == [])
    }

    private static func kind(_ apiVersion: String, _ kind: String) -> GroupVersionKind {
        GroupVersionKind(apiVersion: apiVersion, kind: kind)
    }
}

struct CustomDefaultsTests {
    private static let text = SchemaType(.scalar(.string))

    private static func field(
        _ type: SchemaType, default value: Value? = nil, isNullable: Bool = false
    ) -> SchemaType.Field {
        var field = SchemaType.Field(type: type)
        field.defaultValue = value
        field.isNullable = isNullable
        return field
    }

    private static let type: SchemaType = {
        let inner = SchemaType(
            .structure(SchemaType.Structure(fields: ["size": field(text, default: "small"), "note": field(text)])))
        let spec = SchemaType.Structure(fields: [
            "inner": field(inner, default: [:]), "list": field(SchemaType(.list(inner, .atomic))),
            "map": field(SchemaType(.map(inner, isAtomic: false))), "free": field(text, isNullable: true),
        ])
        return SchemaType(.structure(SchemaType.Structure(fields: ["spec": field(SchemaType(.structure(spec)))])))
    }()

    @Test(arguments: [
        ("{}", "{}"),
        (#"{"spec":{}}"#, #"{"spec":{"inner":{"size":"small"}}}"#),
        (#"{"spec":{"inner":null}}"#, #"{"spec":{"inner":{"size":"small"}}}"#),
        (#"{"spec":{"inner":{"size":"","note":null}}}"#, #"{"spec":{"inner":{"size":""}}}"#),
        (#"{"spec":{"inner":{},"list":[{},{"size":"big"}]}}"#, nil),
        (#"{"spec":{"map":{"a":{},"b":null}}}"#, #"{"spec":{"inner":{"size":"small"},"map":{"a":{"size":"small"}}}}"#),
        (#"{"spec":{"free":null,"other":null}}"#, #"{"spec":{"inner":{"size":"small"},"free":null,"other":null}}"#),
    ])
    func `a schema's defaults stand in for what is missing or null`(given: String, expected: String?) throws {
        let inList = #"{"spec":{"inner":{"size":"small"},"list":[{"size":"small"},{"size":"big"}]}}"#
        var object = try Value(json: given)
        Defaults.applyCustom(to: &object, type: Self.type, registry: SchemaRegistry(types: [:], resources: []))
        #expect(try object == Value(json: expected ?? inList))
    }

    @Test func `a custom resource's metadata is that of any object`() {
        var object: Value = [
            "metadata": ["name": "a", "labels": ["x": nil], "finalizers": [], "creationTimestamp": nil]
        ]
        Defaults.applyCustom(to: &object, type: Self.type, registry: SchemaRegistry(types: [:], resources: []))
        #expect(object == ["metadata": ["name": "a", "labels": ["x": ""]]])
    }
}
