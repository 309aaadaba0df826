import KubeClient
import Resources
import TestSupport
import Testing

/// What the suites have in common that send requests to a server on the loopback address.
protocol LoopbackClient {}

extension LoopbackClient {
    func configuration(
        _ server: LoopbackServer,
        host: String = "127.0.0.1",
        credentials: Credentials = .none
    ) -> ClusterConfiguration {
        ClusterConfiguration(
            server: "https://\(host):\(server.port)",
            trust: .init(authorities: Array(TestCertificates.authority.utf8)),
            credentials: credentials
        )
    }

    func certificate(_ chain: String, _ key: String) -> ClientCertificate {
        ClientCertificate(chain: Array(chain.utf8), key: Confidential(Array(key.utf8)), origin: "alice.crt")
    }

    func get(
        _ configuration: ClusterConfiguration,
        _ request: HTTPRequest = HTTPRequest(.get, "/version")
    ) async throws -> HTTPResponse {
        let transport = try HTTPTransport(configuration, options: .patient)
        do {
            let response = try await transport.send(request)
            await transport.shutdown()
            return response
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// The error of a request as text, with the port left out.
    func failure(
        _ configuration: ClusterConfiguration,
        _ request: HTTPRequest = HTTPRequest(.get, "/version")
    ) async throws -> String {
        let error = await #expect(throws: KubeClientError.self) { try await get(configuration, request) }
        return described(error).replacing(/:[0-9]{4,5}/, with: ":PORT")
    }

    func expect(
        _ configuration: ClusterConfiguration,
        _ request: HTTPRequest = HTTPRequest(.get, "/version"),
        fails text: String,
        at place: Testing.SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await failure(configuration, request)
        #expect(found == text, sourceLocation: place)
    }

    func expect(
        _ status: Int,
        _ configuration: ClusterConfiguration,
        at place: Testing.SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await get(configuration).status
        #expect(found == status, sourceLocation: place)
    }
}
