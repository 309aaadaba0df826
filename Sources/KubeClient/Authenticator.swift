import FoundationEssentials

/// Gives each request what it needs to be let in, and renews that as it expires or rotates.
enum Authenticator: Sendable {
    /// Never changes.
    case fixed(Identity)
    case renewed(CredentialCache)

    init(
        _ configuration: ClusterConfiguration,
        pluginTimeout: Duration,
        files: FileReader,
        clock: any Clock<Duration>
    ) {
        let certificate = configuration.clientCertificate
        func fixed(_ authorization: String?) -> Authenticator {
            .fixed(Identity(authorization: authorization.map(Confidential.init), certificate: certificate))
        }
        switch configuration.credentials {
        case .none: self = fixed(nil)
        case .token(let token): self = fixed("Bearer \(token.revealed)")
        case .password(let user, let password): self = fixed(Self.basic(user, password.revealed))
        case .tokenFile(let path, let fallback):
            let source = TokenFile(path: path, fallback: fallback, certificate: certificate, files: files)
            self = .renewed(CredentialCache(clock: clock) { try source.read() })
        case .exec(let plugin):
            self = .renewed(CredentialCache(clock: clock) { try await Self.run(plugin, pluginTimeout, certificate) })
        }
    }

    /// What the next request is to carry.
    var identity: Identity {
        get async throws {
            switch self {
            case .fixed(let identity): identity
            case .renewed(let cache): try await cache.identity()
            }
        }
    }

    /// What to try after the server has refused an identity; nil where there is nothing else.
    func replacement(for refused: Identity) async throws -> Identity? {
        guard case .renewed(let cache) = self else { return nil }
        let other = try await cache.renewed(after: refused)
        return other == refused ? nil : other
    }

    static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    private static func run(
        _ plugin: ExecPlugin,
        _ timeout: Duration,
        _ certificate: ClientCertificate?
    ) async throws -> CredentialCache.Entry {
        let credential = try await plugin.run(timeout: timeout)
        var identity = credential.identity
        identity.certificate = identity.certificate ?? certificate
        let lifetime = credential.expiry.map { Duration.seconds($0.timeIntervalSinceNow) }
        return CredentialCache.Entry(identity: identity, lifetime: lifetime)
    }
}

/// A file with a token that something else renews, such as the kubelet.
private struct TokenFile: Sendable {
    /// After this time the file is read again, as client-go does.
    private static let lifetime: Duration = .seconds(60)

    let path: String
    let fallback: Confidential<String>?
    let certificate: ClientCertificate?
    let files: FileReader

    func read() throws -> CredentialCache.Entry {
        let token = try token()
        let identity = Identity(authorization: Confidential("Bearer \(token)"), certificate: certificate)
        return CredentialCache.Entry(identity: identity, lifetime: Self.lifetime)
    }

    private func token() throws -> String {
        do {
            if let bytes = try files.read(path) {
                let token = String(decoding: bytes, as: UTF8.self).trimmed
                if !token.isEmpty { return token }
            }
        } catch {
            if fallback == nil { throw unreadable("can't be read", causes: ["\(error)"]) }
        }
        if let fallback { return fallback.revealed }
        throw unreadable("holds no token")
    }

    private func unreadable(_ problem: String, causes: [String] = []) -> KubeClientError {
        KubeClientError(.unreadableCredential, "the token file \(path) \(problem)", causes: causes)
    }
}

/// The one identity in use, renewed by one task at a time.
actor CredentialCache {
    struct Entry: Sendable {
        let identity: Identity
        /// From the moment of its making; nil where it holds until it is refused.
        let lifetime: Duration?
    }

    private struct Held {
        let entry: Entry
        let age: Stopwatch

        var isExpired: Bool { entry.lifetime.map { age.elapsed() >= $0 } ?? false }
    }

    private let clock: any Clock<Duration>
    private let make: @Sendable () async throws -> Entry
    private var held: Held?
    private var making: Task<Entry, any Error>?

    init(clock: any Clock<Duration>, make: @escaping @Sendable () async throws -> Entry) {
        self.clock = clock
        self.make = make
    }

    func identity() async throws -> Identity {
        if let held, !held.isExpired { return held.entry.identity }
        return try await renew()
    }

    /// Returns another identity than the refused one, which another request may have got meanwhile.
    func renewed(after refused: Identity) async throws -> Identity {
        if let held, held.entry.identity != refused { return held.entry.identity }
        return try await renew()
    }

    private func renew() async throws -> Identity {
        if let making { return try await shared(making) }
        let age = Stopwatch(clock)
        let task = Task { try await make() }
        making = task
        defer { making = nil }
        let entry = try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        held = Held(entry: entry, age: age)
        return entry.identity
    }

    /// Waits for what another request's task makes; where that request is cancelled, this one makes its own.
    private func shared(_ making: Task<Entry, any Error>) async throws -> Identity {
        do {
            return try await making.value.identity
        } catch is CancellationError {
            try Task.checkCancellation()
            return try await renew()
        }
    }
}
