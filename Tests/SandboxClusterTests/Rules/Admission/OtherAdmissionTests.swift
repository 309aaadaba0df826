import Resources
import Testing

@testable import SandboxCluster

struct OtherAdmissionTests {
    private static func defaultClass(_ apiVersion: String, _ kind: String, _ name: String, created: String) -> Value {
        let annotation = "\(kind.lowercased()).kubernetes.io/is-default-class"
        let metadata: Value = [
            "annotations": .object([annotation: "true"]), "creationTimestamp": .string(created),
        ]
        return AdmissionFixture.object(apiVersion, kind, name, ["metadata": metadata])
    }

    private static let storage = defaultClass(
        "storage.k8s.io/v1", "StorageClass", "slow", created: "2020-01-01T00:00:00Z")
    private static let fasterStorage = defaultClass(
        "storage.k8s.io/v1", "StorageClass", "fast", created: "2021-01-01T00:00:00Z")
    private static let ingress = AdmissionFixture.object("networking.k8s.io/v1", "Ingress", "x", ["spec": [:]])

    @Test func `claims and Ingresses get the default class`() throws {
        let ingressClass = Self.defaultClass("networking.k8s.io/v1", "IngressClass", "nginx", created: "")
        let view = RulesView.shop.with(Self.storage, ingressClass)
        let claim = try AdmissionFixture.create(AdmissionFixture.claim("1Gi"), in: view).get()
        #expect(claim[path: "spec", "storageClassName"] == "slow")
        #expect(try AdmissionFixture.create(Self.ingress, in: view).get()[path: "spec", "ingressClassName"] == "nginx")
    }

    @Test func `a class that is named stays, even if it is none or named by an annotation`() throws {
        let ingressClass = Self.defaultClass("networking.k8s.io/v1", "IngressClass", "nginx", created: "")
        let view = RulesView.shop.with(Self.storage, ingressClass)
        var claim = AdmissionFixture.claim("1Gi")
        claim["spec"]?["storageClassName"] = ""
        #expect(try AdmissionFixture.create(claim, in: view).get()[path: "spec", "storageClassName"] == "")
        var ingress = Self.ingress
        ingress["metadata"]?["annotations"] = ["kubernetes.io/ingress.class": "other"]
        #expect(try AdmissionFixture.create(ingress, in: view).get()[path: "spec", "ingressClassName"] == nil)
    }

    @Test func `two default classes are one too many, until 1.25`() throws {
        let view = RulesView.shop.with(Self.storage, Self.fasterStorage)
        #expect(
            AdmissionFixture.refusal(of: AdmissionFixture.claim("1Gi"), in: view)
                == #"persistentvolumeclaims "x" is forbidden: "#
                + "Internal error occurred: 2 default StorageClasses were found")
        let newer = try AdmissionFixture.create(AdmissionFixture.claim("1Gi"), in: view, version: .newest).get()
        #expect(newer[path: "spec", "storageClassName"] == "fast")
    }

    @Test func `two default classes of Ingresses are refused in other words`() {
        let classes = ["a", "b"].map { Self.defaultClass("networking.k8s.io/v1", "IngressClass", $0, created: "") }
        let view = RulesView.shop.with(classes[0], classes[1])
        #expect(
            AdmissionFixture.refusal(of: Self.ingress, in: view)
                == #"ingresses.networking.k8s.io "x" is forbidden: "#
                + "Internal error occurred: 2 default IngressClasses were found, only 1 allowed")
    }

    @Test(arguments: [
        (
            #"{"clusterIP":"10.96.77.1"}"#,
            #"spec.clusterIPs: Invalid value: []string{"10.96.77.1"}: "#
                + "failed to allocated ip:10.96.77.1 with error:provided IP is already allocated"
        ),
        (
            #"{"clusterIP":"10.97.77.1"}"#,
            #"spec.clusterIPs: Invalid value: []string{"10.97.77.1"}: failed to allocated ip:10.97.77.1 with error:"#
                + "provided IP is not in the valid range. The range of valid IPs is 10.96.0.0/16"
        ),
        (
            #"{"type":"NodePort","ports":[{"port":80,"nodePort":30777}]}"#,
            "spec.ports[0].nodePort: Invalid value: 30777: provided port is already allocated"
        ),
        (
            #"{"type":"NodePort","ports":[{"port":80,"nodePort":3077}]}"#,
            "spec.ports[0].nodePort: Invalid value: 3077: provided port is not in the valid range. "
                + "The range of valid ports is 30000-32767"
        ),
        (#"{"clusterIP":"10.96.77.2","type":"NodePort","ports":[{"port":80,"nodePort":30778}]}"#, nil),
        (#"{"clusterIP":"None"}"#, nil),
    ])
    func `a service can't have what another one has`(spec: String, why: String?) throws {
        let other: Value = ["clusterIP": "10.96.77.1", "ports": [["port": 80, "nodePort": 30777]]]
        let view = RulesView.shop.withInShop([AdmissionFixture.object("v1", "Service", "a", ["spec": other])])
        let service = AdmissionFixture.object("v1", "Service", "b", ["spec": try Value(json: spec)])
        #expect(AdmissionFixture.refusal(of: service, in: view) == why.map { #"Service "b" is invalid: "# + $0 })
    }

    @Test(arguments: [
        ("Pending", true, "Only bound persistent volume claims can be expanded"),
        (
            "Bound", false,
            "only dynamically provisioned pvc can be resized and "
                + "the storageclass that provisions the pvc must support resize"
        ),
        ("Bound", true, nil),
    ])
    func `a claim grows if it is bound and its class allows it`(phase: String, allows: Bool, why: String?) throws {
        var storage = Self.storage
        storage["allowVolumeExpansion"] = .bool(allows)
        let view = RulesView.shop.with(storage)
        var old = AdmissionFixture.claim("1Gi")
        old["metadata"]?["namespace"] = "shop"
        old["spec"]?["storageClassName"] = "slow"
        old["status"] = ["phase": .string(phase)]
        var new = old
        new["spec"]?["resources"] = ["requests": ["storage": "2Gi"]]
        let result = Result { () throws(APIStatus) in try AdmissionFixture.update(new, old: old, in: view) }
        let refusal: String? = if case .failure(let status) = result { status.message } else { nil }
        #expect(refusal == why.map { #"persistentvolumeclaims "x" is forbidden: "# + $0 })
    }

    @Test func `status updates are not asked anything`() throws {
        let view = RulesView.shop.withInShop([
            AdmissionFixture.object("v1", "ResourceQuota", "q", ["spec": ["hard": ["services": "0"]]])
        ])
        var service = AdmissionFixture.object("v1", "Service", "a", ["spec": ["type": "ClusterIP"]])
        service["metadata"]?["namespace"] = "shop"
        let before = service
        try Admission.admit(
            &service, old: before, of: AdmissionFixture.resource(of: service), dryRun: false, in: view,
            subresource: "status", version: .v1_20)
        #expect(service == before)
    }
}
