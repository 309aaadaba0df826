import Resources
import SyncService
import Synchronization

/// A service with the application `shop`, which notes what is triggered.
final class FakeService: Sendable {
    private let triggers = Mutex<[String]>([])
    private let outcomes = Mutex<[WebhookOutcome]>([])
    let problems: [String]
    let isStandby: Bool

    init(problems: [String] = [], isStandby: Bool = false) {
        self.problems = problems
        self.isStandby = isStandby
    }

    private func note(_ what: String, _ name: String?) -> Bool {
        guard name == nil || name == "shop" else { return false }
        triggers.withLock { $0.append("\(what) \(name ?? "*")") }
        return true
    }

    /// `*` stands for all applications.
    var triggered: [String] { triggers.withLock { $0 } }
    var seen: [WebhookOutcome] { outcomes.withLock { $0 } }

    var source: SyncFrontSource {
        SyncFrontSource(
            applications: { ["items": [["name": "shop"]]] },
            application: { $0 == "shop" ? ["name": "shop"] : nil },
            trigger: { name in self.note("person", name) },
            poll: { name in self.note("poll", name) },
            standby: { self.isStandby ? "another server leads: sync@left/1" : nil },
            metrics: { "up 1\n" },
            readiness: { self.problems },
            webhookSeen: { outcome in self.outcomes.withLock { $0.append(outcome) } })
    }
}

/// Opens once; who waits for it goes on then.
final class Latch: Sendable {
    private let stream = AsyncStream.makeStream(of: Never.self)

    func open() { stream.continuation.finish() }

    /// Returns as soon as the latch is open or the task cancelled.
    func wait() async {
        for await _ in stream.stream {}
    }
}

extension SyncServer {
    /// Runs the body with the port of a server that has a webhook secret, and ends the server after it.
    static func with<T: Sendable>(
        _ source: SyncFrontSource, limits: SyncFrontSettings.Limits = .patient, token: String? = nil,
        body: @Sendable (Int) async throws -> T
    ) async throws -> T {
        var settings = SyncFrontSettings()
        settings.limits = limits
        if let token { settings.apiToken = { token } }
        settings.webhookSecrets = ["It's a Secret to Everybody"]
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Void.self) { [settings] group in
            group.addTask {
                defer { announce.finish() }
                try await SyncServer.run(source, settings: settings) { announce.yield($0) }
            }
            guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
            let result = try await body(port)
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }
}

extension SyncFrontSettings.Limits {
    /// Those of a server whose clients may take their time, as tests do on a machine that is busy with others.
    static var patient: Self {
        var limits = Self()
        limits.requestTimeout = .seconds(3600)
        limits.answerTimeout = .seconds(3600)
        limits.drainTimeout = .seconds(3600)
        return limits
    }
}

extension SyncFrontSettings {
    static var patient: Self {
        var settings = Self()
        settings.limits = .patient
        return settings
    }
}
