import FoundationEssentials
import KubeClient
import Resources
import Testing

/// Runs real programs: shell scripts in a folder of their own.
struct ExecPluginTests {
    private static let api = "client.authentication.k8s.io/v1"

    private static func credential(_ status: String, apiVersion: String = api) -> String {
        "echo '{\"apiVersion\":\"\(apiVersion)\",\"kind\":\"ExecCredential\",\"status\":\(status)}'"
    }

    /// Sends requests with a script as the plugin, to a server that accepts only the token `good`.
    private func withPlugin<T>(
        _ script: String,
        arguments: [String] = [],
        exec: String = "",
        cluster: String = "",
        timeout: Duration = .seconds(60),
        security: LoopbackServer.Security = .tls(),
        answer: @escaping @Sendable (String, Int) -> LoopbackServer.Answer = { request, _ in
            .http("{}", status: request.contains("Authorization: Bearer good\r\n") ? 200 : 401)
        },
        _ body: (HTTPTransport, LoopbackServer, _ folder: String) async throws -> T
    ) async throws -> T {
        let folder = URL.temporaryDirectory.appending(path: "endstate-exec-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "script")
        try Data("cd '\(folder.path)'\n\(script)\n".utf8).write(to: file)
        // The shell itself: a file that has just been written can't be run while a child of another test has it open.
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "plugin").path, withDestinationPath: "/bin/sh")
        let arguments = ([file.path] + arguments).joined(separator: ", ")
        return try await LoopbackServer.run(security, answer: answer) { server in
            let authority = Base64.encode(Array(TestCertificates.authority.utf8))
            let kubeconfig = """
                clusters:
                - name: c
                  cluster: {server: 'https://127.0.0.1:\(server.port)', certificate-authority-data: \(authority)\(cluster)}
                users:
                - name: u
                  user: {exec: {command: ./plugin, args: [\(arguments)], apiVersion: \(Self.api), interactiveMode: Never\(exec)}}
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
            let path = folder.appending(path: "config").path
            try Data(kubeconfig.utf8).write(to: URL(filePath: path))
            var options = HTTPTransportOptions()
            options.pluginTimeout = timeout
            let transport = try HTTPTransport(try .load(kubeconfig: path, environment: [:]), options: options)
            do {
                let result = try await body(transport, server, folder.path)
                await transport.shutdown()
                return result
            } catch {
                await transport.shutdown()
                throw error
            }
        }
    }

    private func status(_ transport: HTTPTransport) async throws -> Int {
        try await transport.send(HTTPRequest(.get, "/version")).status
    }

    private func expect(_ status: Int, _ transport: HTTPTransport, at place: Testing.SourceLocation = #_sourceLocation)
        async throws
    {
        let found = try await self.status(transport)
        #expect(found == status, sourceLocation: place)
    }

    private func expect(
        _ folder: String, _ file: String, _ text: String, at place: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let found = try read(file, in: folder)
        #expect(found == text, sourceLocation: place)
    }

    private func read(_ file: String, in folder: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")), as: UTF8.self)
    }

    @Test func `a credential without an end is got once for many requests`() async throws {
        let script = "echo run >> runs\n" + Self.credential("{\"token\":\"good\"}")
        try await withPlugin(script) { transport, server, folder in
            try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<20 { tasks.addTask { try await status(transport) } }
                for try await status in tasks { #expect(status == 200) }
            }
            #expect(server.requests.count == 20)
            try expect(folder, "runs", "run\n")
        }
    }

    @Test func `a credential that has expired is got anew`() async throws {
        let script =
            "echo run >> runs\n"
            + Self.credential("{\"token\":\"good\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"}")
        try await withPlugin(script) { transport, _, folder in
            for _ in 0..<3 { try await expect(200, transport) }
            try expect(folder, "runs", "run\nrun\nrun\n")
        }
    }

    @Test(arguments: ["2999-01-01T00:00:00Z", "2999-01-01T00:00:00.123456Z", "2999-01-01T02:00:00+02:00"])
    func `a credential is kept until its time`(time: String) async throws {
        let script = "echo run >> runs\n" + Self.credential("{\"token\":\"good\",\"expirationTimestamp\":\"\(time)\"}")
        try await withPlugin(script) { transport, _, folder in
            for _ in 0..<3 { try await expect(200, transport) }
            try expect(folder, "runs", "run\n")
        }
    }

    @Test func `a refused credential is got anew once`() async throws {
        let script =
            "if [ -e runs ]; then token=good; else token=bad; fi; echo run >> runs\n"
            + Self.credential("{\"token\":\"'$token'\"}")
        try await withPlugin(script) { transport, server, folder in
            try await expect(200, transport)
            try await expect(200, transport)
            try expect(folder, "runs", "run\nrun\n")
            #expect(server.requests.count == 3)
        }
    }

    @Test func `a credential that stays refused is passed on`() async throws {
        try await withPlugin(Self.credential("{\"token\":\"bad\"}")) { transport, server, _ in
            try await expect(401, transport)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a plugin may give a certificate`() async throws {
        let escaped = { (text: String) in text.replacing("\n", with: "\\n") }
        let script =
            "cat <<'END'\n{\"apiVersion\":\"\(Self.api)\",\"kind\":\"ExecCredential\",\"status\":{\"clientCertificateData\":\""
            + escaped(TestCertificates.client) + "\",\"clientKeyData\":\"" + escaped(TestCertificates.clientKey)
            + "\"}}\nEND"
        try await withPlugin(script, security: .mutualTLS, answer: { _, _ in .http("{}") }) { transport, server, _ in
            try await expect(200, transport)
            try await expect(200, transport)
            #expect(server.connections == 1)
        }
    }

    @Test func `a plugin gets its arguments, its variables and the cluster's data`() async throws {
        let script =
            "printf '%s' \"$1-$EXTRA\" > got; printf '%s' \"$KUBERNETES_EXEC_INFO\" > info\n"
            + Self.credential("{\"token\":\"good\"}")
        let exec = ", env: [{name: EXTRA, value: two}], provideClusterInfo: true"
        let cluster =
            ", tls-server-name: api.test, extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a}}]"
        try await withPlugin(script, arguments: ["one"], exec: exec, cluster: cluster) { transport, server, folder in
            try await expect(200, transport)
            try expect(folder, "got", "one-two")
            let info = try Value(json: try read("info", in: folder))
            let authority = Base64.encode(Array(TestCertificates.authority.utf8))
            #expect(
                info == [
                    "apiVersion": .string(Self.api), "kind": "ExecCredential",
                    "spec": [
                        "interactive": false,
                        "cluster": [
                            "server": .string("https://127.0.0.1:\(server.port)"), "tls-server-name": "api.test",
                            "certificate-authority-data": .string(authority), "config": ["audience": "a"],
                        ],
                    ],
                ]
            )
        }
    }

    /// A script and what is told of it.
    @Test(arguments: [
        (
            "echo 'session over' >&2; echo hunter2; exit 3",
            "has failed with exit code 3\ncause: session over\nhint: install it from example.com"
        ),
        ("kill -9 $$", "was ended by signal 9\nhint: install it from example.com"),
        ("echo hunter2", "has printed no ExecCredential\nhint: install it from example.com"),
        ("true", "has printed no ExecCredential\nhint: install it from example.com"),
        (credential("{}"), "has printed neither a token nor a certificate\nhint: install it from example.com"),
        (credential("null"), "has printed an ExecCredential without a status\nhint: install it from example.com"),
        (
            credential("{\"token\":\"hunter2\"}", apiVersion: "client.authentication.k8s.io/v1beta1"),
            """
            has printed an ExecCredential of another version than client.authentication.k8s.io/v1
            hint: install it from example.com
            """
        ),
        (
            credential("{\"token\":\"hunter2\",\"clientKeyData\":\"x\"}"),
            "has printed a certificate or a key without the other\nhint: install it from example.com"
        ),
        (
            credential("{\"token\":\"hunter2\",\"expirationTimestamp\":\"tomorrow\"}"),
            "has printed an expirationTimestamp that is no time of RFC 3339\nhint: install it from example.com"
        ),
        ("yes hunter2", "has printed too much\nhint: install it from example.com"),
    ])
    func `a plugin's failure is told with its install hint and without its output`(script: String, text: String)
        async throws
    {
        try await withPlugin(script, exec: ", installHint: ' install it from example.com '") {
            transport, server, folder in
            let error = await #expect(throws: KubeClientError.self) { try await status(transport) }
            let expected =
                "credential-plugin: the credential plugin \(folder)/./plugin of the user \"u\" in \(folder)/config \(text)"
            #expect(described(error) == expected)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a plugin that hangs is ended, with all that it has started`() async throws {
        try await withPlugin("sleep 1000 | sleep 1000", timeout: .milliseconds(100)) { transport, _, folder in
            let error = await #expect(throws: KubeClientError.self) { try await status(transport) }
            #expect(
                error?.message
                    == "the credential plugin \(folder)/./plugin of the user \"u\" in \(folder)/config has not ended within 0.1 seconds"
            )
        }
    }

    @Test func `a plugin's time is not the request's`() async throws {
        let script = "sleep 10\n" + Self.credential("{\"token\":\"good\"}")
        try await withPlugin(script) { transport, _, _ in
            let request = HTTPRequest(.get, "/version", timeout: .seconds(10))
            let response = try await transport.send(request)
            #expect(response.status == 200)
        }
    }

    @Test func `a plugin that does not exist is told`() async throws {
        try await withPlugin("rm -f plugin; true") { transport, _, folder in
            try FileManager.default.removeItem(atPath: "\(folder)/plugin")
            let error = await #expect(throws: KubeClientError.self) { try await status(transport) }
            #expect(
                error?.message
                    == "the credential plugin \(folder)/./plugin of the user \"u\" in \(folder)/config is not installed"
            )
        }
    }
}
