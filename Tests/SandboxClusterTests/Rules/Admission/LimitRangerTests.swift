import Resources
import Testing

@testable import SandboxCluster

/// Messages are those of API servers of version 1.20.2.
struct LimitRangerTests {
    private static let range = AdmissionFixture.object(
        "v1", "LimitRange", "lr",
        [
            "spec": [
                "limits": [
                    [
                        "type": "Container", "max": ["cpu": "2", "memory": "1Gi"], "min": ["cpu": "100m"],
                        "default": ["cpu": "500m", "memory": "1Gi"],
                        "defaultRequest": ["cpu": "200m", "memory": "1Gi"], "maxLimitRequestRatio": ["cpu": "4"],
                    ],
                    ["type": "Pod", "max": ["cpu": "3"]],
                    ["type": "PersistentVolumeClaim", "max": ["storage": "10Gi"], "min": ["storage": "1Gi"]],
                ]
            ]
        ])
    private static let view = RulesView.shop.withInShop([range])

    @Test(arguments: [
        (
            #"{"limits":{"cpu":"4"}}"#,
            "[maximum cpu usage per Container is 2, but limit is 4, maximum cpu usage per Pod is 3, but limit is 4]"
        ),
        (
            #"{"requests":{"cpu":"10m"}}"#,
            "[minimum cpu usage per Container is 100m, but request is 10m, "
                + "cpu max limit to request ratio per Container is 4, but provided ratio is 50.000000]"
        ),
        (
            #"{"requests":{"cpu":"100m"},"limits":{"cpu":"1"}}"#,
            "cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000"
        ),
        (
            #"{"requests":{"cpu":"10m","memory":"2Gi"},"limits":{"cpu":"4","memory":"3Gi"}}"#,
            "[minimum cpu usage per Container is 100m, but request is 10m, "
                + "maximum cpu usage per Container is 2, but limit is 4, "
                + "maximum memory usage per Container is 1Gi, but limit is 3Gi, "
                + "cpu max limit to request ratio per Container is 4, but provided ratio is 400.000000, "
                + "maximum cpu usage per Pod is 3, but limit is 4]"
        ),
    ])
    func `a container outside of the limits is refused`(resources: String, why: String) throws {
        let pod = try AdmissionFixture.pod(resources: resources)
        #expect(AdmissionFixture.refusal(of: pod, in: Self.view) == #"pods "p" is forbidden: "# + why)
    }

    @Test func `a pod's containers count together`() {
        let limited: Value = ["limits": ["cpu": "2"], "requests": ["cpu": "2"]]
        let containers: Value = [
            ["name": "c", "image": "x", "resources": limited], ["name": "d", "image": "x", "resources": limited],
        ]
        let pod = AdmissionFixture.pod(containers: containers, spec: ["initContainers": [["name": "i", "image": "x"]]])
        #expect(
            AdmissionFixture.refusal(of: pod, in: Self.view)
                == #"pods "p" is forbidden: maximum cpu usage per Pod is 3, but limit is 4"#)
    }

    @Test func `a limit must be given where there is a maximum`() throws {
        let bare = AdmissionFixture.object(
            "v1", "LimitRange", "lr",
            ["spec": ["limits": [["type": "Container", "max": ["cpu": "2"], "min": ["memory": "1"]]]]])
        let view = RulesView.shop.withInShop([bare])
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.pod(), in: view)
                == #"pods "p" is forbidden: [minimum memory usage per Container is 1.  No request is specified, "#
                + "maximum cpu usage per Container is 2.  No limit is specified]")
    }

    @Test func `defaults are filled in, and noted`() throws {
        let pod = try AdmissionFixture.create(AdmissionFixture.pod(), in: Self.view).get()
        #expect(
            pod[path: "metadata", "annotations", "kubernetes.io/limit-ranger"]
                == "LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c")
        #expect(
            pod[path: "spec", "containers"]?[0]?["resources"] == [
                "limits": ["cpu": "500m", "memory": "1Gi"], "requests": ["cpu": "200m", "memory": "1Gi"],
            ])
    }

    @Test(arguments: [
        ("1Mi", "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi"),
        ("11Gi", "maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 11Gi"),
        ("2Gi", nil),
    ])
    func `claims have bounds, too`(size: String, why: String?) {
        let refusal = AdmissionFixture.refusal(of: AdmissionFixture.claim(size), in: Self.view)
        #expect(refusal == why.map { #"persistentvolumeclaims "x" is forbidden: "# + $0 })
    }
}
