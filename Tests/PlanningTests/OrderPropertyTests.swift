import Planning
import Resources
import TestSupport
import Testing

@Suite struct `any order` {
    @Test(arguments: UInt64(0)..<60)
    func `comes before its dependents, whatever the edges and the files' order`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let objects = try randomSet(&generator)
        let (order, shuffled) = (
            try graph(objects, useHints: true), try graph(objects.shuffled(using: &generator), useHints: true)
        )
        try expectOrder(order)
        #expect(Set(order.waves.joined()) == Set(objects.map(\.identity)))
        #expect(shuffled.nodes == order.nodes)
        #expect(shuffled.edges == order.edges)
        #expect(shuffled.dropped == order.dropped)
    }

    @Test(arguments: UInt64(0)..<20)
    func `is turned round for deletion`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let graph = DependencyGraph.deletionOrder(of: try randomSet(&generator))
        try expectOrder(graph)
    }

    private func expectOrder(_ graph: DependencyGraph) throws {
        var places: [GraphNode: Int] = [:]
        for (place, node) in graph.nodes.enumerated() { places[node] = place }
        #expect(places.count == graph.nodes.count)
        for edge in graph.edges {
            let (dependency, dependent) = (try #require(places[edge.dependency]), try #require(places[edge.dependent]))
            #expect(dependency < dependent, "\(edge.sentence)")
        }
        var waves: [ObjectIdentity: Int] = [:]
        for (number, wave) in graph.waves.enumerated() {
            for identity in wave { waves[identity] = number }
        }
        for edge in graph.edges {
            guard let dependency = edge.dependency.identity, let dependent = edge.dependent.identity else { continue }
            let (first, second) = (try #require(waves[dependency]), try #require(waves[dependent]))
            #expect(first < second)
        }
    }

    /// Deployments that mention each other at random (which closes cycles), with declared dependencies and waves that
    /// never do.
    private func randomSet(_ generator: inout SplitMix64) throws -> [KubernetesObject] {
        let count = Int.random(in: 2...25, using: &generator)
        let usesWaves = Bool.random(using: &generator)
        return try (0..<count).flatMap { number -> [KubernetesObject] in
            let mentioned = (0..<3).map { _ in "'http://w\(Int.random(in: 0..<count, using: &generator))/'" }
            let mounted = Int.random(in: 0..<count, using: &generator)
            var workload = try deployment(
                "w\(number)",
                "{containers: [{name: c, args: [\(mentioned.joined(separator: ", "))]}], "
                    + "volumes: [{name: v, configMap: {name: w\(mounted)}}]}",
                labels: "{app: w\(number)}"
            )
            var settings = try object("v1 ConfigMap shop/w\(number)")
            var annotations: [String: String] = [:]
            if number > 0, Bool.random(using: &generator) {
                let other = Int.random(in: 0..<number, using: &generator)
                annotations["config.kubernetes.io/depends-on"] = "apps/namespaces/shop/Deployment/w\(other)"
            }
            if usesWaves { annotations["argocd.argoproj.io/sync-wave"] = String(number / 4) }
            workload.annotations = annotations
            if Bool.random(using: &generator) { settings.annotations = annotations }
            return [
                workload, settings, try object("v1 Service shop/w\(number)", "{spec: {selector: {app: w\(number)}}}"),
            ]
        }
    }
}
