import KubeClient
import Resources
import Synchronization
import Testing

/// Against a server on the loopback address that speaks TLS.
struct HTTPTransportTests {
    private static let authority = Array(TestCertificates.authority.utf8)

    private func configuration(
        _ server: LoopbackServer,
        host: String = "127.0.0.1",
        credentials: Credentials = .none
    ) -> ClusterConfiguration {
        ClusterConfiguration(
            server: "https://\(host):\(server.port)",
            trust: .init(authorities: Self.authority),
            credentials: credentials
        )
    }

    private func certificate(_ chain: String, _ key: String) -> ClientCertificate {
        ClientCertificate(chain: Array(chain.utf8), key: Confidential(Array(key.utf8)), origin: "alice.crt")
    }

    private func get(
        _ configuration: ClusterConfiguration,
        _ request: HTTPRequest = HTTPRequest(.get, "/version")
    ) async throws -> HTTPResponse {
        let transport = try HTTPTransport(configuration)
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
    private func failure(
        _ configuration: ClusterConfiguration,
        _ request: HTTPRequest = HTTPRequest(.get, "/version")
    ) async throws -> String {
        let error = await #expect(throws: KubeClientError.self) { try await get(configuration, request) }
        return described(try #require(error)).replacing(/:[0-9]{4,5}/, with: ":PORT")
    }

    @Test func `a request carries who asks and for whom, and its body`() async throws {
        let request = try await LoopbackServer.run(answer: { _, _ in .http("{\", status: 201a\":1}", headers: "Warning: x\r\n") }) { server in
            var configuration = configuration(server, credentials: .token(Confidential("s3cret")))
            configuration.impersonation = .init(user: "bob", uid: "7", groups: ["a", "b"], extra: ["x/y": ["1"]])
            let response = try await get(configuration, HTTPRequest(.patch, "/a?b=c", headers: ["Accept": "x"], body: [0x7B, 0x7D]))
            #expect(response.status == 201)
            #expect(response.headers["warning"] == "x")
            #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\":1}")
            return try #require(server.requests.first).replacing(":\(server.port)", with: ":PORT")
        }
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "PATCH /a?b=c HTTP/1.1")
        #expect(lines.last == "{}")
        let expected = [
            "User-Agent: endstate", "Host: 127.0.0.1:PORT", "Authorization: Bearer s3cret", "Accept: x", "Impersonate-User: bob",
            "Impersonate-Uid: 7", "Impersonate-Group: a", "Impersonate-Group: b", "Impersonate-Extra-x%2Fy: 1",
        ]
        for line in expected { #expect(lines.contains { $0.lowercased() == line.lowercased() }, "\(line)") }
    }

    @Test func `a password is sent as basic authentication`() async throws {
        try await LoopbackServer.run { server in
            _ = try await get(configuration(server, credentials: .password("me", Confidential("pw"))))
            #expect(server.requests.first?.contains("Authorization: Basic bWU6cHc=\r\n") == true)
        }
    }

    @Test func `a hundred requests at once share one connection of HTTP 2`() async throws {
        try await LoopbackServer.run(.http2) { server in
            let transport = try HTTPTransport(configuration(server))
            try await withThrowingTaskGroup(of: HTTPResponse.self) { tasks in
                for index in 0..<100 {
                    tasks.addTask { try await transport.send(HTTPRequest(.get, "/\(index)")) }
                }
                for try await response in tasks { #expect(response.body == Array("{}".utf8)) }
            }
            await transport.shutdown()
            #expect(server.connections == 1)
            #expect(Set(server.requests) == Set((0..<100).map { "/\($0)" }))
        }
    }

    @Test func `a server of another authority is not trusted`() async throws {
        try await LoopbackServer.run { server in
            var configuration = configuration(server)
            configuration.trust.authorities = Array(TestCertificates.otherAuthority.utf8)
            #expect(
                try await failure(configuration) == """
                    certificate-untrusted: the certificate of https://127.0.0.1:PORT is not signed by the authority that is \
                    configured for it, or it is not valid now
                    hint: check certificate-authority in the kubeconfig, and this machine's clock
                    """
            )
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a server whose certificate has expired is not trusted`() async throws {
        try await LoopbackServer.run(.tls(certificate: TestCertificates.expiredServer)) { server in
            #expect(try await failure(configuration(server)).hasPrefix("certificate-untrusted: "))
        }
    }

    @Test func `a server is not checked where the kubeconfig says so`() async throws {
        try await LoopbackServer.run(.tls(certificate: TestCertificates.expiredServer)) { server in
            var configuration = configuration(server)
            configuration.trust = .init(isUnchecked: true)
            #expect(try await get(configuration).status == 200)
        }
    }

    @Test func `the certificate is checked against tls-server-name, and the address stays the host`() async throws {
        try await LoopbackServer.run { server in
            var configuration = configuration(server)
            configuration.trust.serverName = "api.test"
            #expect(try await get(configuration).status == 200)
            #expect(server.requests.first?.contains("\r\nHost: 127.0.0.1:\(server.port)\r\n") == true)
            configuration.trust.serverName = "other.test"
            #expect(
                try await failure(configuration) == """
                    certificate-other-name: the certificate of https://127.0.0.1:PORT is for another name than other.test
                    hint: check the address, or set tls-server-name in the kubeconfig
                    """
            )
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        (TestCertificates.client, TestCertificates.clientKey), (TestCertificates.rsaClient, TestCertificates.rsaClientKey),
    ])
    func `a client certificate lets in`(chain: String, key: String) async throws {
        try await LoopbackServer.run(.mutualTLS) { server in
            var configuration = configuration(server)
            configuration.clientCertificate = certificate(chain, key)
            #expect(try await get(configuration).status == 200)
        }
    }

    @Test func `an expired client certificate is named, whether TLS or the server refuses it`() async throws {
        let message = """
            client-certificate-expired: https://127.0.0.1:PORT refuses the client certificate (alice.crt), which has expired at \
            2020-01-01T00:00:00Z
            hint: get a new certificate, or a new kubeconfig, from the cluster's administrator
            """
        for security in [LoopbackServer.Security.mutualTLS, .tls()] {
            try await LoopbackServer.run(security, answer: { _, _ in .http("{}", status: 401) }) { server in
                var configuration = configuration(server)
                configuration.clientCertificate = certificate(TestCertificates.expiredClient, TestCertificates.clientKey)
                #expect(try await failure(configuration) == message)
            }
        }
    }

    @Test func `a missing client certificate is told`() async throws {
        try await LoopbackServer.run(.mutualTLS) { server in
            #expect(
                try await failure(configuration(server)) == """
                    tls-failed: https://127.0.0.1:PORT demands a client certificate
                    hint: check the user of the context
                    """
            )
        }
    }

    @Test(arguments: [
        (TestCertificates.client, "no key", "the key of the client certificate (alice.crt) is no private key in PEM form"),
        ("no certificate", TestCertificates.clientKey, "the client certificate (alice.crt) is no certificate in PEM form"),
    ])
    func `an unreadable certificate or key is told without its content`(chain: String, key: String, message: String) throws {
        var configuration = ClusterConfiguration(server: "https://127.0.0.1:1")
        configuration.clientCertificate = certificate(chain, key)
        let error = #expect(throws: KubeClientError.self) { try HTTPTransport(configuration) }
        #expect(error?.message == message)
    }

    @Test func `a refused connection is told`() async throws {
        let port = try await LoopbackServer.run { $0.port }
        let configuration = ClusterConfiguration(server: "https://127.0.0.1:\(port)")
        #expect(
            try await failure(configuration) == """
                connection-refused: https://127.0.0.1:PORT refuses the connection
                hint: check that the API server runs at this address, and that the right context is chosen
                """
        )
    }

    @Test func `a name that can't be resolved is told`() async throws {
        #expect(
            try await failure(ClusterConfiguration(server: "https://nowhere.invalid:6443")) == """
                name-not-resolved: the name nowhere.invalid of https://nowhere.invalid:PORT can't be resolved
                hint: check the address and the DNS settings of this machine
                """
        )
    }

    @Test func `a connection that is reset before the answer is told`() async throws {
        try await LoopbackServer.run(answer: { _, _ in .reset }) { server in
            let text = try await failure(configuration(server))
            #expect(text.hasPrefix("connection-lost: https://127.0.0.1:PORT ended the connection before it answered\n"))
        }
    }

    @Test(arguments: [LoopbackServer.Answer.last("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\""), .last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal\r\n")])
    func `half a body is never taken for a whole one`(answer: LoopbackServer.Answer) async throws {
        try await LoopbackServer.run(answer: { _, _ in answer }) { server in
            let text = try await failure(configuration(server))
            #expect(text.hasPrefix("connection-lost: https://127.0.0.1:PORT ended the connection in the middle of its answer\n"))
        }
    }

    @Test(arguments: [
        ("", "an answer"), ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\"", "the end of its answer"),
    ])
    func `a server that hangs is given up at the deadline`(sent: String, missing: String) async throws {
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            let request = HTTPRequest(.get, "/api/v1/pods?limit=1", timeout: .milliseconds(100))
            #expect(
                try await failure(configuration(server), request) == """
                    server-timeout: https://127.0.0.1:PORT has not sent \(missing) to GET /api/v1/pods within 0.1 s
                    hint: the server may be overloaded: run again, or allow more time
                    """
            )
        }
    }

    @Test func `cancelling ends a request at once`() async throws {
        try await LoopbackServer.run(answer: { _, _ in .hang("") }) { server in
            let configuration = configuration(server)
            let task = Task { try await get(configuration) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + String(repeating: "x", count: 2048) + "\r\n",
    ])
    func `a body that is too large is not read on`(sent: String) async throws {
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            #expect(
                try await failure(configuration(server), HTTPRequest(.get, "/version", bodyLimit: 1024)) == """
                    response-too-large: the answer of https://127.0.0.1:PORT is larger than 1024 bytes
                    hint: check that this is the address of a Kubernetes API server
                    """
            )
        }
    }

    @Test func `a server without TLS is told`() async throws {
        try await LoopbackServer.run(.none, answer: { _, _ in .last("HTTP/1.1 400 Bad Request\r\n\r\n") }) { server in
            // The greeting of TLS is no text that ever ends, so the test server only sees garbage.
            let text = try await failure(configuration(server), HTTPRequest(.get, "/", timeout: .milliseconds(200)))
            #expect(text.contains("https://127.0.0.1:PORT"))
        }
    }

    @Test func `over a connection without TLS nothing secret is configured`() async throws {
        try await LoopbackServer.run(.none) { server in
            let configuration = ClusterConfiguration(server: "http://127.0.0.1:\(server.port)")
            #expect(try await get(configuration).status == 200)
            #expect(server.requests.first?.lowercased().contains("authorization") == false)
        }
    }

    @Test func `a rotated token file is read again when the old token is refused`() async throws {
        let reads = Mutex(0)
        var options = HTTPTransportOptions()
        options.files = FileReader { _ in
            Array("token-\(reads.withLock { count in count += 1; return count })\n".utf8)
        }
        let answer: @Sendable (String, Int) -> LoopbackServer.Answer = { request, _ in
            request.contains("Bearer token-1\r\n") ? .http("{}", status: 401) : .http("{}")
        }
        try await LoopbackServer.run(answer: answer) { server in
            let transport = try HTTPTransport(
                configuration(server, credentials: .tokenFile("/token", fallback: nil)),
                options: options
            )
            for _ in 0..<3 {
                let response = try await transport.send(HTTPRequest(.get, "/version"))
                #expect(response.status == 200)
            }
            await transport.shutdown()
            #expect(server.requests.count == 4)
        }
    }

    @Test func `a refusal that nothing can mend is passed on`() async throws {
        try await LoopbackServer.run(answer: { _, _ in .http("{}", status: 401) }) { server in
            #expect(try await get(configuration(server, credentials: .token(Confidential("x")))).status == 401)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a stream's pieces come as they are sent`() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(head + "4\r\none\n\r\n") }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            #expect(stream.status == 200)
            for try await chunk in stream.chunks {
                #expect(chunk == Array("one\n".utf8))
                break
            }
            await transport.shutdown()
        }
    }

    @Test func `a stream that breaks off is an error`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .last(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            let error = await #expect(throws: KubeClientError.self) { for try await _ in stream.chunks {} }
            #expect(error?.code == .connectionLost)
            await transport.shutdown()
        }
    }

    @Test func `a stream that hangs ends at its deadline`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch", timeout: .milliseconds(100)))
            let error = await #expect(throws: KubeClientError.self) { for try await _ in stream.chunks {} }
            #expect(error?.code == .timedOut)
            await transport.shutdown()
        }
    }

    @Test func `cancelling ends a stream`() async throws {
        let sent = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n"
        try await LoopbackServer.run(answer: { _, _ in .hang(sent) }) { server in
            let transport = try HTTPTransport(configuration(server))
            let stream = try await transport.stream(HTTPRequest(.get, "/watch"))
            let task = Task { for try await _ in stream.chunks {} }
            task.cancel()
            _ = await task.result
            await transport.shutdown()
        }
    }

    @Test func `a stream that can't begin is an error`() async throws {
        let port = try await LoopbackServer.run { $0.port }
        let transport = try HTTPTransport(ClusterConfiguration(server: "https://127.0.0.1:\(port)"))
        let error = await #expect(throws: KubeClientError.self) { try await transport.stream(HTTPRequest(.get, "/watch")) }
        #expect(error?.code == .connectionRefused)
        await transport.shutdown()
    }

    @Test func `a proxy that refuses is told, without its password`() async throws {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        try await LoopbackServer.run(.none, answer: { _, _ in .last(refusal) }) { proxy in
            let file = """
                clusters: [{name: c, cluster: {server: "https://api.test:6443", proxy-url: "http://me:pw@127.0.0.1:\(proxy.port)"}}]
                contexts: [{name: x, context: {cluster: c}}]
                current-context: x
                """
            let configuration = try ClusterConfiguration.load(
                kubeconfig: "/config",
                environment: [:],
                files: FileReader { _ in Array(file.utf8) }
            )
            #expect(
                try await failure(configuration) == """
                    proxy-failed: the proxy http://127.0.0.1:PORT does not connect to https://api.test:PORT
                    cause: HTTPClientError.proxyAuthenticationRequired
                    hint: check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY
                    """
            )
            #expect(proxy.requests.first?.hasPrefix("CONNECT api.test:6443 HTTP/1.1\r\n") == true)
            #expect(proxy.requests.first?.lowercased().contains("proxy-authorization: basic bwu6chc=\r\n") == true)
        }
    }
}
