import KubeClient
import Resources
import TestSupport

/// The application `app` in namespace `default` as an earlier run left it.
enum RecordedApplication {
    private static let id: Value = "applyset--7uswCBCUxGXtgELfUCayfJLsQpd3brCTS_SPJXqmVE-v1"

    static let parent = KubernetesObject([
        "apiVersion": "v1", "kind": "Secret",
        "metadata": [
            "name": "endstate.app", "namespace": "default", "uid": "uid-parent", "resourceVersion": "1",
            "labels": ["applyset.kubernetes.io/id": id],
            "annotations": [
                "applyset.kubernetes.io/tooling": "endstate/v0.1.0",
                "applyset.kubernetes.io/contains-group-kinds": "ConfigMap",
                "applyset.kubernetes.io/additional-namespaces": "",
            ],
        ],
    ])

    /// - Parameter owner: Who else has written `data`.
    static func member(
        _ name: String, data: Value = [:], annotations: [String: String] = [:], owner: String? = nil
    ) -> KubernetesObject {
        let own: Value = [
            "manager": "endstate", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:metadata": ["f:labels": ["f:applyset.kubernetes.io/part-of": [:]]]],
        ]
        let foreign: [Value] =
            owner.map { owner in
                [
                    [
                        "manager": .string(owner), "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
                        "fieldsV1": [
                            "f:data": .object((data.object ?? [:]).reduce(into: [:]) { $0["f:" + $1.key] = [:] })
                        ],
                    ]
                ]
            } ?? []
        var member = KubernetesObject([
            "apiVersion": "v1", "kind": "ConfigMap", "data": data,
            "metadata": [
                "name": .string(name), "namespace": "default", "uid": .string("uid-" + name), "resourceVersion": "3",
                "creationTimestamp": "2027-01-15T07:00:00Z", "labels": ["applyset.kubernetes.io/part-of": id],
                "managedFields": .array([own] + foreign),
            ],
        ])
        for (key, value) in annotations { member.annotations[key] = value }
        return member
    }

    static func transport(_ members: KubernetesObject...) -> FakeTransport {
        FakeCluster.transport([parent] + members)
    }
}
