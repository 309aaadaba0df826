internal import FoundationEssentials
internal import HTTPTypes
internal import Resources
internal import Synchronization

/// Answers requests; knows nothing of connections.
final class SyncFront: Sendable {
    /// The body of a request: it is only read where somebody has a use for it.
    typealias Body = () async throws -> [UInt8]

    struct BodyTooLarge: Error {}

    private let source: SyncFrontSource
    private let access: AccessRules
    /// Nil where webhooks are off.
    private let verifier: WebhookVerifier?
    private let now: @Sendable () -> Date
    private let memory: Mutex<DeliveryMemory>
    /// Bodies are kept in memory as a whole, of anybody who can reach this server.
    private let bodies = Slots(32)

    init(
        source: SyncFrontSource, access: AccessRules, verifier: WebhookVerifier?,
        memory: DeliveryMemory = DeliveryMemory(), now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.source = source
        self.access = access
        self.verifier = verifier
        self.memory = Mutex(memory)
        self.now = now
    }

    /// - Throws: what reading the body throws, but for `BodyTooLarge`.
    func answer(_ request: HTTPRequest, body: Body) async throws -> Answer {
        guard let route = SyncRoute(path: request.path ?? "") else { return Self.notFound }
        if case .webhook = route, verifier == nil { return Self.notFound }
        if route.isOfAPI, let refusal = refusal(request) { return refusal }
        guard request.method.rawValue == route.method || request.method == .head && route.method == "GET" else {
            return .error(.methodNotAllowed, "the method has to be \(route.method)").with(.allow, route.method)
        }
        return switch route {
        case .health: .text(["ok"])
        case .readiness: await readiness()
        case .metrics: .metrics(await source.metrics())
        case .applications: .json(await source.applications())
        case .application(let name): await application(name)
        case .trigger(let name): await trigger(name)
        case .webhook(let name): try await webhook(name, request.headerFields, body)
        }
    }

    private static let notFound = Answer.error(.notFound, "there is nothing here")
    private static let noApplication = Answer.error(.notFound, "there is no application of that name")
    private static let accepted = Answer.json(["status": "accepted"], .accepted)

    private static func standby(_ reason: String) -> Answer {
        .error(.serviceUnavailable, reason).with(.retryAfter, "1")
    }

    private func application(_ name: String) async -> Answer {
        if let reason = await source.standby() { return Self.standby(reason) }
        return await source.application(name).map { .json($0) } ?? Self.noApplication
    }

    private func trigger(_ name: String) async -> Answer {
        if let reason = await source.standby() { return Self.standby(reason) }
        return await source.trigger(name) ? Self.accepted : Self.noApplication
    }

    private func refusal(_ request: HTTPRequest) -> Answer? {
        switch access.verdict(on: request) {
        case .granted: nil
        case .unknown: .error(.unauthorized, "a valid token is needed").with(.wwwAuthenticate, "Bearer")
        case .crossSite(let reason): .error(.forbidden, reason)
        case .closed: .error(.forbidden, "the API is closed, because no token is configured (apiTokenFile)")
        }
    }

    private func readiness() async -> Answer {
        let problems = await source.readiness()
        return problems.isEmpty ? .text(["ok"]) : .text(problems, .serviceUnavailable)
    }

    // MARK: - Webhooks

    private func webhook(_ name: String?, _ headers: HTTPFields, _ body: Body) async throws -> Answer {
        let outcome: WebhookOutcome
        do {
            // What nobody has signed is not worth reading.
            outcome =
                WebhookScheme.chosen(by: headers) == nil
                ? .refused(.unsigned)
                : try await bodies.with { await self.outcome(name, headers, try await body()) }
        } catch is BodyTooLarge {
            outcome = .tooLarge
        }
        await source.webhookSeen(outcome)
        return switch outcome {
        // The sender of a replay learns nothing else, lest it tries again.
        case .accepted, .replayed: Self.accepted
        case .refused(let refusal): .error(.unauthorized, refusal.description)
        // As where the signature is wrong, so that names can't be probed.
        case .misdirected:
            .error(.unauthorized, WebhookRefusal.mismatch(header: signatureHeader(headers)).description)
        case .standby: Self.standby("the server that leads can't be told")
        case .tooLarge: .error(.contentTooLarge, "the body is too large")
        }
    }

    private func signatureHeader(_ headers: HTTPFields) -> String {
        WebhookScheme.chosen(by: headers)?.header.rawName ?? ""
    }

    private func outcome(_ name: String?, _ headers: HTTPFields, _ body: [UInt8]) async -> WebhookOutcome {
        let now = now()
        switch verifier?.verify(headers, body, now: now) {
        case nil: return .refused(.unsigned)
        case .refused(let refusal): return .refused(refusal)
        case .accepted(let delivery):
            guard memory.withLock({ $0.insert(delivery, for: name, now: now) }) else { return .replayed(delivery) }
            if await source.poll(name) { return .accepted(delivery) }
            memory.withLock { $0.remove(delivery, for: name) }
            return await source.standby() == nil ? .misdirected(delivery) : .standby(delivery)
        }
    }
}
