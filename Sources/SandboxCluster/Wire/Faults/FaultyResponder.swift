internal import Resources
internal import Synchronization

/// Another responder whose requests go wrong where rules say so, in process as over a socket.
///
/// All rules that match delay the request; the first one with a fault decides how it ends.
package final class FaultyResponder: SandboxResponder {
    private let base: any SandboxResponder
    private let rules: [FaultRule]
    private let sleep: @Sendable (Duration) async throws -> Void
    private let counts: Mutex<[Count]>

    private struct Count {
        var matched = 0
        var injected = 0
    }

    /// - Parameter sleep: How a delay passes, which is what a rule asks for.
    package init(
        _ base: any SandboxResponder, rules: [FaultRule],
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.base = base
        self.rules = rules
        self.sleep = sleep
        counts = Mutex(rules.map { _ in Count() })
    }

    /// How often each rule has come to effect, in the order of the rules.
    package var injections: [Int] { counts.withLock { $0.map(\.injected) } }

    package func respond(to request: SandboxRequest) async -> SandboxResponse {
        let due = due(request)
        let delay = due.reduce(Duration.zero) { $0 + $1.delay }
        // Who is woken early has been cancelled; the base then sees that too.
        if delay > .zero { try? await sleep(delay) }
        guard let rule = due.first(where: { $0.fault != nil }), let fault = rule.fault else {
            return await base.respond(to: request)
        }
        return await response(to: request, with: fault, takesEffect: rule.takesEffect)
    }

    package func jump(by duration: Duration) { base.jump(by: duration) }

    private func due(_ request: SandboxRequest) -> [FaultRule] {
        let matching = rules.indices.filter { rules[$0].matches(request) }
        return counts.withLock { counts in
            for index in matching { counts[index].matched += 1 }
            var due = matching.filter { rules[$0].requests.contains(counts[$0].matched) }
            // Of several faults, only the first one happens.
            if let first = due.first(where: { rules[$0].fault != nil }) {
                due = due.filter { $0 == first || rules[$0].fault == nil }
            }
            for index in due { counts[index].injected += 1 }
            return due.map { rules[$0] }
        }
    }

    private func response(
        to request: SandboxRequest, with fault: FaultRule.Fault, takesEffect: Bool
    ) async -> SandboxResponse {
        switch fault {
        case .halfBody:
            return Self.halved(await base.respond(to: request))
        case .watchExpired(let events), .watchEnded(let events), .watchBroken(let events):
            return WatchCut(fault: fault, events: events).applied(to: await base.respond(to: request))
        case .clockJump(let duration):
            base.jump(by: duration)
            return await base.respond(to: request)
        case .conflict, .tooManyRequests, .internalError, .unavailable, .reset:
            if takesEffect { _ = await base.respond(to: request) }
            guard let status = fault.status(for: request) else { return SandboxResponse(status: 0, body: .reset) }
            return .status(status)
        }
    }

    /// A watch has no half: its connection breaks off before the first event.
    private static func halved(_ response: SandboxResponse) -> SandboxResponse {
        var response = response
        switch response.body {
        case .bytes(let bytes): response.body = .cut(Array(bytes.prefix(bytes.count / 2)), announced: bytes.count)
        case .chunks: response.body = .brokenChunks(AsyncStream { $0.finish() })
        case .brokenChunks, .cut, .reset: break
        }
        return response
    }
}
