import FoundationEssentials
import Resources
import SandboxCluster
import Testing

@testable import SandboxServer

struct AccessTests {
    @Test(arguments: [
        ("/api", "Bearer TOKEN", 200), ("/api", "bearer TOKEN", 200), ("/api", nil, 401), ("/api", "", 401),
        ("/api", "Bearer", 401), ("/api", "Bearer ", 401), ("/api", "TOKEN", 401), ("/api", "Basic TOKEN", 401),
        ("/api", "Bearer TOKENx", 401), ("/api", "Bearer xTOKEN", 401), ("/api", "Bearer wrong", 401),
        ("/healthz", nil, 200), ("/livez", nil, 200), ("/readyz?verbose", nil, 200), ("/version", nil, 200),
        ("/version", "Bearer wrong", 401), ("/versions", nil, 401), ("/healthz/etcd", nil, 401),
    ])
    func `only who has the token is let in, but for what anybody may know`(
        path: String, authorization: String?, status: Int
    ) async throws {
        try await SandboxServer.test { client, token in
            let header = authorization.map { "Authorization: \($0.replacing("TOKEN", with: token.text))\r\n" } ?? ""
            try await client.send("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\(header)\r\n{}")
            let response = try await client.response()
            #expect(response.status == status)
            guard status == 401 else { return }
            let expected: Value = [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": "Unauthorized",
                "reason": "Unauthorized", "code": 401,
            ]
            #expect(try Value(json: response.body) == expected)
            #expect(response.headers["content-type"] == "application/json")
            #expect(try await client.request("GET", "/next", token: token).text == "GET /next 0")
        }
    }

    @Test func `each token is another one, and no description shows it`() {
        let token = AccessToken()
        #expect(token.text.count == 64)
        #expect(token != AccessToken())
        for text in ["\(token)", String(reflecting: token), String(describing: [token])] {
            #expect(!text.contains(token.text))
        }
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(token.text))
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `who trusts the authority trusts the server`(name: String) async throws {
        let identity = try SandboxIdentity()
        let text = try await SandboxServer.run(StubResponder.echo, as: identity, options: .patient) { endpoint in
            // Addresses are never sent as the server's name, and are checked all the same.
            try await RawClient.run(endpoint, serverName: name == "localhost" ? name : nil) { client in
                try await client.request("GET", "/a", token: identity.token).text
            }
        }
        #expect(text == "GET /a 0")
    }

    @Test func `who trusts another authority does not`() async throws {
        let other = try SandboxIdentity().authority.certificate
        try await SandboxServer.run(StubResponder.echo, as: try SandboxIdentity(), options: .patient) { endpoint in
            _ = await #expect(throws: (any Error).self) {
                try await RawClient.run(endpoint, trust: other) { client in
                    _ = try await client.request("GET", "/version", token: endpoint.identity.token)
                }
            }
        }
    }

    @Test func `an identity comes back from its file as it was`() throws {
        let identity = try SandboxIdentity()
        let restored = try SandboxIdentity(json: identity.json)
        #expect(restored.token == identity.token)
        #expect(restored.authority.certificate == identity.authority.certificate)
        #expect(restored.authority.key == identity.authority.key)
        #expect(restored.authority.isFresh(at: .now))
        #expect(restored.authority.isFresh(at: .now + 8 * 365 * 86400))
        #expect(!restored.authority.isFresh(at: .now + 9.5 * 365 * 86400))
    }

    @Test(arguments: ["", "{}", #"{"token":"a","certificate":"b","key":"c","expiry":1}"#])
    func `what is no identity is none`(text: String) {
        #expect(throws: (any Error).self) { try SandboxIdentity(json: Array(text.utf8)) }
    }

    @Test(arguments: [
        (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
    ])
    func `a date is written as HTTP wants it`(seconds: TimeInterval, text: String) {
        var header = DateHeader()
        #expect(header.text(at: Date(timeIntervalSince1970: seconds)) == text)
        #expect(header.text(at: Date(timeIntervalSince1970: seconds + 0.5)) == text)
    }

    @Test(arguments: [
        (0.0, "170d3730303130313030303030305a"), (2_524_607_999, "170d3439313233313233353935395a"),
        (2_524_608_000, "180f32303530303130313030303030305a"),
    ])
    func `a date in a certificate has the form of its century`(seconds: TimeInterval, encoded: String) {
        #expect(DER.time(Date(timeIntervalSince1970: seconds)).hexadecimal == encoded)
    }

    @Test(arguments: [(0, "0400"), (127, "047f"), (128, "048180"), (256, "04820100"), (70_000, "0483011170")])
    func `a long element tells its length in more bytes`(count: Int, start: String) {
        #expect(DER.octets([UInt8](repeating: 0, count: count)).hexadecimal.hasPrefix(start))
    }
}
