import FoundationEssentials
import Health
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Volumes` {
    private static let data = Samples.identity(Kinds.claim, "data")

    private static func volume(
        _ name: String, _ size: String, className: String = "", spec: [String: Value] = [:]
    ) -> Value {
        let basis: [String: Value] = [
            "capacity": ["storage": .string(size)], "accessModes": ["ReadWriteOnce"],
            "storageClassName": .string(className), "hostPath": ["path": "/data"],
        ]
        return [
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": ["name": .string(name)],
            "spec": .object(basis.merging(spec) { $1 }),
        ]
    }

    private static func storageClass(_ name: String, _ provisioner: String, isLate: Bool = false) -> Value {
        [
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(name)],
            "provisioner": .string(provisioner), "reclaimPolicy": "Delete",
            "volumeBindingMode": isLate ? "WaitForFirstConsumer" : "Immediate",
        ]
    }

    private static func id(volume name: String) -> ObjectIdentity {
        Samples.identity(Kinds.volume, name, namespace: "")
    }

    private static let mount: [String: Value] = [
        "volumes": [["name": "v", "persistentVolumeClaim": ["claimName": "data"]]]
    ]

    @Test(arguments: ["standard", "tests"])
    func `a claim of a played provisioner gets a volume, which goes with it`(className: String) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.storageClass("tests", "endstate.dev/test-provisioner"))
        try sandbox.create(Samples.claim("data", className: className))
        sandbox.settle()
        let claim = try sandbox.get(Self.data)
        #expect(Health.assess(claim).status == .current)
        #expect(claim.status["capacity"] == ["storage": "1Gi"])
        let name = try #require(claim.spec["volumeName"]?.string)
        #expect(try sandbox.get(Self.id(volume: name)).status["phase"] == "Bound")
        try sandbox.delete(Self.data)
        sandbox.settle()
        #expect(sandbox.cluster.objects(Kinds.volume, namespace: nil).isEmpty)
    }

    @Test(arguments: [true, false])
    func `a plugin of the control plane makes volumes where it is played`(isPlayed: Bool) throws {
        var settings = ControllerSettings()
        if isPlayed { settings.provisioners.insert("kubernetes.io/aws-ebs") }
        var sandbox = try Sandbox(settings: settings)
        try sandbox.create(Self.storageClass("ebs", "kubernetes.io/aws-ebs"))
        try sandbox.create(Samples.claim("data", className: "ebs"))
        sandbox.settle()
        #expect(try sandbox.get(Self.data).status["phase"] == (isPlayed ? "Bound" : "Pending"))
    }

    @Test func `the smallest free volume that will do is taken`() throws {
        var sandbox = try Sandbox()
        for (name, size) in [("large", "10Gi"), ("small", "1Gi"), ("right", "5Gi")] {
            try sandbox.create(Self.volume(name, size))
        }
        try sandbox.create(Self.volume("other", "4Gi", className: "slow"))
        try sandbox.create(Self.volume("shared", "4Gi", spec: ["accessModes": ["ReadOnlyMany"]]))
        try sandbox.create(Samples.claim("data", className: "", size: "2Gi"))
        sandbox.settle()
        let claim = try sandbox.get(Self.data)
        #expect(claim.spec["volumeName"] == "right")
        #expect(claim.status["capacity"] == ["storage": "5Gi"])
        #expect(try sandbox.get(Self.id(volume: "large")).status["phase"] == "Available")
        try sandbox.delete(Self.data)
        sandbox.settle()
        // A volume that somebody has made stays.
        #expect(try sandbox.get(Self.id(volume: "right")).status["phase"] == "Released")
    }

    @Test(arguments: [
        ("", "Normal", "FailedBinding", "no persistent volumes available for this claim and no storage class is set"),
        ("nowhere", "Warning", "ProvisioningFailed", "storageclass.storage.k8s.io \"nowhere\" not found"),
        (
            "cloud", "Normal", "ExternalProvisioning",
            "waiting for a volume to be created, either by external provisioner \"example.org/cloud\" or manually "
                + "created by system administrator"
        ),
        ("late", "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding"),
    ])
    func `a claim without a volume says what it waits for`(
        className: String, type: String, reason: String, message: String
    ) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.storageClass("cloud", "example.org/cloud"))
        try sandbox.create(Self.storageClass("late", SandboxStorage.provisioner, isLate: true))
        try sandbox.create(Samples.claim("data", className: className))
        sandbox.wait(5)
        #expect(try sandbox.get(Self.data).status["phase"] == "Pending")
        let event = try #require(sandbox.events.first { $0.value[path: "involvedObject", "name"] == "data" })
        #expect(event.value["type"]?.string == type && event.value["reason"]?.string == reason)
        #expect(event.value["message"]?.string == message)
    }

    @Test func `a claim that binds late gets its volume when its pod has a node`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.storageClass("late", SandboxStorage.provisioner, isLate: true))
        try sandbox.create(Samples.claim("data", className: "late"))
        try sandbox.create(Samples.pod("web", spec: Self.mount))
        sandbox.wait(2)
        let pod = try sandbox.get(Samples.identity(Kinds.pod, "web"))
        #expect(pod.isReadyPod)
        let claim = try sandbox.get(Self.data)
        #expect(claim.annotations["volume.kubernetes.io/selected-node"] == pod.nodeName)
        #expect(claim.status["phase"] == "Bound")
    }

    @Test func `a volume that is on one node brings its pod there`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.storageClass("local", "kubernetes.io/no-provisioner", isLate: true))
        let term: Value = [
            "matchExpressions": [["key": "kubernetes.io/hostname", "operator": "In", "values": ["node-3"]]]
        ]
        let affinity: Value = ["required": ["nodeSelectorTerms": [term]]]
        try sandbox.create(Self.volume("disk", "5Gi", className: "local", spec: ["nodeAffinity": affinity]))
        try sandbox.create(Samples.claim("data", className: "local"))
        try sandbox.create(Samples.pod("web", spec: Self.mount))
        sandbox.wait(2)
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "web")).nodeName == "node-3")
        #expect(try sandbox.get(Self.data).spec["volumeName"] == "disk")
    }

    @Test func `a pod without its claim can't be scheduled`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.pod("web", spec: Self.mount))
        sandbox.wait(2)
        let message = "0/3 nodes are available: persistentvolumeclaim \"data\" not found."
        #expect(sandbox.messages("FailedScheduling") == [message])
        try sandbox.create(Samples.claim("data"))
        sandbox.wait(3)
        #expect(try sandbox.get(Samples.identity(Kinds.pod, "web")).isReadyPod)
    }

    @Test func `a claim that a pod uses stays until the pod is gone`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.claim("data"))
        try sandbox.create(Samples.pod("web", spec: Self.mount))
        sandbox.wait(2)
        try sandbox.delete(Self.data)
        sandbox.wait(2)
        #expect(try sandbox.get(Self.data).isBeingDeleted)
        try sandbox.delete(Samples.identity(Kinds.pod, "web"))
        sandbox.wait(2)
        #expect(sandbox.cluster.object(Self.data) == nil)
    }

    @Test func `a claim whose volume is gone is lost`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Self.volume("disk", "5Gi"))
        try sandbox.create(Samples.claim("data", className: ""))
        sandbox.settle()
        try sandbox.change(Self.id(volume: "disk")) { $0["metadata"]?["finalizers"] = nil }
        try sandbox.cluster.delete(Self.id(volume: "disk"), uid: nil, propagation: nil, gracePeriod: nil)
        sandbox.settle()
        #expect(try sandbox.get(Self.data).status["phase"] == "Lost")
        #expect(sandbox.messages("ClaimLost").count == 1)
    }

    @Test func `a volume grows with what its claim asks for`() throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.claim("data"))
        sandbox.settle()
        try sandbox.change(Self.data) { $0["spec"]?["resources"] = ["requests": ["storage": "3Gi"]] }
        sandbox.settle()
        #expect(try sandbox.get(Self.data).status["capacity"] == ["storage": "3Gi"])
    }
}
