import KubeClient
import Resources
import TestSupport
import Testing

@testable import Placement

/// Has the scheduler of a server decide about pods, one by one, and asks the simulator the same.
struct SchedulerReplay: Sendable {
    let client: KubeClient
    let news = PodNews()

    /// - Parameters:
    ///   - clusters: How many there are, in batches that are on the server at the same time.
    ///   - pods: How many come to each cluster.
    func run(clusters: Int, batch: Int, pods: Int) async throws -> ReplayTally {
        try await prepareNamespaces()
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await news.follow(client) }
            defer { tasks.cancelAll() }
            var tally = ReplayTally()
            for start in stride(from: 0, to: clusters, by: batch) {
                let numbers = start..<min(start + batch, clusters)
                tally += try await replay(numbers.map { ReplayCluster(number: $0, pods: pods) }, first: start)
                // Each of them takes its time, and so many have one cause.
                if tally.disagreements.count >= 20 { break }
            }
            return tally
        }
    }

    private func prepareNamespaces() async throws {
        for name in ClusterGenerator.namespaces {
            let namespace = KubernetesObject([
                "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)],
            ])
            do {
                _ = try await client.create(namespace, as: .namespaces)
            } catch let error as APIError where error.isAlreadyExists {}
            try await client.awaitAccount(in: name)
        }
    }

    private func replay(_ clusters: [ReplayCluster], first: Int) async throws -> ReplayTally {
        let canary = ReplayCluster(canary: "canary-\(first)")
        let result: Result<ReplayTally, any Error>
        do {
            _ = try await concurrently(clusters) { try await $0.create(client) }
            try await canary.create(client)
            try await awaitCanary(canary)
            let view = try await view()
            result = .success(try await concurrently(clusters) { try await decide($0, view) }.reduce(into: .init(), +=))
        } catch {
            result = .failure(error)
        }
        let left = try await client.list(.pods).items.filter { ClusterGenerator.namespaces.contains($0.namespace) }
        _ = try await concurrently(left) { pod in
            try await client.delete(.pods, namespace: pod.namespace, name: pod.name, gracePeriodSeconds: 0)
        }
        _ = try await concurrently(clusters + [canary]) { try await $0.removeNodes(client) }
        return try result.get()
    }

    /// The scheduler hears of all things in the order in which they were made.
    private func awaitCanary(_ canary: ReplayCluster) async throws {
        let pod = try #require(canary.sequence.first)
        _ = try await client.create(pod.asNew, as: .pods)
        let decision = await news.first(of: pod.name, within: .seconds(60)) { state in
            Decision(state).flatMap { $0.isBound ? $0 : nil }
        }
        try #require(decision != nil, "the scheduler has not placed \(pod.name) within a minute")
    }

    /// What is on the server before the first pod comes.
    private struct View: Sendable {
        let nodes: [SchedulingNode]
        let pods: [SchedulingPod]
        let namespaces: [String: [String: String]]
    }

    private func view() async throws -> View {
        let namespaces = try await client.list(.namespaces).items.map { ($0.name, $0.labels) }
        return View(
            nodes: try await client.list(.nodes, as: SchedulingNode.init),
            pods: try await client.list(.pods, as: SchedulingPod.init),
            namespaces: Dictionary(uniqueKeysWithValues: namespaces))
    }

    private func decide(_ cluster: ReplayCluster, _ view: View) async throws -> ReplayTally {
        var tally = ReplayTally()
        tally.countCluster()
        let own = Set(view.nodes.filter { $0.labels["cluster"] == cluster.name }.map(\.name))
        var live = Dictionary(
            uniqueKeysWithValues: view.pods.filter { own.contains($0.nodeName ?? "") }.map { ($0.name, $0) })
        for pod in cluster.sequence {
            let created = try await client.create(pod.asNew, as: .pods).object
            let state = PlacementState(nodes: view.nodes, pods: Array(live.values), namespaces: view.namespaces)
            let failures = state.failures(of: SchedulingPod(created))
            let (decision, objection) = try await decision(about: pod, failures, on: view.nodes)
            let ours = zip(view.nodes, failures).filter { own.contains($0.0.name) }.compactMap(\.1)
            tally.count(
                decision, disagreement: objection.map { "\(pod.name) is \($0)\n\(cluster.story(live, pod))" }, ours)
            if objection != nil { break }
            if case .bound(let node) = decision {
                live[pod.name] = SchedulingPod(created)
                live[pod.name]?.nodeName = node
            } else {
                try await remove(pod)
            }
        }
        return tally
    }

    /// The scheduler's decision, and what is wrong with the simulator's. One that is not what was expected is given the time
    /// to be revised: the scheduler's picture of the cluster may be a moment behind.
    private func decision(
        about pod: KubernetesObject, _ failures: [FilterFailure?], on nodes: [SchedulingNode]
    ) async throws -> (Decision, objection: String?) {
        let first = await news.first(of: pod.name, within: .seconds(60), Decision.init)
        let decision = try #require(first, "the scheduler has not decided about \(pod.name) within a minute")
        guard !decision.isBound, let objection = decision.objection(to: failures, on: nodes) else {
            return (decision, decision.objection(to: failures, on: nodes))
        }
        let revised = await news.first(of: pod.name, within: .seconds(60)) { state in
            Decision(state).flatMap { $0.isBound || $0.objection(to: failures, on: nodes) == nil ? $0 : nil }
        }
        guard let revised else { return (decision, objection) }
        return (revised, revised.objection(to: failures, on: nodes))
    }

    private func remove(_ pod: KubernetesObject) async throws {
        _ = try await client.delete(.pods, namespace: pod.namespace, name: pod.name, gracePeriodSeconds: 0)
        let isGone: Bool? = await news.first(of: pod.name, within: .seconds(60)) { $0 == nil ? true : nil }
        try #require(isGone == true, "\(pod.name) is still there a minute after its deletion")
    }

    /// Does something with each element, with some at once.
    private func concurrently<Element: Sendable, Outcome: Sendable>(
        _ elements: [Element], atOnce: Int = 16, _ body: @escaping @Sendable (Element) async throws -> Outcome
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome.self) { tasks in
            var outcomes: [Outcome] = []
            for (index, element) in elements.enumerated() {
                if index >= atOnce, let outcome = try await tasks.next() { outcomes.append(outcome) }
                tasks.addTask { try await body(element) }
            }
            for try await outcome in tasks { outcomes.append(outcome) }
            return outcomes
        }
    }
}
