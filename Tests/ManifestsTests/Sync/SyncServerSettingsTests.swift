import Manifests
import Resources
import Testing

@Suite struct SyncServerSettingsTests {
    private static let header = "apiVersion: endstate.dev/v1\nkind: SyncServer\nspec:\n"

    private func server(_ spec: String) throws(ManifestErrors) -> SyncServerSettings {
        let bytes = Array((Self.header + spec).utf8)
        return try SyncConfiguration.read(files: [ManifestFile(path: "server.yaml", bytes: bytes)]).server
    }

    @Test(
        arguments: [
            ([], "https://git.example.com/pay/shop", "https://git.example.com/pay/"),
            (["https://git.example.com/pay/apps"], "https://git.example.com/pay/shop", "https://git.example.com/pay/"),
            // A team's repository does not get at another team's, nor through one of its own.
            (["https://git.example.com/web/apps"], "https://git.example.com/pay/shop", nil),
            (["https://git.example.com/pay/a", "https://git.example.com/web/b"], "https://git.example.com/pay/c", nil),
            (["https://other.example.com/all"], "https://git.example.com/pay/shop", nil),
        ] as [([String], String, String?)])
    func `what a repository declares is read with that repository's credential alone`(
        ancestry: [String], repository: String, prefix: String?
    ) throws {
        let server = try credentials(["https://git.example.com/pay/", "https://git.example.com/web/"])
        var settings = ApplicationSettings()
        settings.source = SourceSettings(repository: repository)
        var application = SyncApplication(name: "shop", settings: settings)
        application.ancestry = ancestry
        #expect(server.credential(for: application)?.prefix == prefix)
    }

    private func credentials(_ prefixes: [String]) throws -> SyncServerSettings {
        let lines = prefixes.map { prefix in
            "    - {prefix: '\(prefix)', \(prefix.hasPrefix("https") ? "tokenFile" : "sshKeyFile"): f}\n"
        }
        return try server("  credentials:\n" + lines.joined())
    }

    @Test func `every field is read, and paths are relative to the configuration`() throws {
        let server = try server(
            """
              listen: "[::1]:0"
              namespace: endstate
              leaderElection: false
              leaseName: endstate.blue
              concurrency: 64
              auditFile: /var/log/audit
              webhookSecretFiles: [hooks/a, /b]
              apiTokenFile: api-token
              credentials:
                - {prefix: https://git.example.com/team, tokenFile: token, userName: bot}
                - {prefix: "git@git.example.com:", sshKeyFile: /key, knownHostsFile: hosts}
              notifications:
                - {name: chat, urlFile: chat-url, format: slack, events: [success, drift]}
                - {name: audit, urlFile: /audit-url}
            """
        ).resolvingPaths(in: "/etc/endstate")
        #expect(server.listen == SyncServerSettings.Address(host: "::1", port: 0))
        #expect(server.namespace == "endstate" && !server.leaderElection && server.leaseName == "endstate.blue")
        #expect(server.concurrency == 64 && server.auditFile == "/var/log/audit")
        #expect(server.webhookSecretFiles == ["/etc/endstate/hooks/a", "/b"])
        #expect(server.apiTokenFile == "/etc/endstate/api-token")
        #expect(server.credentials.map(\.secret) == [.tokenFile("/etc/endstate/token"), .sshKeyFile("/key")])
        #expect(server.credentials.map(\.knownHostsFile) == [nil, "/etc/endstate/hosts"])
        #expect(server.credentials.map(\.userName) == ["bot", nil])
        #expect(server.notifications.map(\.name) == ["chat", "audit"])
        #expect(server.notifications.map(\.urlFile) == ["/etc/endstate/chat-url", "/audit-url"])
        #expect(server.notifications.map(\.format) == [.slack, .json])
        #expect(
            server.notifications.map(\.events) == [[.success, .drift], [.failure, .rollback, .drift, .breaker]])
    }

    @Test func `every field may be missing`() throws {
        #expect(try server("") == SyncServerSettings())
        #expect(try SyncConfiguration.read(files: []).server == SyncServerSettings())
        let server = SyncServerSettings()
        #expect(server.listen == SyncServerSettings.Address(host: "127.0.0.1", port: 8080))
        #expect(server.leaderElection && server.leaseName == "endstate-sync" && server.concurrency == 4)
    }

    @Test(arguments: [
        ("https://git.example.com/team", "https://git.example.com/team", true),
        ("https://git.example.com/team", "https://git.example.com/team/shop.git", true),
        ("https://git.example.com/team/", "https://git.example.com/team/shop.git", true),
        ("https://git.example.com/team", "https://git.example.com/teamevil", false),
        ("https://git.example.com/team", "https://git.example.com/Team/shop", false),
        ("https://git.example.com/team", "https://git.example.com.evil/team", false),
        ("https://git.example.com", "https://git.example.com.evil/team", false),
        ("https://git.example.com", "https://git.example.com@evil/team", false),
        ("https://git.example.com", "https://evil/git.example.com/team", false),
        ("https://git.example.com", "HTTPS://GIT.example.com:443/team", true),
        ("https://git.example.com", "https://git.example.com:8443/team", false),
        ("https://git.example.com:8443", "https://git.example.com:8443/team", true),
        ("https://git.example.com", "http://git.example.com/team", false),
        ("https://git.example.com", "ssh://git.example.com/team", false),
        // A server may take these for addresses that are not below the prefix.
        ("https://git.example.com/team", "https://git.example.com/team/../other/shop", false),
        ("https://git.example.com/team", "https://git.example.com/team/%2e%2E/other/shop", false),
        ("https://git.example.com/team", "https://git.example.com/team%2f..%2fother", false),
        ("https://git.example.com/team", "https://git.example.com/team/..\\\\other", false),
        ("git@git.example.com:team", "git@git.example.com:team/shop.git", true),
        ("git@git.example.com:team", "ssh://git@git.example.com:22/team/shop.git", true),
        ("git@git.example.com:team", "git@git.example.com:teams/shop.git", false),
        ("git@git.example.com:", "git@git.example.com:team/shop.git", true),
        ("git@git.example.com:", "root@git.example.com:team/shop.git", false),
        ("ssh://git.example.com", "git@git.example.com:team/shop.git", true),
        ("ssh://[::1]:2222/team", "ssh://git@[::1]:2222/team/shop", true),
        ("ssh://git.example.com", "/srv/git.example.com/shop", false),
        ("ssh://git.example.com", "file:///srv/shop", false),
    ])
    func `a prefix ends where a part of the address does`(prefix: String, address: String, matches: Bool) throws {
        #expect(try (credentials([prefix]).credential(for: address) != nil) == matches)
    }

    @Test func `the longest prefix wins, whatever the order`() throws {
        let prefixes = [
            "https://git.example.com/team/shop", "https://git.example.com", "https://git.example.com/team",
            "ssh://git.example.com", "git@git.example.com:",
        ]
        for prefixes in [prefixes, prefixes.reversed()] {
            let server = try credentials(prefixes)
            let found = [
                "https://git.example.com/team/shop", "https://git.example.com/team/shopping",
                "https://git.example.com/other", "https://example.com/team", "git@git.example.com:a",
                "me@git.example.com:a",
            ].map { server.credential(for: $0)?.prefix }
            #expect(
                found == [
                    "https://git.example.com/team/shop", "https://git.example.com/team", "https://git.example.com", nil,
                    "git@git.example.com:", "ssh://git.example.com",
                ])
        }
    }

    private static let addressMessage =
        "spec.listen must be HOST:PORT, such as 127.0.0.1:8080; 0.0.0.0 is every address"

    @Test(arguments: [
        ("listen: 8080", "spec.listen must be a string, not the integer 8080"),
        ("listen: ':8080'", addressMessage), ("listen: localhost", addressMessage),
        ("listen: 'localhost:65536'", addressMessage), ("listen: 'localhost:'", addressMessage),
        ("listen: '::1:8080'", addressMessage), ("listen: 'localhost:+80'", addressMessage),
        ("concurrency: 65", "spec.concurrency must be from 1 to 64, not 65"),
        ("leaderelection: true", "unknown field spec.leaderelection of the SyncServer"),
        (
            "leaseName: A",
            "spec.leaseName is invalid: it must be lower-case letters, digits, - and ., and begin and end with a letter or digit"
        ),
        ("webhookSecretFiles: [null]", "spec.webhookSecretFiles[0] is missing"),
        ("credentials: [{tokenFile: a}]", "spec.credentials[0].prefix is missing"),
        (
            "credentials: [{prefix: https://a.b}]",
            "spec.credentials[0] must have one of tokenFile and sshKeyFile"
        ),
        (
            "credentials: [{prefix: https://a.b, tokenFile: a, sshKeyFile: b}]",
            "spec.credentials[0] must have one of tokenFile and sshKeyFile"
        ),
        (
            "credentials: [{prefix: https://a.b, sshKeyFile: b}]",
            "spec.credentials[0].sshKeyFile is nothing for an https address"
        ),
        (
            "credentials: [{prefix: ssh://a.b, tokenFile: b}]",
            "spec.credentials[0].tokenFile is nothing for an ssh address"
        ),
        (
            "credentials: [{prefix: /srv/git, tokenFile: a}]",
            "spec.credentials[0].prefix must be the beginning of an https:// or ssh:// address, or of USER@HOST:PATH"
        ),
        (
            "credentials: [{prefix: https://me@a.b, tokenFile: a}]",
            "spec.credentials[0].prefix must have no user, token or password: they are in files"
        ),
        (
            "credentials: [{prefix: https://a.b, tokenFile: a}, {prefix: https://A.b/, tokenFile: c}]",
            "spec.credentials[1].prefix is the same as that of another credential"
        ),
        ("notifications: [{urlFile: a}]", "spec.notifications[0].name is missing"),
        ("notifications: [{name: a}]", "spec.notifications[0].urlFile is missing"),
        ("notifications: [{name: a, urlFile: b, format: xml}]", "spec.notifications[0].format must be json or slack"),
        ("notifications: [{name: a, urlFile: b, events: []}]", "spec.notifications[0].events names no event"),
        (
            "notifications: [{name: a, urlFile: b, events: [all]}]",
            "spec.notifications[0].events[0] must be success or failure or rollback or drift or breaker"
        ),
        (
            "notifications: [{name: a, urlFile: b}, {name: a, urlFile: c}]",
            "spec.notifications[1].name is the same as that of another notification"
        ),
    ])
    func `a wrong value is told with its place`(field: String, message: String) throws {
        let error = try #require(throws: ManifestErrors.self) { try server("  \(field)\n") }
        #expect(error.diagnostics.map(\.message) == [message])
        #expect(error.diagnostics.first?.location?.line == 4)
    }

    @Test(arguments: [
        "credentials: [{prefix: 'https://me:hunter2@git.example.com', tokenFile: a}]",
        "credentials:\n    - prefix: https://git.example.com\n      token: hunter2",
        "notifications:\n    - name: chat\n      url: https://chat.example.com/hunter2", "apiTokenFile: [hunter2]",
        "webhookSecretFiles: hunter2", "webhookSecretFiles: [{secret: hunter2}]",
    ])
    func `no excerpt shows what may be a secret`(field: String) throws {
        let error = try #require(throws: ManifestErrors.self) { try server("  \(field)\n") }
        #expect(!error.rendered().contains("hunter2"))
    }
}
