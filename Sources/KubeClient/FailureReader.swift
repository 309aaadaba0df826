import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL
import Resources

/// Says in a person's words why a request has got no response.
struct FailureReader: Sendable {
    private let server: String
    private let connectTimeout: Duration
    private let proxy: ProxySettings?
    private let serverName: String?
    private let certificate: ClientCertificate?

    init(_ configuration: ClusterConfiguration, _ options: HTTPTransportOptions) {
        server = configuration.server
        connectTimeout = options.connectTimeout
        proxy = configuration.proxy
        serverName = configuration.trust.serverName
        certificate = configuration.clientCertificate
    }

    /// - Parameter hasHead: Whether the failure came in the middle of a response.
    func error(for error: any Error, request: HTTPRequest, hasHead: Bool) -> any Error {
        switch error {
        case is CancellationError, is KubeClientError: error
        case let error as BodyLimitError: tooLarge(error.limit)
        case let error as HTTPClientError: clientError(error, request, hasHead)
        case let error as NIOConnectionError: connectionError(error)
        case let error as ChannelError: channelError(error, hasHead)
        case let error as IOError: ioError(error.errnoCode, hasHead)
        case let error as NIOSSLError: tlsError(error)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: otherName()
        case let error as NIOSSLExtraError: tlsFailed("\(error)")
        case let error as BoringSSLError: boringError(error)
        default: connectionLost(hasHead, cause: "\(error)")
        }
    }

    /// An expired certificate is a better reason for a refusal than the server's word.
    func checkCertificate(of identity: Identity) throws {
        if let error = expiredCertificate(identity.certificate) { throw error }
    }

    private func clientError(_ error: HTTPClientError, _ request: HTTPRequest, _ hasHead: Bool) -> KubeClientError {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout:
            return KubeClientError(
                .unreachable,
                "\(server) does not answer: no connection within \(connectTimeout)",
                hint: "check the address, the network and firewalls\(viaProxy)"
            )
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            let missing = hasHead ? "the end of its answer" : "an answer"
            return KubeClientError(
                .timedOut,
                "\(server) has not sent \(missing) to \(request.method.rawValue) \(request.barePath) within \(request.timeout.brief)",
                hint: "the server may be overloaded: run again, or allow more time"
            )
        case .tlsHandshakeTimeout: return tlsFailed("the handshake has not ended within \(connectTimeout)")
        case .invalidProxyResponse, .proxyAuthenticationRequired, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
            return KubeClientError(
                .proxyFailed,
                "the proxy \(proxy?.description ?? "") does not connect to \(server)",
                causes: [error.shortDescription],
                hint: "check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY"
            )
        case .cancelled:
            // The task itself was not cancelled: the connection closed before the request got onto it.
            return KubeClientError(.notProcessed, "\(server) closed the connection", hint: Self.runAgain)
        default:
            return isInvalidHeader(error) ? invalidHeader() : connectionLost(hasHead, cause: error.shortDescription)
        }
    }

    /// An error's own description shows values, of which one may be a token.
    private func isInvalidHeader(_ error: HTTPClientError) -> Bool {
        let names = [HTTPClientError.invalidHeaderFieldNames([]), .invalidHeaderFieldValues([])]
        return names.contains { $0.shortDescription == error.shortDescription }
    }

    private func invalidHeader() -> KubeClientError {
        KubeClientError(
            .invalidRequest,
            "the request to \(server) has a header field with a character that none may have",
            hint: "check the token, and whom to act for, in the kubeconfig"
        )
    }

    private func connectionError(_ error: NIOConnectionError) -> KubeClientError {
        if let code = error.connectionErrors.compactMap({ ($0.error as? IOError)?.errnoCode }).first {
            return ioError(code, false)
        }
        if !error.connectionErrors.isEmpty { return unreachable(cause: error.connectionErrors.map { "\($0.error)" }) }
        return KubeClientError(
            .nameNotResolved,
            "the name \(error.host) of \(server) can't be resolved",
            hint: "check the address\(viaProxy) and the DNS settings of this machine"
        )
    }

    private func channelError(_ error: ChannelError, _ hasHead: Bool) -> KubeClientError {
        if case .connectTimeout = error { return unreachable(cause: ["no connection within \(connectTimeout)"]) }
        return connectionLost(hasHead, cause: "\(error)")
    }

    private func ioError(_ code: CInt, _ hasHead: Bool) -> KubeClientError {
        switch code {
        case ECONNREFUSED:
            KubeClientError(
                .connectionRefused,
                "\(proxy.map { "the proxy \($0.description) of \(server)" } ?? server) refuses the connection",
                hint: "check that the API server runs at this address, and that the right context is chosen"
            )
        case EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, ENETDOWN, EHOSTDOWN: unreachable(cause: [Self.text(code)])
        default: connectionLost(hasHead, cause: Self.text(code))
        }
    }

    private func tlsError(_ error: NIOSSLError) -> KubeClientError {
        switch error {
        case .handshakeFailed(let reason): boringError(reason)
        case .unableToValidateCertificate: untrusted()
        case .uncleanShutdown: connectionLost(true, cause: "the connection was not closed as TLS demands")
        default: tlsFailed("\(error)")
        }
    }

    private func boringError(_ error: BoringSSLError) -> KubeClientError {
        // BoringSSL's reasons have no numbers in NIOSSL's interface.
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return untrusted() }
        if text.contains("ALERT"), text.contains("CERTIFICATE") || text.contains("UNKNOWN_CA") {
            return expiredCertificate(certificate) ?? refusedCertificate()
        }
        if text.contains("WRONG_VERSION_NUMBER") { return tlsFailed("the server does not speak TLS") }
        return tlsFailed(text)
    }

    private func expiredCertificate(_ certificate: ClientCertificate?) -> KubeClientError? {
        guard let certificate,
            let leaf = try? TLSSettings.certificates(certificate.chain, of: "").first,
            Date(timeIntervalSince1970: Double(leaf.notValidAfter)) < Date()
        else { return nil }
        let end = Date(timeIntervalSince1970: Double(leaf.notValidAfter)).formatted(.iso8601)
        return KubeClientError(
            .expiredClientCertificate,
            "\(server) refuses the client certificate (\(certificate.origin)), which has expired at \(end)",
            hint: "get a new certificate, or a new kubeconfig, from the cluster's administrator"
        )
    }

    private func refusedCertificate() -> KubeClientError {
        KubeClientError(
            .tlsFailed,
            certificate.map { "\(server) refuses the client certificate (\($0.origin))" }
                ?? "\(server) demands a client certificate",
            hint: "check the user of the context"
        )
    }

    private func untrusted() -> KubeClientError {
        KubeClientError(
            .untrustedCertificate,
            "the certificate of \(server) is not signed by the authority that is configured for it, or it is not valid now",
            hint: "check certificate-authority in the kubeconfig, and this machine's clock"
        )
    }

    private func otherName() -> KubeClientError {
        KubeClientError(
            .wrongServerName,
            "the certificate of \(server) is for another name" + (serverName.map { " than \($0)" } ?? ""),
            hint: "check the address, or set tls-server-name in the kubeconfig"
        )
    }

    private func tlsFailed(_ cause: String) -> KubeClientError {
        KubeClientError(
            .tlsFailed,
            "no secure connection to \(server)",
            causes: [cause],
            hint: "check that an API server listens at this address\(viaProxy)"
        )
    }

    private func unreachable(cause: [String]) -> KubeClientError {
        KubeClientError(
            .unreachable,
            "\(server) can't be reached",
            causes: cause,
            hint: "check the address, the network and firewalls\(viaProxy)"
        )
    }

    private func connectionLost(_ hasHead: Bool, cause: String) -> KubeClientError {
        let moment = hasHead ? "in the middle of its answer" : "before it answered"
        return KubeClientError(
            .connectionLost,
            "\(server) ended the connection \(moment)",
            causes: [cause],
            hint: Self.runAgain
        )
    }

    private func tooLarge(_ limit: Int) -> KubeClientError {
        KubeClientError(
            .responseTooLarge,
            "the answer of \(server) is larger than \(limit >> 20 > 0 ? "\(limit >> 20) MiB" : "\(limit) bytes")",
            hint: "check that this is the address of a Kubernetes API server"
        )
    }

    private static let runAgain =
        "run again; if it happens each time, look at the server's log and at what is in between"

    private var viaProxy: String { proxy.map { ", and the proxy \($0.description)" } ?? "" }

    private static func text(_ code: CInt) -> String { String(cString: strerror(code)) }
}

extension HTTPRequest {
    /// The path without the query, which may be long.
    fileprivate var barePath: String { String(path.prefix { $0 != "?" }) }
}
