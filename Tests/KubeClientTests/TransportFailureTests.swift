import KubeClient
import Testing

/// What a person is told when a request gets no answer.
struct TransportFailureTests: LoopbackClient {
    @Test func `a server of another authority is not trusted`() async throws {
        try await LoopbackServer.run { server in
            var configuration = configuration(server)
            configuration.trust.authorities = Array(TestCertificates.otherAuthority.utf8)
            try await expect(
                configuration,
                fails: """
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
            let text = try await failure(configuration(server))
            #expect(text.hasPrefix("certificate-untrusted: "))
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
                configuration.clientCertificate = certificate(
                    TestCertificates.expiredClient, TestCertificates.clientKey)
                try await expect(configuration, fails: message)
            }
        }
    }

    @Test func `a missing client certificate is told`() async throws {
        try await LoopbackServer.run(.mutualTLS) { server in
            try await expect(
                configuration(server),
                fails: """
                    tls-failed: https://127.0.0.1:PORT demands a client certificate
                    hint: check the user of the context
                    """
            )
        }
    }

    @Test(arguments: [
        (
            TestCertificates.client, "no key",
            "the key of the client certificate (alice.crt) is no private key in PEM form"
        ),
        (
            "no certificate", TestCertificates.clientKey,
            "the client certificate (alice.crt) is no certificate in PEM form"
        ),
    ])
    func `an unreadable certificate or key is told without its content`(chain: String, key: String, message: String)
        throws
    {
        var configuration = ClusterConfiguration(server: "https://127.0.0.1:1")
        configuration.clientCertificate = certificate(chain, key)
        let error = #expect(throws: KubeClientError.self) { try HTTPTransport(configuration) }
        #expect(error?.message == message)
    }

    @Test func `a refused connection is told`() async throws {
        // Nothing but a superuser's service could listen there, while a port that was free a moment ago may be in use.
        let configuration = ClusterConfiguration(server: "https://127.0.0.1:1")
        try await expect(
            configuration,
            fails: """
                connection-refused: https://127.0.0.1:1 refuses the connection
                hint: check that the API server runs at this address, and that the right context is chosen
                """
        )
    }

    @Test func `a name that can't be resolved is told`() async throws {
        try await expect(
            ClusterConfiguration(server: "https://nowhere.invalid:6443"),
            fails: """
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

    @Test(arguments: [
        LoopbackServer.Answer.last("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\""),
        .last("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal\r\n"),
    ])
    func `half a body is never taken for a whole one`(answer: LoopbackServer.Answer) async throws {
        try await LoopbackServer.run(answer: { _, _ in answer }) { server in
            let text = try await failure(configuration(server))
            #expect(
                text.hasPrefix(
                    "connection-lost: https://127.0.0.1:PORT ended the connection in the middle of its answer\n"))
        }
    }

    @Test func `a server that does not answer is given up at the deadline`() async throws {
        try await LoopbackServer.run(answer: { _, _ in .hang("") }) { server in
            let request = HTTPRequest(.get, "/api/v1/pods?limit=1", timeout: .milliseconds(100))
            try await expect(
                configuration(server), request,
                fails: """
                    server-timeout: https://127.0.0.1:PORT has not sent an answer to GET /api/v1/pods within 0.1s
                    hint: the server may be overloaded: run again, or allow more time
                    """
            )
        }
    }

    @Test func `a server that hangs in its answer is given up at the deadline`() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\""
        try await LoopbackServer.run(answer: { _, _ in .hang(half) }) { server in
            var text = ""
            var seconds = 1
            // On a busy machine the time may be over before the answer has begun.
            repeat {
                seconds *= 4
                text = try await failure(
                    configuration(server), HTTPRequest(.get, "/api/v1/pods?limit=1", timeout: .seconds(seconds)))
            } while text.contains("an answer to") && seconds < 1000
            #expect(
                text == """
                    server-timeout: https://127.0.0.1:PORT has not sent the end of its answer to GET /api/v1/pods within \
                    \(seconds)s
                    hint: the server may be overloaded: run again, or allow more time
                    """)
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
            try await expect(
                configuration(server), HTTPRequest(.get, "/version", bodyLimit: 1024),
                fails: """
                    response-too-large: the answer of https://127.0.0.1:PORT is larger than 1024 bytes
                    hint: check that this is the address of a Kubernetes API server
                    """
            )
        }
    }

    @Test(arguments: ["hunter2\r\nX: y", "hunter2\u{1}"])
    func `a token that no header field can hold is neither sent nor shown`(token: String) async throws {
        try await LoopbackServer.run { server in
            try await expect(
                configuration(server, credentials: .token(Confidential(token))),
                fails: """
                    request-invalid: the request to https://127.0.0.1:PORT has a header field with a character that none may have
                    hint: check the token, and whom to act for, in the kubeconfig
                    """
            )
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a server without TLS is told`() async throws {
        try await LoopbackServer.run(.none, answer: { _, _ in .last("HTTP/1.1 400 Bad Request\r\n\r\n") }) { server in
            try await expect(
                configuration(server),
                fails: """
                    tls-failed: no secure connection to https://127.0.0.1:PORT
                    cause: the server does not speak TLS
                    hint: check that an API server listens at this address
                    """
            )
        }
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
            try await expect(
                configuration,
                fails: """
                    proxy-failed: the proxy http://127.0.0.1:PORT does not connect to https://api.test:PORT
                    cause: Proxy authentication required
                    hint: check proxy-url in the kubeconfig, or HTTPS_PROXY and NO_PROXY
                    """
            )
            #expect(proxy.requests.first?.hasPrefix("CONNECT api.test:6443 HTTP/1.1\r\n") == true)
            #expect(proxy.requests.first?.lowercased().contains("proxy-authorization: basic bwu6chc=\r\n") == true)
        }
    }
}
