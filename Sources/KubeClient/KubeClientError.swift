package import Resources

/// Why there is no answer from the API server: configuration, credentials, network, TLS, or an answer that is none.
package struct KubeClientError: DiagnosticError, Hashable {
    package enum Code: String, Hashable, Sendable {
        case invalidKubeconfig = "kubeconfig-invalid"
        case noCluster = "no-cluster"
        case unknownContext = "context-unknown"
        case unsupportedAuthentication = "authentication-unsupported"
        case credentialPlugin = "credential-plugin"
        case unreadableCredential = "credential-unreadable"
        case expiredClientCertificate = "client-certificate-expired"
        case connectionRefused = "connection-refused"
        case unreachable = "server-unreachable"
        case nameNotResolved = "name-not-resolved"
        case untrustedCertificate = "certificate-untrusted"
        case wrongServerName = "certificate-other-name"
        case tlsFailed = "tls-failed"
        case proxyFailed = "proxy-failed"
        case timedOut = "server-timeout"
        /// The connection ended; the server may have acted on the request.
        case connectionLost = "connection-lost"
        /// The connection ended, and the server has said that it has not looked at the request.
        case notProcessed = "request-not-processed"
        case responseTooLarge = "response-too-large"
        case invalidResponse = "response-invalid"
        case invalidRequest = "request-invalid"
    }

    package let code: Code
    /// Names the server or the file, and what is wrong; never holds a credential.
    package let message: String
    package let causes: [String]
    package let hint: String?

    package init(_ code: Code, _ message: String, causes: [String] = [], hint: String? = nil) {
        self.code = code
        self.message = message
        self.causes = causes
        self.hint = hint
    }

    package var diagnostics: [Diagnostic] {
        [Diagnostic(code: code.rawValue, message, causes: causes, hint: hint)]
    }
}
