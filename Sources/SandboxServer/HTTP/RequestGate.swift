internal import NIOHTTP1
internal import SandboxCluster

/// What is refused before anybody looks at what a request asks for.
struct RequestGate: Sendable {
    let token: AccessToken
    /// The real server's limit (`MaxRequestBodyBytes` in k8s.io/apiserver/pkg/server/config.go).
    var maximumBodyLength = 3 << 20
    /// How much of a refused body is read so that its sender comes to read the response.
    var maximumDiscardedLength = 64 << 20

    /// Needs no token, as with the real server's role `system:public-info-viewer`.
    private static let publicPaths: Set<Substring> = ["/healthz", "/livez", "/readyz", "/version"]

    /// What is answered to a request that HTTP doesn't allow; the connection ends after it.
    func malformation(of head: HTTPRequestHead, expectations: [String]) -> SandboxResponse? {
        if head.version != .http1_1, head.version != .http1_0 {
            return Self.text(505, "505 HTTP Version Not Supported")
        }
        let hosts = head.headers["Host"].count
        if hosts > 1 { return Self.text(400, "400 Bad Request: too many Host headers") }
        if hosts == 0, head.version == .http1_1 {
            return Self.text(400, "400 Bad Request: missing required Host header")
        }
        return expectations.allSatisfy { $0 == "100-continue" } ? nil : Self.text(417, "417 Expectation Failed")
    }

    func refusal(of head: HTTPRequestHead) -> SandboxResponse? {
        let authorization = head.headers["Authorization"].first
        let isPublic = Self.publicPaths.contains(head.uri.prefix { $0 != "?" })
        if !(isPublic && authorization == nil), !token.isPresented(in: authorization) { return Self.unauthorized }
        return (announcedLength(head) ?? 0) > maximumBodyLength ? tooLarge : nil
    }

    func announcedLength(_ head: HTTPRequestHead) -> Int? {
        head.headers.first(name: "Content-Length").flatMap { Int($0) }
    }

    var tooLarge: SandboxResponse {
        .status(
            APIStatus(
                code: 413, reason: "RequestEntityTooLarge",
                message: "Request entity too large: limit is \(maximumBodyLength)"))
    }

    static let unauthorized = SandboxResponse.status(
        APIStatus(code: 401, reason: "Unauthorized", message: "Unauthorized"))
    static let malformed = text(400, "400 Bad Request")
    static let headersTooLarge = text(431, "431 Request Header Fields Too Large")

    private static func text(_ status: Int, _ text: String) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(Array(text.utf8)))
    }
}
