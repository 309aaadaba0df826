import Manifests
import Resources
import Testing

@Suite struct NormalisationTests {
    @Test func `stringData becomes data and wins over it`() {
        let secret = KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "a"],
            "data": ["a": "YQ==", "b": "Yg\n==", "broken": "%"], "stringData": ["a": "ä", "c": ""],
        ])
        #expect(
            secret.normalised().value == [
                "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "a"],
                "data": ["a": "w6Q=", "b": "Yg==", "broken": "%", "c": ""],
            ]
        )
    }

    @Test(
        arguments: [
            ["apiVersion": "v1", "kind": "Secret"], ["apiVersion": "v1", "kind": "Secret", "data": nil],
            ["apiVersion": "v1", "kind": "ConfigMap", "stringData": ["a": "b"]],
            [
                "apiVersion": "x.io/v1", "kind": "Deployment",
                "spec": ["template": ["metadata": ["creationTimestamp": nil]]],
            ],
            [
                "apiVersion": "apps/v1", "kind": "Deployment",
                "spec": ["template": ["metadata": ["creationTimestamp": "x"]]],
            ],
            ["apiVersion": "apps/v1", "kind": "Deployment", "spec": ["template": nil]],
        ] as [Value])
    func `other objects stay as they are`(value: Value) {
        #expect(KubernetesObject(value).normalised().value == value)
    }

    @Test(arguments: [
        (
            "v1", "Pod", "{spec: {containers: [{resources: {limits: {cpu: 1}}}]}}",
            "{spec: {containers: [{resources: {limits: {cpu: '1'}}}]}}"
        ),
        (
            "apps/v1", "Deployment",
            "{spec: {replicas: 2, template: {spec: {initContainers: [{resources: {requests: {cpu: 0.5, memory: 1Gi}}}]}}}}",
            "{spec: {replicas: 2, template: {spec: {initContainers: [{resources: {requests: {cpu: '0.5', memory: 1Gi}}}]}}}}"
        ),
        (
            "batch/v1", "CronJob",
            "{spec: {jobTemplate: {spec: {template: {spec: {volumes: [{emptyDir: {sizeLimit: 5}}]}}}}}}",
            "{spec: {jobTemplate: {spec: {template: {spec: {volumes: [{emptyDir: {sizeLimit: '5'}}]}}}}}}"
        ),
        (
            "apps/v1", "StatefulSet", "{spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: 9}}}}]}}",
            "{spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: '9'}}}}]}}"
        ),
        ("v1", "ResourceQuota", "{spec: {hard: {pods: 10}}}", "{spec: {hard: {pods: '10'}}}"),
        (
            "v1", "LimitRange", "{spec: {limits: [{type: Pod, max: {cpu: 4}}]}}",
            "{spec: {limits: [{type: Pod, max: {cpu: '4'}}]}}"
        ),
        ("v1", "PersistentVolume", "{spec: {capacity: {storage: 4}}}", "{spec: {capacity: {storage: '4'}}}"),
        (
            "v1", "PersistentVolumeClaim", "{spec: {resources: {requests: {storage: 4}}}}",
            "{spec: {resources: {requests: {storage: '4'}}}}"
        ),
        (
            "x.io/v1", "Deployment", "{spec: {template: {spec: {containers: [{resources: {limits: {cpu: 1}}}]}}}}",
            "{spec: {template: {spec: {containers: [{resources: {limits: {cpu: 1}}}]}}}}"
        ),
        (
            "apps/v1", "Deployment", "{spec: {template: {spec: {containers: {a: 1}, overhead: 3}}}}",
            "{spec: {template: {spec: {containers: {a: 1}, overhead: 3}}}}"
        ),
    ])
    func `quantities become texts`(apiVersion: String, kind: String, given: String, expected: String) throws {
        func object(_ fields: String) throws -> KubernetesObject {
            let text = "{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: a}, \(fields.dropFirst())"
            return try #require(try read(text).set.manifests.first).object
        }
        #expect(try object(given).normalised().value == object(expected).value)
    }

    @Test func `templates lose an empty creationTimestamp`() {
        let deployment = KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment",
            "spec": ["template": ["metadata": ["creationTimestamp": nil, "labels": ["a": "b"]]]],
        ])
        #expect(deployment.normalised().value[path: "spec", "template", "metadata"] == ["labels": ["a": "b"]])
    }
}

@Suite struct DigestTests {
    private let one = KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "one"]])
    private let two = KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "two"]])

    @Test func `the digest is that of the objects, whatever their order and files`() {
        let digest = ManifestSet.digest(of: [one, two])
        #expect(digest == ManifestSet.digest(of: [two, one]))
        #expect(
            digest
                == ManifestSet(manifests: [Manifest(object: two, file: "x"), Manifest(object: one, file: "y")]).digest)
        #expect(digest != ManifestSet.digest(of: [one]))
        // printf '%s\n' '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"}}' | sha256sum
        #expect(ManifestSet.digest(of: [one]) == "2728c87ef3af7f5b284f0f1ebc70295236932bf8c6d8a9c6f4c33e91467a1b1c")
        #expect(ManifestSet.digest(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}

@Suite struct RenderingTests {
    @Test func `objects are documents of one stream, in their order`() {
        let objects = ["b", "a"].map {
            KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string($0)]])
        }
        #expect(
            ManifestRendering.text(of: objects) == """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: b
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a

                """
        )
    }
}
