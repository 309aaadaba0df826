import FoundationEssentials
import Resources

/// What one step brought: status, some headers and the body, normalised.
struct Outcome: Sendable {
    let step: Step
    let value: Value
}

/// Plays a scenario at one API server.
struct ScenarioPlayer {
    private let api: any APIUnderTest
    private let scenario: Scenario
    private var writer: RequestWriter
    private var normaliser: Normaliser
    /// Paths of what was created, in order.
    private var leftovers: [String] = []

    /// - Parameter namespace: One with a default service account, in which nobody else works.
    static func play(
        _ scenario: Scenario, at api: any APIUnderTest, namespace: String, group: String
    ) async -> [Outcome] {
        var player = ScenarioPlayer(
            api: api, scenario: scenario, writer: RequestWriter(namespace: namespace, group: group),
            normaliser: Normaliser(
                namespace: namespace, group: group, tags: scenario.tags, now: await api.now()))
        var outcomes: [Outcome] = []
        for step in scenario.steps {
            do {
                outcomes.append(Outcome(step: step, value: try await player.play(step)))
            } catch {
                outcomes.append(
                    Outcome(step: step, value: ["error": .string(player.normaliser.normalised("\(error)"))]))
            }
        }
        // What stays behind would be in the way of later scenarios, and so is told here.
        for path in await player.cleanUp() {
            guard let last = scenario.steps.last else { continue }
            outcomes.append(Outcome(step: last, value: ["left": .string(player.normaliser.normalised(path))]))
        }
        return outcomes
    }

    /// Removes what the scenario has created, finalizers or not; returns the paths of what can't be removed.
    private func cleanUp() async -> [String] {
        let options: Value = ["gracePeriodSeconds": 0, "propagationPolicy": "Background"]
        var left: [String] = []
        for path in Set(leftovers).sorted() {
            do {
                let response = try await send("DELETE", path, options)
                if response.status >= 300, response.status != 404 { left.append(path) }
                let object = Self.parsed(response.body)
                guard response.status < 300, object[path: "metadata", "finalizers"] != nil,
                    object["kind"] != "Namespace"
                else { continue }
                let patch: Value = ["metadata": ["finalizers": nil]]
                _ = try await send("PATCH", path, patch, as: "application/merge-patch+json")
            } catch {
                left.append(path)
            }
        }
        return left
    }

    private static let headers = [("Accept", "application/json")]

    private func send(
        _ method: String, _ path: String, _ body: Value?, as type: String = "application/json"
    ) async throws -> WireResponse {
        try await api.send(
            WireRequest(
                method: method, path: path,
                headers: Self.headers + (body == nil ? [] : [("Content-Type", type)]),
                body: body?.jsonBytes))
    }

    private mutating func play(_ step: Step) async throws -> Value {
        if step.verb == .tick {
            normaliser.tick(at: try await api.nextSecond())
            return .null
        }
        let request = try writer.request(for: step)
        if let condition = step.condition { return try await wait(for: condition, path: request.path) }
        let response = try await api.send(request)
        let body = Self.body(of: response, step: step)
        note(body, of: request, status: response.status, step: step)
        return outcome(response, body)
    }

    private mutating func outcome(_ response: WireResponse, _ body: Value) -> Value {
        var value: Value = [
            "status": .integer(Int64(response.status)), "body": normaliser.normalised(body),
        ]
        for name in ["content-type", "warning"] {
            if let text = response.headers[name] { value[name] = .string(normaliser.normalised(text)) }
        }
        return value
    }

    /// A watch's answer is a line for each event. What is there at its start comes in an order by chance.
    private static func body(of response: WireResponse, step: Step) -> Value {
        guard step.isWatch, response.status == 200 else { return parsed(response.body) }
        let events = response.body.split(separator: UInt8(ascii: "\n")).map { parsed(Array($0)) }
        let isFromVersion =
            step.path.contains("resourceVersion=") && !step.path.contains("resourceVersion=0")
        guard !isFromVersion else { return .array(events) }
        let initial = events.prefix { $0["type"] == "ADDED" }.sorted {
            $0["object"]?.json ?? "" < $1["object"]?.json ?? ""
        }
        return .array(initial + events.dropFirst(initial.count))
    }

    private static func parsed(_ bytes: [UInt8]) -> Value {
        (try? Value(json: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
    }

    private mutating func note(_ body: Value, of request: WireRequest, status: Int, step: Step) {
        if let name = step.capture { writer.captured[name] = body }
        let sent = request.body.flatMap { try? Value(json: $0) }
        if let prefix = sent?[path: "metadata", "generateName"]?.string {
            let name = status < 300 ? body[path: "metadata", "name"] : body[path: "details", "name"]
            normaliser.noteGeneratedName(name?.string ?? "", prefix: prefix)
        }
        guard status < 300, body[path: "metadata", "resourceVersion"] != nil || body["kind"] != "Status"
        else { return }
        if body["metadata"] != nil { writer.captured["last"] = body }
        let target = Target(path: request.path)
        guard status == 201, target.subresource == nil,
            let name = body[path: "metadata", "name"]?.string
        else {
            return
        }
        let path = request.path.prefix { $0 != "?" }
        leftovers.append(target.name == nil ? "\(path)/\(name)" : String(path))
    }

    private mutating func wait(for condition: String, path: String) async throws -> Value {
        let parts = condition.split(separator: "=", maxSplits: 1).map(String.init)
        let keys = parts[0].split(separator: ".").map(String.init)
        let request = WireRequest(method: "GET", path: path, headers: Self.headers)
        let answer = try await api.wait(for: request) { response in
            if condition == "gone" { return response.status == 404 }
            guard response.status == 200, let body = try? Value(json: response.body) else { return false }
            let found = keys.reduce(Optional(body)) { value, key in
                Int(key).flatMap { value?[$0] } ?? value?[key]
            }
            return parts.count == 1 ? found != nil : (found?.string ?? found?.json) == parts[1]
        }
        guard let response = answer else { throw ScenarioError("\(path) did not come to \(condition) in time") }
        if response.status == 200 { writer.captured["last"] = Self.parsed(response.body) }
        return condition == "gone" ? .null : outcome(response, Self.parsed(response.body))
    }
}
