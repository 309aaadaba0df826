import Synchronization
import Testing

@testable import KubeClient

/// Requests to a server on the loopback address that speaks TLS.
struct HTTPTransportTests: LoopbackClient {
    @Test func `a request carries who asks and for whom, and its body`() async throws {
        let request = try await LoopbackServer.run(answer: { _, _ in
            .http("{\"a\":1}", status: 201, headers: "Warning: x\r\n")
        }) { server in
            var configuration = configuration(server, credentials: .token(Confidential("s3cret")))
            configuration.impersonation = .init(user: "bob", uid: "7", groups: ["a", "b"], extra: ["x/y:z": ["1"]])
            let response = try await get(
                configuration, HTTPRequest(.patch, "/a?b=c", headers: ["Accept": "x"], body: [0x7B, 0x7D]))
            #expect(response.status == 201)
            #expect(response.headers["warning"] == "x")
            #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\":1}")
            return try #require(server.requests.first).replacing(":\(server.port)", with: ":PORT")
        }
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "PATCH /a?b=c HTTP/1.1")
        #expect(lines.last == "{}")
        let expected = [
            "User-Agent: endstate", "Host: 127.0.0.1:PORT", "Authorization: Bearer s3cret", "Accept: x",
            "Impersonate-User: bob",
            "Impersonate-Uid: 7", "Impersonate-Group: a", "Impersonate-Group: b", "Impersonate-Extra-x%2Fy%3Az: 1",
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

    /// `{"a":1}` in gzip's form.
    private static let compressedObject: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0x4A, 0x54, 0xB2, 0x32,
        0xAC, 0x05, 0x00, 0xAF, 0xAC, 0x1B, 0x56, 0x07, 0x00, 0x00, 0x00,
    ]

    /// 64 KiB of spaces in gzip's form.
    private static let compressedSpaces: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x81, 0x00, 0x00, 0x00,
        0x00, 0x80, 0x20, 0x95, 0xFD, 0x29, 0x17, 0xA9, 0x0A, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x6A, 0x94, 0x19, 0x2C, 0xB4, 0x00, 0x00, 0x01,
        0x00,
    ]

    @Test func `an answer may come compressed, and its limit counts what it becomes`() async throws {
        var options = HTTPTransportOptions()
        options.acceptsCompression = true
        let answer: @Sendable (String, Int) -> LoopbackServer.Answer = { _, index in
            .compressed(index == 0 ? Self.compressedObject : Self.compressedSpaces)
        }
        try await LoopbackServer.run(answer: answer) { server in
            let transport = try HTTPTransport(configuration(server), options: options)
            let response = try await transport.send(HTTPRequest(.get, "/version"))
            #expect(response.body == Array("{\"a\":1}".utf8))
            #expect(server.requests.first?.contains("\r\nAccept-Encoding: gzip\r\n") == true)
            let error = await #expect(throws: KubeClientError.self) {
                try await transport.send(HTTPRequest(.get, "/version", bodyLimit: 1024))
            }
            #expect(error?.code == .responseTooLarge)
            await transport.shutdown()
        }
    }

    @Test func `a server is not checked where the kubeconfig says so`() async throws {
        try await LoopbackServer.run(.tls(certificate: TestCertificates.expiredServer)) { server in
            var configuration = configuration(server)
            configuration.trust = .init(isUnchecked: true)
            try await expect(200, configuration)
        }
    }

    @Test func `the certificate is checked against tls-server-name, and the address stays the host`() async throws {
        try await LoopbackServer.run(.tls(certificate: TestCertificates.namedServer)) { server in
            var configuration = configuration(server)
            configuration.trust.serverName = "api.test"
            try await expect(200, configuration)
            #expect(server.requests.first?.contains("\r\nHost: 127.0.0.1:\(server.port)\r\n") == true)
            configuration.trust.serverName = "other.test"
            try await expect(
                configuration,
                fails: """
                    certificate-other-name: the certificate of https://127.0.0.1:PORT is for another name than other.test
                    hint: check the address, or set tls-server-name in the kubeconfig
                    """
            )
            configuration.trust.serverName = nil
            let text = try await failure(configuration)
            #expect(
                text.hasPrefix(
                    "certificate-other-name: the certificate of https://127.0.0.1:PORT is for another name\n"))
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [LoopbackServer.Security.tls(), .http2])
    func `a certificate for the address is none for tls-server-name`(security: LoopbackServer.Security) async throws {
        try await LoopbackServer.run(security) { server in
            var configuration = configuration(server)
            configuration.trust.serverName = "other.test"
            try await expect(
                configuration,
                fails: """
                    certificate-other-name: the certificate of https://127.0.0.1:PORT is for another name than other.test
                    hint: check the address, or set tls-server-name in the kubeconfig
                    """
            )
            #expect(server.requests.isEmpty)
            for name in ["api.test", "LOCALHOST"] {
                configuration.trust.serverName = name
                try await expect(200, configuration)
            }
        }
    }

    @Test(arguments: [
        ("api.test", "api.test", true), ("api.test", "API.test.", true), ("*.test", "api.test", false),
        ("*.corp.test", "api.corp.test", true), ("*.corp.test", "a.api.corp.test", false),
        ("*.corp.test", "corp.test", false), ("a*.corp.test", "api.corp.test", false),
        ("api.*.test", "api.corp.test", false), ("", "", false),
    ])
    func `a certificate's name is for one host, or for all in one domain`(pattern: String, name: String, fits: Bool) {
        #expect(ServerNameCheck(expected: name).accepts(pattern: pattern) == fits)
    }

    @Test(arguments: [
        (TestCertificates.client, TestCertificates.clientKey),
        (TestCertificates.rsaClient, TestCertificates.rsaClientKey),
    ])
    func `a client certificate lets in`(chain: String, key: String) async throws {
        try await LoopbackServer.run(.mutualTLS) { server in
            var configuration = configuration(server)
            configuration.clientCertificate = certificate(chain, key)
            try await expect(200, configuration)
        }
    }

    @Test func `over a connection without TLS nothing secret is configured`() async throws {
        try await LoopbackServer.run(.none) { server in
            let configuration = ClusterConfiguration(server: "http://127.0.0.1:\(server.port)")
            try await expect(200, configuration)
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
            try await expect(401, configuration(server, credentials: .token(Confidential("x"))))
            #expect(server.requests.count == 1)
        }
    }
}
