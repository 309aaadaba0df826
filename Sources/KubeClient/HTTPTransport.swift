import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Resources

/// How long an `HTTPTransport` waits, and where it looks.
package struct HTTPTransportOptions: Sendable {
    package var connectTimeout: Duration = .seconds(10)
    /// How long a credential plugin may run.
    package var pluginTimeout: Duration = .seconds(60)
    /// Whether large answers may come compressed; nil: unless the server is on this machine, where compressing a list
    /// takes longer than sending it.
    package var acceptsCompression: Bool?
    package var files = FileReader.system
    package var clock: any Clock<Duration> = ContinuousClock()

    package init() {}
}

/// The API server over the network: one HTTP/2 connection that all requests share, or, where the server has no HTTP/2,
/// several of HTTP/1.1.
package struct HTTPTransport: Transport {
    package let server: String

    private let connections: Connections
    private let authenticator: Authenticator
    private let tls: TLSConfiguration?
    private let base: String
    private let common: HTTPHeaders
    private let failures: FailureReader

    /// - Throws: `KubeClientError` where a certificate or a key can't be read.
    package init(_ configuration: ClusterConfiguration, options: HTTPTransportOptions = HTTPTransportOptions()) throws {
        guard let address = ServerAddress(configuration.server) else {
            throw KubeClientError(.invalidRequest, "\(configuration.server) is no address of an API server")
        }
        server = configuration.server
        tls = address.usesTLS ? try TLSSettings.make(configuration) : nil
        failures = FailureReader(configuration, options)
        authenticator = Authenticator(
            configuration,
            pluginTimeout: options.pluginTimeout,
            files: options.files,
            clock: options.clock
        )
        var target = address
        var settings = ClientSettings.make(configuration, options, tls)
        if let name = configuration.trust.serverName, address.usesTLS {
            // The certificate is checked against the host of the URL, which then stands for the real one.
            settings.dnsOverride = [name: address.host]
            target = address.with(host: name)
        }
        let isCompressed = options.acceptsCompression ?? !address.isLoopback
        if !isCompressed { settings.decompression = .disabled }
        base = target.text
        common = Self.headers(configuration, address, isCompressed: isCompressed)
        connections = Connections(settings)
    }

    package func authenticate() async throws {
        _ = try await authenticator.identity
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let identity = try await authenticator.identity
        let response = try await perform(request, identity)
        guard response.status == 401 else { return response }
        if let other = try await authenticator.replacement(for: identity) {
            return try await perform(request, other)
        }
        try failures.checkCertificate(of: identity)
        return response
    }

    package func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let identity = try await authenticator.identity
        let stream = try await open(request, identity)
        guard stream.status == 401, let other = try await authenticator.replacement(for: identity) else {
            return stream
        }
        return try await open(request, other)
    }

    package func shutdown() async {
        connections.close()
    }

    private func perform(_ request: HTTPRequest, _ identity: Identity) async throws -> HTTPResponse {
        try request.permit?()
        let collector = ResponseCollector(limit: request.bodyLimit)
        let task = connections.client.execute(
            request: try message(request, identity),
            delegate: collector,
            eventLoop: .indifferent,
            deadline: .now() + .init(request.timeout)
        )
        do {
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            try Task.checkCancellation()
            throw failures.error(for: error, request: request, hasHead: collector.hasHead)
        }
    }

    private func open(_ request: HTTPRequest, _ identity: Identity) async throws -> HTTPStream {
        let streamer = ResponseStreamer(limit: request.bodyLimit, failures: failures, request: request)
        let task = connections.client.execute(
            request: try message(request, identity),
            delegate: streamer,
            eventLoop: .indifferent,
            deadline: .now() + .init(request.timeout)
        )
        do {
            return try await withTaskCancellationHandler {
                try await streamer.stream(cancel: { task.cancel() })
            } onCancel: {
                task.cancel()
            }
        } catch {
            try Task.checkCancellation()
            throw error
        }
    }

    private func message(_ request: HTTPRequest, _ identity: Identity) throws -> HTTPClient.Request {
        var headers = common
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        if let authorization = identity.authorization {
            headers.replaceOrAdd(name: "Authorization", value: authorization.revealed)
        }
        guard let url = URL(string: base + request.path) else {
            throw KubeClientError(.invalidRequest, "\(request.path) is no path of a URL")
        }
        return try HTTPClient.Request(
            url: url,
            method: NIOHTTP1.HTTPMethod(rawValue: request.method.rawValue),
            headers: headers,
            body: request.body.map { .bytes($0) },
            tlsConfiguration: try tls(for: identity)
        )
    }

    /// A certificate that a plugin has given is not part of the client's own settings.
    private func tls(for identity: Identity) throws -> TLSConfiguration? {
        guard case .renewed = authenticator, var tls, let certificate = identity.certificate else { return nil }
        try TLSSettings.add(certificate, to: &tls)
        return tls
    }

    private static func headers(
        _ configuration: ClusterConfiguration,
        _ address: ServerAddress,
        isCompressed: Bool
    ) -> HTTPHeaders {
        var headers: HTTPHeaders = ["User-Agent": "endstate", "Host": address.authority]
        if isCompressed { headers.add(name: "Accept-Encoding", value: "gzip") }
        guard let impersonation = configuration.impersonation else { return headers }
        headers.add(name: "Impersonate-User", value: impersonation.user)
        if let uid = impersonation.uid { headers.add(name: "Impersonate-Uid", value: uid) }
        for group in impersonation.groups { headers.add(name: "Impersonate-Group", value: group) }
        for (key, values) in impersonation.extra.sorted(by: { $0.key < $1.key }) {
            for value in values {
                headers.add(name: "Impersonate-Extra-\(HeaderFields.escapedName(key))", value: value)
            }
        }
        return headers
    }
}

/// The one owner of an HTTP client, which must be shut down before it goes.
private final class Connections: Sendable {
    let client: HTTPClient

    init(_ settings: HTTPClient.Configuration) {
        // One connection needs one event loop; with several, requests would hop between them.
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.any()),
            configuration: settings
        )
    }

    /// Does not wait: a connection that is just being made may take until its timeout.
    func close() {
        // It fails only where it is done already.
        client.shutdown { _ in }
    }

    deinit {
        close()
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(max(0, seconds) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    static func of(_ duration: Duration) -> TimeAmount { TimeAmount(duration) }
}
