internal import FoundationEssentials
internal import GitSource
internal import Glibc
internal import KubeClient
internal import Manifests
internal import Reconciler
internal import Resources
internal import SyncService

/// The parts of `endstate sync`, put together and run.
struct SyncSession: Sendable {
    private let command: SyncCommand
    private let server: SyncServerSettings
    private let environment: CommandEnvironment
    private let log: ServiceLog
    private let metrics: SyncMetrics
    private let connections: SyncConnections
    private let audit: AuditFile?
    private let notifications: NotificationQueue?
    private let notificationClient = NotificationClient()
    private let journal: SyncJournal
    private let service: SyncService
    /// Whether no application is configured.
    private let isIdle: Bool

    init(
        _ command: SyncCommand, _ configuration: SyncConfiguration, _ environment: CommandEnvironment,
        sandbox: LocalSandbox?
    ) throws {
        self.command = command
        self.environment = environment
        server = configuration.server
        isIdle = configuration.applications.isEmpty
        let now = environment.now
        let log = ServiceLog(environment.terminal, format: command.logFormat)
        let metrics = SyncMetrics(version: Version.current, now: now)
        (self.log, self.metrics) = (log, metrics)
        connections = SyncConnections(command.cluster, environment, metrics: metrics, sandbox: sandbox)
        let trouble: @Sendable (Diagnostic) -> Void = { log.write(LogLine($0, at: now())) }
        audit = try server.auditFile.map { path in
            try AuditFile(path: path) { diagnostic in
                metrics.auditFailed()
                trouble(diagnostic)
            }
        }
        notifications = try Self.notifications(server, environment, metrics, notificationClient, trouble)
        journal = SyncJournal(
            metrics: metrics, notifications: notifications, isAudited: audit != nil,
            who: environment.holder.person, pid: getpid(), now: now, log: log.write)
        service = try Self.service(configuration, environment, connections, journal)
    }

    /// Works until the task is cancelled, which is no failure.
    func run() async throws -> ExitStatus {
        let deadline = ShutdownDeadline(.seconds(8), clock: environment.clock) { endAtOnce() }
        try await deadline.run {
            do {
                try await withTaskCancellationHandler {
                    try await work()
                } onCancel: {
                    let message = "ending: what is under way is closed cleanly; a second signal ends at once"
                    log.write(LogLine(.info, message, at: environment.now()))
                }
            } catch is CancellationError {}
            await connections.shutdown()
            notificationClient.close()
        }
        return .success
    }

    /// Where something hangs, the process ends before whoever has asked it to kills it, and tells what that cuts off.
    private func endAtOnce() {
        let open = journal.openWork
        let diagnostic = Diagnostic(
            code: "shutdown-cut-off", "not all has ended within 8 seconds: the process ends now",
            causes: open.isEmpty ? ["no run is open"] : open.map { "left open: \($0)" },
            hint: "the server that leads next goes on with open runs")
        log.write(LogLine(diagnostic, at: environment.now()))
        environment.exit(.terminated)
    }

    private func work() async throws {
        let front = try frontSettings()
        if isIdle {
            log.write(LogLine(.warning, "no application is configured: there is nothing to do", at: environment.now()))
        }
        // Not cancelled with the rest: what is closed cleanly is accounted for, too.
        let keeper = audit.map { [journal] file in Task { await journal.keep(in: file) } }
        let result: Result<Void, any Error>
        do { result = .success(try await serve(front)) } catch { result = .failure(error) }
        journal.finish()
        await keeper?.value
        try result.get()
    }

    private func serve(_ front: SyncFrontSettings) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await service.run() }
            group.addTask { try await SyncServer.run(frontSource, settings: front) { port in announce(port) } }
            group.addTask { await reload() }
            if let notifications { group.addTask { await notifications.run() } }
            // None of them ends before all are to, but by failing.
            while let _ = try await group.next() {}
        }
    }

    private func announce(_ port: Int) {
        var line = LogLine(.info, "listening on \(server.listen.host), port \(port)", at: environment.now())
        line.details["port"] = .integer(Int64(port))
        log.write(line)
        SystemdNotifier(environment: environment.variables)?.send("READY=1")
    }

    // MARK: Configuration

    /// What can't be read leaves everything as it is.
    private func reload() async {
        for await _ in environment.hangups {
            do {
                await audit?.reopen()
                let read = try command.configuration(in: environment)
                await service.configure(read.applications)
                let isOther = read.server != server
                let rest = isOther ? "; what it says of the server holds from the next start on" : ""
                log.write(LogLine(.info, "the configuration was read again\(rest)", at: environment.now()))
            } catch {
                for diagnostic in ErrorReport.diagnostics(of: error) {
                    log.write(LogLine(diagnostic, at: environment.now()))
                }
                log.write(LogLine(.error, "the configuration stays as it was", at: environment.now()))
            }
        }
        // Nothing more is told.
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    // MARK: The HTTP server

    private func frontSettings() throws -> SyncFrontSettings {
        var settings = SyncFrontSettings()
        settings.host = server.listen.host
        settings.port = server.listen.port
        if let path = server.apiTokenFile { settings.apiToken = { Self.secret(path) } }
        for path in server.webhookSecretFiles {
            guard let secret = Self.secret(path) else {
                log.write(
                    LogLine(
                        Diagnostic(
                            .warning, code: "webhook-secret", "there is no webhook secret in \(path)",
                            hint: "write one into it, and start again"), at: environment.now()))
                continue
            }
            settings.webhookSecrets.append(secret)
        }
        return settings
    }

    private var frontSource: SyncFrontSource {
        SyncFrontSource(
            applications: service.applications, application: service.application, trigger: service.request,
            poll: service.poll, standby: { service.standby }, metrics: { await page() },
            readiness: { service.problems },
            webhookSeen: { outcome in metrics.received(outcome) })
    }

    private func page() async -> String {
        let queue = await service.queue()
        metrics.queued(waiting: queue.waiting, running: queue.running)
        return metrics.render()
    }

    /// Nil where the file is missing or empty, so that it may come later.
    private static func secret(_ path: String) -> String? {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.first.map(String.init)
    }
}

// MARK: Parts
extension SyncSession {
    private static func service(
        _ configuration: SyncConfiguration, _ environment: CommandEnvironment, _ connections: SyncConnections,
        _ journal: SyncJournal
    ) throws -> SyncService {
        let server = configuration.server
        let source = SourceAccess.git { application, location in
            try settings(for: application, location, server, environment)
        }
        let world = SyncWorld(
            source: source, clock: environment.clock, now: environment.now, holder: environment.holder,
            version: Version.current, leaseTimes: environment.leaseTimes, leaseClock: environment.leaseClock,
            concurrency: server.concurrency)
        var election: SyncService.Election?
        if server.leaderElection {
            let home = try connections.cluster(nil, permit: nil)
            election = SyncService.Election(
                client: home.client, namespace: server.namespace ?? home.namespace, name: server.leaseName,
                holder: environment.holder, clock: environment.leaseClock)
        }
        return SyncService(
            world: world, election: election, applications: configuration.applications,
            connect: { try connections.cluster($0, permit: $1) }, tell: journal.take)
    }

    private static func settings(
        for application: SyncApplication, _ location: GitLocation, _ server: SyncServerSettings,
        _ environment: CommandEnvironment
    ) throws -> GitSettings {
        var settings = try environment.gitSettings(location)
        let repository = application.settings.source?.repository
        guard let credential = server.credential(for: application) else {
            // What is in the environment is for the repositories that the operator names.
            return application.ancestry.allSatisfy { $0 == repository } ? settings : settings.withoutCredentials
        }
        switch credential.secret {
        case .tokenFile(let path):
            guard let token = secret(path) else {
                throw Diagnostic(
                    code: "credential-unreadable", "there is no token in \(path), which \(location.display) needs",
                    hint: "write it into the file")
            }
            settings.credentials = credential.userName.map { .basic(user: $0, password: token) } ?? .token(token)
        case .sshKeyFile(let path): settings.credentials = environment.sshKey(path)
        }
        if let file = credential.knownHostsFile { settings.knownHostsFiles = [file] }
        return settings
    }

    private static func notifications(
        _ server: SyncServerSettings, _ environment: CommandEnvironment, _ metrics: SyncMetrics,
        _ client: NotificationClient, _ trouble: @escaping @Sendable (Diagnostic) -> Void
    ) throws -> NotificationQueue? {
        var targets: [NotificationTarget] = []
        for notification in server.notifications {
            guard let url = secret(notification.urlFile) else {
                throw Diagnostic(
                    code: "notification-url", "there is no URL in \(notification.urlFile)",
                    hint: "write it into the file, or remove the notification \(notification.name)")
            }
            targets.append(
                NotificationTarget(
                    name: notification.name, url: Confidential(url),
                    format: notification.format == .slack ? .slack : .generic,
                    kinds: Set(notification.events.compactMap { SyncNotification.Kind(rawValue: $0.rawValue) })))
        }
        if targets.isEmpty { return nil }
        return NotificationQueue(
            targets: targets, clock: environment.clock, count: metrics.notified, report: trouble, send: client.send)
    }
}

extension SyncMetrics {
    fileprivate func received(_ outcome: WebhookOutcome) {
        switch outcome {
        case .accepted(let delivery): received(webhookFrom: delivery.sender, result: .accepted)
        case .replayed(let delivery): received(webhookFrom: delivery.sender, result: .replayed)
        case .misdirected(let delivery): received(webhookFrom: delivery.sender, result: .misdirected)
        case .standby(let delivery): received(webhookFrom: delivery.sender, result: .standby)
        case .refused: received(webhookFrom: nil, result: .refused)
        case .tooLarge: received(webhookFrom: nil, result: .tooLarge)
        }
    }
}
