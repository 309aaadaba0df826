import SandboxCluster
import SandboxServer
import Testing

/// What HTTP allows and forbids, over a socket.
struct RequestTests {
    /// A request as it is sent, and what must come back.
    struct Corner: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// `TOKEN` stands for the right one.
        let request: String
        let status: Int
        let body: String
        var staysOpen = true
    }

    private static let authorization = "Host: a\r\nAuthorization: Bearer TOKEN\r\n"
    static let corners = [
        Corner(
            testDescription: "a body in chunks",
            request: "POST /a HTTP/1.1\r\n\(authorization)Transfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n",
            status: 200, body: "POST /a 5"),
        Corner(
            testDescription: "a body with its length",
            request: "PUT /a?b=%20c HTTP/1.1\r\n\(authorization)Content-Length: 3\r\n\r\nabc",
            status: 200, body: "PUT /a?b=%20c 3"),
        Corner(
            testDescription: "a deletion with a body",
            request: "DELETE /a HTTP/1.1\r\n\(authorization)Content-Length: 2\r\n\r\n{}", status: 200,
            body: "DELETE /a 2"),
        Corner(
            testDescription: "header names in other letters",
            request: "GET /a HTTP/1.1\r\nhOST: a\r\nAUTHORIZATION: bearer TOKEN\r\n\r\n", status: 200,
            body: "GET /a 0"),
        Corner(
            testDescription: "HTTP/1.0",
            request: "GET /a HTTP/1.0\r\nAuthorization: Bearer TOKEN\r\n\r\n", status: 200, body: "GET /a 0",
            staysOpen: false),
        Corner(
            testDescription: "HTTP/1.0 that wants to stay",
            request: "GET /a HTTP/1.0\r\nConnection: keep-alive\r\nAuthorization: Bearer TOKEN\r\n\r\n", status: 200,
            body: "GET /a 0"),
        Corner(
            testDescription: "a last request",
            request: "GET /a HTTP/1.1\r\n\(authorization)Connection: close\r\n\r\n", status: 200, body: "GET /a 0",
            staysOpen: false),
        Corner(
            testDescription: "a wish for another protocol",
            request: "GET /exec HTTP/1.1\r\n\(authorization)Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n",
            status: 200,
            body: "GET /exec 0", staysOpen: false),
        Corner(
            testDescription: "no Host", request: "GET /a HTTP/1.1\r\nAuthorization: Bearer TOKEN\r\n\r\n", status: 400,
            body: "400 Bad Request: missing required Host header", staysOpen: false),
        Corner(
            testDescription: "two Hosts", request: "GET /a HTTP/1.1\r\nHost: b\r\n\(authorization)\r\n", status: 400,
            body: "400 Bad Request: too many Host headers", staysOpen: false),
        Corner(
            testDescription: "no HTTP", request: "what is this?\r\n\r\n", status: 400, body: "400 Bad Request",
            staysOpen: false),
        Corner(
            testDescription: "a header without a colon", request: "GET /a HTTP/1.1\r\nfoo\r\n\r\n", status: 400,
            body: "400 Bad Request", staysOpen: false),
        Corner(
            testDescription: "two lengths",
            request: "POST /a HTTP/1.1\r\n\(authorization)Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            status: 400,
            body: "400 Bad Request", staysOpen: false),
        Corner(
            testDescription: "a length and chunks",
            request:
                "POST /a HTTP/1.1\r\n\(authorization)Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            status: 400, body: "400 Bad Request", staysOpen: false),
        Corner(
            testDescription: "a negative length",
            request: "POST /a HTTP/1.1\r\n\(authorization)Content-Length: -1\r\n\r\n", status: 400,
            body: "400 Bad Request", staysOpen: false),
        Corner(
            testDescription: "a chunk without a length",
            request: "POST /a HTTP/1.1\r\n\(authorization)Transfer-Encoding: chunked\r\n\r\nxyz\r\n", status: 400,
            body: "400 Bad Request", staysOpen: false),
        Corner(
            testDescription: "a long header",
            request: "GET /a HTTP/1.1\r\n\(authorization)X: \(String(repeating: "x", count: 70_000))\r\n\r\n",
            status: 431,
            body: "431 Request Header Fields Too Large", staysOpen: false),
        Corner(
            testDescription: "many headers",
            request: "GET /a HTTP/1.1\r\n\(authorization)\(String(repeating: "X: y\r\n", count: 300))\r\n", status: 431,
            body: "431 Request Header Fields Too Large", staysOpen: false),
        Corner(
            testDescription: "an unknown expectation",
            request: "POST /a HTTP/1.1\r\n\(authorization)Expect: 200-ok\r\nContent-Length: 1\r\n\r\na", status: 417,
            body: "417 Expectation Failed", staysOpen: false),
    ]

    @Test(arguments: corners)
    func `a request gets its answer`(_ corner: Corner) async throws {
        try await SandboxServer.test { client, token in
            try await client.send(corner.request.replacing("TOKEN", with: token.text))
            let response = try await client.response()
            #expect(response.status == corner.status)
            #expect(response.text == corner.body)
            #expect((response.headers["connection"] == "close") == !corner.staysOpen)
            if corner.staysOpen {
                #expect(try await client.request("GET", "/next", token: token).text == "GET /next 0")
            } else {
                #expect(try await client.isAtEnd())
            }
        }
    }

    @Test func `requests that come at once are answered in their order`() async throws {
        let responder = StubResponder { request in
            // The first one takes longest.
            if request.path == "/0" { for _ in 0..<100 { await Task.yield() } }
            return .text(request.path)
        }
        try await SandboxServer.test(responder) { client, token in
            let requests = (0..<50).map {
                "GET /\($0) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n\r\n"
            }
            try await client.send(requests.joined())
            for index in 0..<50 { #expect(try await client.response().text == "/\(index)") }
        }
    }

    @Test func `the answer to HEAD has no body, but its length`() async throws {
        try await SandboxServer.test { client, token in
            let response = try await client.request("HEAD", "/abc", token: token)
            #expect(response.headers["content-length"] == "11")
            #expect(try await client.request("GET", "/abc", token: token).text == "GET /abc 0")
        }
    }

    @Test func `who asks first is told to send the body`() async throws {
        try await SandboxServer.test { client, token in
            let head = "POST /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n"
            try await client.send("\(head)Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response().status == 100)
            try await client.send("abc")
            #expect(try await client.response().text == "POST /a 3")
        }
    }

    @Test func `who asks while another request is answered is told after its answer`() async throws {
        let latch = Latch()
        let responder = StubResponder { request in
            if request.path == "/first" { await latch.wait() }
            return .text("\(request.path) \(request.body.count)")
        }
        try await SandboxServer.test(responder) { client, token in
            let access = "HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n"
            try await client.send("GET /first \(access)\r\n")
            try await client.send("POST /second \(access)Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            latch.open()
            #expect(try await client.response().text == "/first 0")
            #expect(try await client.response().status == 100)
            try await client.send("abc")
            #expect(try await client.response().text == "/second 3")
        }
    }

    @Test func `who asks and is refused sends nothing, and the connection ends`() async throws {
        try await SandboxServer.test { client, token in
            let head = "POST /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n"
            try await client.send("\(head)Content-Length: 3145729\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response().status == 413)
            #expect(try await client.isAtEnd())
        }
    }

    private static let limit = 3_145_728

    @Test(arguments: [(limit, 200), (limit + 1, 413), (6 << 20, 413)], [false, true])
    func `a body has a limit, and a connection outlives one that is too large`(
        _ size: (count: Int, status: Int), inChunks: Bool
    ) async throws {
        try await SandboxServer.test { client, token in
            let body = [UInt8](repeating: 0x20, count: size.count)
            let response: RawClient.Response
            if inChunks {
                let chunk = Array("\(String(size.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
                try await client.send(
                    "POST /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token.text)\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n")
                try await client.send(chunk)
                response = try await client.response()
            } else {
                response = try await client.request("POST", "/a", token: token, body: body)
            }
            #expect(response.status == size.status)
            let refusal = "Request entity too large: limit is 3145728"
            #expect(response.text.contains(refusal) == (size.status == 413))
            #expect(try await client.request("GET", "/next", token: token).text == "GET /next 0")
        }
    }

    @Test func `headers come as they were sent`() async throws {
        let responder = StubResponder { request in
            .text(["x-one", "X-TWO", "x-three"].map { request.header($0) ?? "-" }.joined(separator: " "))
        }
        try await SandboxServer.test(responder) { client, token in
            let response = try await client.request("GET", "/", token: token, headers: "X-One: 1\r\nX-Two:  2 \r\n")
            #expect(response.text == "1 2 -")
        }
    }

    @Test func `no value of a header makes another header`() async throws {
        let responder = StubResponder { _ in
            SandboxResponse(status: 200, headers: [("Warning", "299 - \"a\r\nX-Evil: 1\"")], body: .bytes([]))
        }
        try await SandboxServer.test(responder) { client, token in
            let response = try await client.request("GET", "/", token: token)
            #expect(response.headers["x-evil"] == nil)
            #expect(response.headers["warning"] == "299 - \"a  X-Evil: 1\"")
        }
    }
}
