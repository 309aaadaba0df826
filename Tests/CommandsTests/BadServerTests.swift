import Commands
import KubeClient
import Resources
import TestSupport
import Testing

/// An API server that is out of order, and what is said of it.
struct BadServer: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let answer: @Sendable (HTTPRequest) throws -> HTTPResponse?

    init(_ title: String, _ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse?) {
        testDescription = title
        self.answer = answer
    }

    /// Whatever it does, it does it to every request.
    static let always = [
        BadServer("an overloaded one") { _ in .status(429, "TooManyRequests", "slow down") },
        BadServer("one that hangs") { _ in throw KubeClientError(.timedOut, "https://fake.test has not answered") },
        BadServer("one that resets the connection") { _ in
            throw KubeClientError(.connectionLost, "https://fake.test ended the connection")
        },
        BadServer("one that answers with half a body") { _ in
            HTTPResponse(status: 200, headers: [:], body: Array("{\"kind\": \"APIVers".utf8))
        },
        BadServer("one that answers with a page") { _ in
            HTTPResponse(status: 200, headers: ["content-type": "text/html"], body: Array("<html>".utf8))
        },
        BadServer("one that knows nobody") { _ in .status(401, "Unauthorized", "Unauthorized") },
        BadServer("one with an error of its own") { _ in .status(500, "InternalError", "etcd has no leader") },
    ]
}

@Suite struct BadServerTests {
    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata:
          name: key
        stringData:
          password: hunter2hunter2
        """

    @Test(arguments: BadServer.always)
    func `it ends every verb with an error, and nothing is written`(server: BadServer) async throws {
        for verb in [["plan"], ["diff"], ["apply", "--yes"], ["delete", "--yes", "--name", "app"], ["status"]] {
            let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"])
            try bench.useKubeconfig()
            let transport = FakeTransport { request, _ in
                try server.answer(request) ?? .status(404, "NotFound")
            }
            let ending = await bench.run(verb, transport: transport, clock: FakeClock())
            #expect(ending.status == .failure, "\(verb): \(ending.notes)")
            #expect(ending.notes.hasPrefix("error["), "\(verb): \(ending.notes)")
            #expect(!ending.notes.contains("unexpected"), "\(verb): \(ending.notes)")
            #expect(ending.output.isEmpty)
            #expect(transport.requests.allSatisfy { $0.method == .get })
        }
    }

    @Test func `a Secret's value that the server echoes is not shown`() async throws {
        let bench = try Bench(["key.yaml": Self.secret])
        try bench.useKubeconfig()
        let echo = "Secret \"key\" is invalid: data[password]: Invalid value: \"aHVudGVyMmh1bnRlcjI=\""
        let refusal = HTTPResponse.status(
            422, "Invalid", echo,
            causes: [["reason": "FieldValueInvalid", "field": "data[password]", "message": .string(echo)]])
        let transport = FakeCluster.transport(patched: refusal)
        let ending = await bench.endstate("apply", "--yes", transport: transport)
        #expect(ending.status == .failure)
        #expect(ending.notes.contains("the server refuses Secret default/key"), "\(ending.notes)")
        #expect(!(ending.notes + ending.output).contains("aHVudGVy"))
        #expect(!(ending.notes + ending.output).contains("hunter2"))
        #expect(transport.requests.allSatisfy { $0.method == .get || $0.path.contains("dryRun=All") })
    }

    @Test func `a run that has written no more than its record says so`() async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"])
        try bench.useKubeconfig()
        let cluster = FakeCluster.transport()
        let transport = FakeTransport { request, _ in
            let isWrite = request.method == .patch && !request.path.contains("dryRun=All")
            guard isWrite, request.path.contains("/configmaps/") else { return try await cluster.send(request) }
            return .status(403, "Forbidden", "the quota is used up")
        }
        let ending = await bench.endstate("apply", "--yes", "--no-rollback", transport: transport)
        #expect(ending.status == .incomplete)
        #expect(
            ending.notes.contains("\nno member is known to be written; the application's record may be\n"),
            "\(ending.notes)")
    }

    @Test func `escape sequences in an annotation stay visible and have no effect`() async throws {
        let bench = try Bench([
            "m.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              annotations: {note: "\\e[2J\\e[31mgone"}
            """
        ])
        try bench.useKubeconfig()
        for verb in ["plan", "diff"] {
            let ending = await bench.endstate(verb, transport: FakeCluster.transport())
            #expect(ending.status == .changes)
            #expect(!(ending.output + ending.notes).contains("\u{1B}[2J"))
        }
    }

    @Test func `a reference to nothing is told with its place, and nothing is written`() async throws {
        let bench = try Bench([
            "m.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              annotations:
                config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/nothing
            """
        ])
        try bench.useKubeconfig()
        let transport = FakeCluster.transport()
        let ending = await bench.endstate("apply", "--yes", transport: transport)
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[missing-dependency]: ConfigMap default/a depends on ConfigMap default/nothing, which is neither in the source nor on the cluster
                 --> m.yaml:6:38
                hint: declare it, create it, or remove the reference

                """)
        #expect(transport.requests.allSatisfy { $0.method == .get || $0.path.contains("dryRun=All") })
    }
}
