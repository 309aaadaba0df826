import Planning
import Reconciler
import Resources
import Testing

@Suite struct StepSchedulerTests {
    private static func node(_ name: String) -> GraphNode {
        .object(ObjectIdentity(group: "", kind: "ConfigMap", namespace: "a", name: name))
    }

    private static func edge(_ dependent: String, after dependency: String) -> Edge {
        Edge(dependent: node(dependent), dependency: node(dependency), reason: "a test", kind: .declared)
    }

    private static func scheduler(_ names: [String], _ edges: [Edge] = []) -> StepScheduler {
        StepScheduler(nodes: names.map(node), edges: edges)
    }

    @Test func `nodes without dependencies may start at once, in their order`() {
        var scheduler = Self.scheduler(["c", "a", "b"])
        #expect([scheduler.next(), scheduler.next(), scheduler.next()] == ["c", "a", "b"].map(Self.node))
        #expect(scheduler.next() == nil)
        #expect(!scheduler.isFinished)
    }

    @Test func `a node starts when the last of its dependencies is done`() {
        var scheduler = Self.scheduler(["a", "b", "c"], [Self.edge("c", after: "a"), Self.edge("c", after: "b")])
        _ = scheduler.next()
        _ = scheduler.next()
        scheduler.finish(Self.node("a"))
        #expect(scheduler.next() == nil)
        #expect(scheduler.pendingDependencies(of: Self.node("c")) == [Self.node("b")])
        scheduler.finish(Self.node("b"))
        #expect(scheduler.next() == Self.node("c"))
        scheduler.finish(Self.node("c"))
        #expect(scheduler.isFinished)
        #expect(scheduler.notDone.isEmpty)
    }

    @Test func `a node that has not started can't be finished`() {
        var scheduler = Self.scheduler(["a", "b"], [Self.edge("b", after: "a")])
        scheduler.finish(Self.node("b"))
        #expect(scheduler.notDone == [Self.node("a"), Self.node("b")])
    }

    @Test func `finishing a node twice frees its dependents once`() {
        var scheduler = Self.scheduler(
            ["a", "b", "c"], [Self.edge("c", after: "a"), Self.edge("c", after: "b")])
        _ = scheduler.next()
        scheduler.finish(Self.node("a"))
        scheduler.finish(Self.node("a"))
        #expect(scheduler.next() == Self.node("b"))
        #expect(scheduler.next() == nil)
    }

    @Test func `edges to unknown nodes hold nothing up`() {
        var scheduler = Self.scheduler(["a"], [Self.edge("a", after: "elsewhere")])
        #expect(scheduler.next() == Self.node("a"))
    }

    @Test func `an order of a thousand nodes respects every edge`() {
        let names = (0..<1000).map { "n\($0)" }
        let edges = (1..<1000).map { Self.edge("n\($0)", after: "n\(($0 * 7919) % $0)") }
        var scheduler = Self.scheduler(names, edges)
        var position: [GraphNode: Int] = [:]
        while let node = scheduler.next() {
            position[node] = position.count
            scheduler.finish(node)
        }
        #expect(position.count == 1000)
        for edge in edges {
            #expect((position[edge.dependency] ?? .max) < (position[edge.dependent] ?? .min))
        }
    }
}
