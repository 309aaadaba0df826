import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// A cluster and its controllers, with a clock that goes where a test wants it.
struct Sandbox {
    var cluster = FakeCluster()
    var manager: ControllerManager
    private let start: Date
    /// How many items of work were done.
    private(set) var steps = 0

    init(nodes: Int = 3, settings: ControllerSettings = ControllerSettings()) throws {
        manager = ControllerManager(settings: settings)
        start = cluster.now
        try create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "default"]])
        try create(SandboxStorage.defaultClass.value)
        if nodes > 0 { for node in SandboxNodes.objects(count: nodes) { try create(node.value) } }
        settle()
    }

    /// Seconds since the beginning.
    var time: TimeInterval { cluster.now.timeIntervalSince(start) }

    /// Does all that is due, and nothing that takes time.
    mutating func settle() {
        var count = 0
        note()
        while manager.step(&cluster) {
            note()
            count += 1
            if count > 100_000 {
                Issue.record("the controllers don't come to rest")
                return
            }
        }
        steps += count
    }

    private mutating func note() {
        for change in cluster.takeChanges() { manager.note(change) }
    }

    /// Lets time pass, from one deadline to the next.
    mutating func wait(_ seconds: TimeInterval) {
        let end = cluster.now.addingTimeInterval(seconds)
        settle()
        while let next = manager.nextDeadline, next <= end {
            cluster.now = max(cluster.now, next)
            settle()
        }
        cluster.now = end
        settle()
    }

    /// Lets time pass until something holds; 2 hours at most.
    mutating func wait(until condition: (FakeCluster) -> Bool) {
        let end = cluster.now.addingTimeInterval(7200)
        settle()
        while !condition(cluster), let next = manager.nextDeadline, next <= end {
            cluster.now = max(cluster.now, next)
            settle()
        }
    }

    @discardableResult
    mutating func create(_ value: Value) throws -> KubernetesObject {
        try cluster.create(KubernetesObject(value), by: "test")
    }

    /// Changes an object as its users do, or its status as others do.
    @discardableResult
    mutating func change(
        _ identity: ObjectIdentity, status: Bool = false, _ body: (inout Value) -> Void
    ) throws -> KubernetesObject {
        var object = try #require(cluster.object(identity))
        body(&object.value)
        return try cluster.update(object, subresource: status ? "status" : "", by: "test")
    }

    mutating func delete(_ identity: ObjectIdentity, _ propagation: Propagation = .background) throws {
        try cluster.delete(identity, uid: nil, propagation: propagation, gracePeriod: nil)
    }

    func get(_ identity: ObjectIdentity) throws -> KubernetesObject { try #require(cluster.object(identity)) }

    var pods: [KubernetesObject] { cluster.objects(Kinds.pod, namespace: nil) }
    var activePods: [KubernetesObject] { pods.filter(\.isActivePod) }
    var events: [KubernetesObject] { cluster.objects(Kinds.event, namespace: nil) }

    /// The messages of events with a reason.
    func messages(_ reason: String) -> [String] {
        events.filter { $0.value["reason"]?.string == reason }.compactMap { $0.value["message"]?.string }
    }
}
