import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Garbage collection` {
    private static func config(_ name: String, owners: [KubernetesObject] = [], blocks: Bool = true) -> Value {
        var value = Samples.config("ConfigMap", name)
        if owners.isEmpty { return value }
        value["metadata"]?["ownerReferences"] = .array(
            owners.map { owner in
                var reference = owner.asController
                reference["controller"] = false
                reference["blockOwnerDeletion"] = .bool(blocks)
                return reference
            })
        return value
    }

    private static func id(_ name: String) -> ObjectIdentity { Samples.identity(Kinds.configMap, name) }

    private static func chain(_ sandbox: inout Sandbox) throws -> KubernetesObject {
        let owner = try sandbox.create(config("owner"))
        let child = try sandbox.create(config("child", owners: [owner]))
        try sandbox.create(config("grandchild", owners: [child]))
        sandbox.settle()
        return owner
    }

    private static func names(_ sandbox: Sandbox) -> [String] {
        sandbox.cluster.objects(Kinds.configMap, namespace: "default").map(\.name).filter { $0 != "kube-root-ca.crt" }
    }

    @Test(arguments: [(Propagation.background, [] as [String]), (.foreground, []), (.orphan, ["child", "grandchild"])])
    func `what an object owns goes with it, unless it is orphaned`(propagation: Propagation, rest: [String]) throws {
        var sandbox = try Sandbox()
        _ = try Self.chain(&sandbox)
        try sandbox.delete(Self.id("owner"), propagation)
        sandbox.settle()
        #expect(Self.names(sandbox) == rest)
        if let child = sandbox.cluster.object(Self.id("child")) { #expect(child.owners.isEmpty) }
    }

    @Test(arguments: [(true, true), (false, false)])
    func `in the foreground an owner waits for those that block it`(blocks: Bool, waits: Bool) throws {
        var sandbox = try Sandbox()
        let owner = try sandbox.create(Self.config("owner"))
        try sandbox.create(Self.config("child", owners: [owner], blocks: blocks))
        try sandbox.change(Self.id("child")) { $0["metadata"]?["finalizers"] = ["example.org/hold"] }
        try sandbox.delete(Self.id("owner"), .foreground)
        sandbox.settle()
        #expect((sandbox.cluster.object(Self.id("owner")) != nil) == waits)
        #expect(try sandbox.get(Self.id("child")).isBeingDeleted)
        try sandbox.change(Self.id("child")) { $0["metadata"]?["finalizers"] = nil }
        sandbox.settle()
        #expect(Self.names(sandbox).isEmpty)
    }

    @Test func `an object with another owner stays, and forgets the one that is gone`() throws {
        var sandbox = try Sandbox()
        let (first, second) = (try sandbox.create(Self.config("a")), try sandbox.create(Self.config("b")))
        try sandbox.create(Self.config("child", owners: [first, second]))
        sandbox.settle()
        try sandbox.delete(first.identity)
        sandbox.settle()
        #expect(try sandbox.get(Self.id("child")).owners.map(\.name) == ["b"])
        try sandbox.delete(second.identity)
        sandbox.settle()
        #expect(Self.names(sandbox).isEmpty)
    }

    @Test func `an owner of that name with another UID is none`() throws {
        var sandbox = try Sandbox()
        var ghost = try sandbox.create(Self.config("owner"))
        ghost.value["metadata"]?["uid"] = "former"
        try sandbox.create(Self.config("child", owners: [ghost]))
        sandbox.settle()
        #expect(Self.names(sandbox) == ["owner"])
    }

    @Test(arguments: [Propagation.background, .foreground])
    func `a Deployment takes its ReplicaSets and pods along`(propagation: Propagation) throws {
        var sandbox = try Sandbox()
        try sandbox.create(Samples.workload("Deployment", "web", replicas: 3))
        sandbox.wait(3)
        let deployment = Samples.identity(Kinds.deployment, "web")
        try sandbox.delete(deployment, propagation)
        sandbox.settle()
        #expect((sandbox.cluster.object(deployment) != nil) == (propagation == .foreground))
        sandbox.wait(2)
        #expect(sandbox.cluster.object(deployment) == nil)
        #expect(sandbox.cluster.objects(Kinds.replicaSet, namespace: nil).isEmpty)
        #expect(sandbox.pods.isEmpty)
    }

    @Test func `nothing is lost when the controllers start anew`() throws {
        var sandbox = try Sandbox()
        _ = try Self.chain(&sandbox)
        let before = sandbox.cluster.all
        sandbox.manager = ControllerManager()
        // In the order of names, children come before their owners.
        for object in before.values.sorted(by: { $0.identity < $1.identity }) {
            sandbox.manager.note(ObjectChange(.added, object))
        }
        sandbox.settle()
        #expect(sandbox.cluster.all == before)
        try sandbox.delete(Self.id("owner"))
        sandbox.settle()
        #expect(Self.names(sandbox).isEmpty)
    }
}

@Suite struct `Namespace` {
    private static let shop = ObjectIdentity(groupKind: Kinds.namespace, name: "shop")

    private static func sandbox() throws -> Sandbox {
        var sandbox = try Sandbox()
        try sandbox.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])
        sandbox.settle()
        return sandbox
    }

    @Test func `each has its ServiceAccount and the root certificates, and gets them back`() throws {
        var sandbox = try Self.sandbox()
        let account = Samples.identity(Kinds.serviceAccount, "default", namespace: "shop")
        let bundle = Samples.identity(Kinds.configMap, "kube-root-ca.crt", namespace: "shop")
        for identity in [account, bundle] {
            #expect(sandbox.cluster.object(identity) != nil)
            try sandbox.delete(identity)
            sandbox.settle()
            #expect(sandbox.cluster.object(identity) != nil)
        }
    }

    @Test func `a deleted one is emptied and goes when nothing is left`() throws {
        var sandbox = try Self.sandbox()
        var workload = Samples.workload("Deployment", "web", replicas: 2)
        workload["metadata"]?["namespace"] = "shop"
        try sandbox.create(workload)
        try sandbox.create([
            "apiVersion": "example.org/v1", "kind": "Widget", "metadata": ["name": "w", "namespace": "shop"],
        ])
        sandbox.wait(3)
        try sandbox.delete(Self.shop)
        sandbox.settle()
        let conditions = Conditions(try sandbox.get(Self.shop))
        let remaining = "Some resources are remaining: pods. has 2 resource instances"
        #expect(conditions["NamespaceContentRemaining"]?["message"]?.string == remaining)
        #expect(conditions["NamespaceDeletionContentFailure"]?["status"] == "False")
        sandbox.wait(3)
        #expect(sandbox.cluster.object(Self.shop) == nil)
        #expect(sandbox.cluster.all.keys.filter { $0.namespace == "shop" }.isEmpty)
    }

    @Test func `one that a finalizer holds says so`() throws {
        var sandbox = try Self.sandbox()
        try sandbox.create(Samples.config("ConfigMap", "held", namespace: "shop"))
        let held = Samples.identity(Kinds.configMap, "held", namespace: "shop")
        try sandbox.change(held) { $0["metadata"]?["finalizers"] = ["example.org/hold"] }
        try sandbox.delete(Self.shop)
        sandbox.wait(60)
        let message = "Some content in the namespace has finalizers remaining: example.org/hold in 1 resource instances"
        #expect(Conditions(try sandbox.get(Self.shop))["NamespaceFinalizersRemaining"]?["message"]?.string == message)
        try sandbox.change(held) { $0["metadata"]?["finalizers"] = nil }
        sandbox.settle()
        #expect(sandbox.cluster.object(Self.shop) == nil)
    }
}
