import Resources
import Synchronization

/// What came out of playing all scenarios at two servers.
struct SuiteResult: Sendable {
    struct Item: Sendable {
        let scenario: Scenario
        let expected: [Outcome]
        let differences: [Difference]
    }

    var items: [Item] = []

    func unknown(besides known: [KnownDifference]) -> [Item] {
        items.compactMap { item in
            let rest = item.differences.filter { difference in !known.contains { $0.covers(difference) } }
            guard !rest.isEmpty else { return nil }
            return Item(scenario: item.scenario, expected: item.expected, differences: rest)
        }
    }

    func outdated(_ known: [KnownDifference]) -> [KnownDifference] {
        known.filter { known in
            items.contains { $0.scenario.title == known.scenario }
                && !items.contains { $0.differences.contains(where: known.covers) }
        }
    }

    /// One line of counts.
    func summary(besides known: [KnownDifference]) -> String {
        let steps = items.reduce(0) { $0 + $1.scenario.steps.count }
        let all = items.reduce(0) { $0 + $1.differences.count }
        let unknown = unknown(besides: known)
        let count = unknown.reduce(0) { $0 + $1.differences.count }
        return
            "\(items.count) sequences, \(steps) steps, \(count) differences in \(unknown.count) sequences"
            + " (\(all - count) known)"
    }
}

extension SuiteResult.Item {
    /// The scenario's name, its steps that differ, and for each the paths with both values.
    var text: String {
        var lines = [scenario.title]
        var lastStep = 0
        for difference in differences.prefix(60) {
            if difference.step != lastStep {
                lines.append("    step \(difference.step): \(difference.stepText)")
            }
            lastStep = difference.step
            lines.append(difference.text)
        }
        if differences.count > 60 { lines.append("    … and \(differences.count - 60) more") }
        return lines.joined(separator: "\n")
    }

    /// What the server of reference answered, a line for each step.
    var transcript: String {
        let lines = expected.map { outcome in
            let body = outcome.value["body"]
            let message = body?["kind"] == "Status" ? body?["message"]?.string ?? body?.json ?? "" : ""
            return
                "    \(outcome.step.text)\n        \(outcome.value["status"]?.json ?? outcome.value.json) \(message)"
        }
        return ([scenario.title] + lines).joined(separator: "\n")
    }
}

/// Plays scenarios at two servers, several at a time.
struct SuiteRun {
    let reference: any APIUnderTest
    let candidate: any APIUnderTest
    var parallelism = 8

    func play(_ scenarios: [Scenario]) async throws -> SuiteResult {
        try await Place.prepared(at: reference) { left in
            try await Place.prepared(at: candidate) { right in
                let queue = Queue(scenarios)
                let items = try await withThrowingTaskGroup(of: [(Int, SuiteResult.Item)].self) { group in
                    for _ in 0..<parallelism { group.addTask { try await work(on: queue, left, right) } }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                return SuiteResult(items: items.sorted { $0.0 < $1.0 }.map(\.1))
            }
        }
    }

    /// Takes scenarios from the queue until there are none; those that need no fresh namespace share one.
    private func work(
        on queue: Queue, _ left: Place, _ right: Place
    ) async throws -> [(Int, SuiteResult.Item)] {
        var items: [(Int, SuiteResult.Item)] = []
        let shared = try await (left.makeNamespace(), right.makeNamespace())
        while let (index, scenario) = queue.next() {
            let isFresh = scenario.tags.contains(.fresh)
            let names = isFresh ? try await (left.makeNamespace(), right.makeNamespace()) : shared
            async let expected = ScenarioPlayer.play(
                scenario, at: reference, namespace: names.0, group: left.resources.group)
            async let actual = ScenarioPlayer.play(
                scenario, at: candidate, namespace: names.1, group: right.resources.group)
            let (first, second) = await (expected, actual)
            if isFresh {
                await left.removeNamespace(names.0)
                await right.removeNamespace(names.1)
            }
            let differences = Comparison.differences(of: scenario, expected: first, actual: second)
            items.append(
                (index, SuiteResult.Item(scenario: scenario, expected: first, differences: differences)))
        }
        await left.removeNamespace(shared.0)
        await right.removeNamespace(shared.1)
        return items
    }
}

/// The scenarios that nobody has taken yet.
private final class Queue: Sendable {
    private let rest: Mutex<ArraySlice<(offset: Int, element: Scenario)>>

    init(_ scenarios: [Scenario]) { rest = Mutex(Array(scenarios.enumerated())[...]) }

    func next() -> (Int, Scenario)? { rest.withLock { $0.popFirst() } }
}

/// What a run has at one server: custom resources and namespaces, whose names all have the same length, since some
/// messages count or cut.
private final class Place: Sendable {
    let resources: SharedResources
    private let api: any APIUnderTest
    private let name: String
    private let count = Mutex(1000)
    private let namespaces = Mutex<Set<String>>([])

    private init(resources: SharedResources, api: any APIUnderTest, name: String) {
        self.resources = resources
        self.api = api
        self.name = name
    }

    /// Runs the body with a place of its own, and removes what is left of it.
    static func prepared<Success: Sendable>(
        at api: any APIUnderTest, _ body: (Place) async throws -> Success
    ) async throws -> Success {
        let letters = Array("bcdfghjklmnpqrstvwxz")
        let name = "diff" + String((0..<5).map { _ in letters.randomElement() ?? "x" })
        let place = Place(resources: try await SharedResources.install(at: api, name: name), api: api, name: name)
        do {
            let result = try await body(place)
            await place.remove()
            return result
        } catch {
            await place.remove()
            throw error
        }
    }

    private func remove() async {
        for namespace in namespaces.withLock({ $0 }) { await removeNamespace(namespace) }
        await resources.remove()
    }

    /// Returns when the namespace has its default service account, without which no Pod can be created.
    func makeNamespace() async throws -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let namespace = "\(name)-\(number)"
        namespaces.withLock { _ = $0.insert(namespace) }
        let object: Value = [
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)],
        ]
        let created = try await api.send(
            WireRequest(
                method: "POST", path: "/api/v1/namespaces", headers: [("Content-Type", "application/json")],
                body: object.jsonBytes))
        let account = WireRequest(method: "GET", path: "/api/v1/namespaces/\(namespace)/serviceaccounts/default")
        let problem = ScenarioError(
            "no namespace: \(created.status) \(String(decoding: created.body, as: UTF8.self))")
        guard created.status == 201 else { throw problem }
        let ready = try await api.wait(for: account) { response in
            try response.status == 200 && api.isReady(account: Value(json: response.body))
        }
        guard ready != nil else { throw problem }
        return namespace
    }

    func removeNamespace(_ namespace: String) async {
        namespaces.withLock { _ = $0.remove(namespace) }
        _ = try? await api.send(WireRequest(method: "DELETE", path: "/api/v1/namespaces/\(namespace)"))
    }
}
