import KubeClient
import Resources
import Testing

struct KubeconfigTests {
    /// Files by path.
    private func files(_ contents: [String: String]) -> FileReader {
        FileReader { path in contents[path].map { Array($0.utf8) } }
    }

    private func load(
        cluster: String = "{server: 'https://api:6443'}",
        user: String = "{}",
        context: String = "{cluster: c, user: u}",
        files extra: [String: String] = [:],
        isInteractive: Bool = false
    ) throws -> ClusterConfiguration {
        let file = """
            clusters: [{name: c, cluster: \(cluster)}]
            users: [{name: u, user: \(user)}]
            contexts: [{name: x, context: \(context)}]
            current-context: x
            """
        return try ClusterConfiguration.load(
            kubeconfig: "/home/me/config",
            environment: [:],
            isInteractive: isInteractive,
            files: files(extra.merging(["/home/me/config": file]) { own, _ in own })
        )
    }

    private func problem(_ load: () throws -> ClusterConfiguration) throws -> String {
        described(#expect(throws: KubeClientError.self) { try load() })
    }

    private func token(_ configuration: ClusterConfiguration) -> String? {
        if case .token(let token) = configuration.credentials { token.revealed } else { nil }
    }

    private let two = [
        "/a": """
        clusters: [{name: c, cluster: {server: 'https://first', tls-server-name: x}}]
        contexts: [{name: one, context: {cluster: c, user: u}}]
        """,
        "/b": """
        clusters: [{name: c, cluster: {server: 'https://second', insecure-skip-tls-verify: true}}]
        contexts: [{name: one, context: {cluster: other}}, {name: two, context: {cluster: c, user: u, namespace: shop}}]
        users: [{name: u, user: {token: t}}]
        current-context: two
        """,
    ]

    @Test func `of two files the first wins a whole entry`() throws {
        let environment = ["KUBECONFIG": "/a::/missing:/b:/a", "HOME": "/home/me"]
        let configuration = try ClusterConfiguration.load(environment: environment, files: files(two))
        #expect(configuration.contextName == "two")
        #expect(configuration.server == "https://first:443")
        #expect(configuration.trust.serverName == "x")
        #expect(!configuration.trust.isUnchecked)
        #expect(configuration.namespace == "shop")
        #expect(configuration.origin == "/b")
        #expect(token(configuration) == "t")
        let one = try ClusterConfiguration.load(context: "one", environment: environment, files: files(two))
        #expect(one.server == "https://first:443")
        #expect(one.namespace == nil)
    }

    @Test func `a given file is the only one`() throws {
        let environment = ["KUBECONFIG": "/a", "HOME": "/home/me"]
        let configuration = try ClusterConfiguration.load(kubeconfig: "/b", environment: environment, files: files(two))
        #expect(configuration.server == "https://second:443")
        #expect(configuration.trust.isUnchecked)
    }

    @Test func `without both, the file in the home folder is read`() throws {
        let configuration = try ClusterConfiguration.load(
            environment: ["HOME": "/home/me", "KUBECONFIG": ""],
            files: files(["/home/me/.kube/config": two["/b"] ?? ""])
        )
        #expect(configuration.server == "https://second:443")
    }

    @Test func `in a Pod its own account is used`() throws {
        let folder = "/var/run/secrets/kubernetes.io/serviceaccount"
        let own = files(["\(folder)/token": "t", "\(folder)/ca.crt": "ca", "\(folder)/namespace": "shop"])
        var environment = ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443", "HOME": "/root"]
        let configuration = try ClusterConfiguration.load(environment: environment, files: own)
        #expect(configuration.server == "https://10.0.0.1:443")
        #expect(configuration.namespace == "shop")
        #expect(configuration.trust.authorities == Array("ca".utf8))
        #expect(configuration.contextName == nil)
        guard case .tokenFile("\(folder)/token", fallback: nil) = configuration.credentials else {
            Issue.record("the mounted token is not used")
            return
        }
        environment["KUBERNETES_SERVICE_HOST"] = "fd00::1"
        #expect(try ClusterConfiguration.load(environment: environment, files: own).server == "https://[fd00::1]:443")
        #expect(throws: KubeClientError.self) {
            try ClusterConfiguration.load(context: "x", environment: environment, files: own)
        }
    }

    @Test func `nothing configured at all is told`() throws {
        let text = try problem {
            try ClusterConfiguration.load(environment: ["HOME": "/home/me"], files: files([:]))
        }
        #expect(
            text == """
                no-cluster: no cluster is configured
                cause: there is nothing in /home/me/.kube/config
                hint: name a kubeconfig with --kubeconfig or KUBECONFIG
                """
        )
    }

    @Test(arguments: [
        (nil, "no current context is set in /a"),
        ("three", "there is no context \"three\" in /a"),
        ("\u{1B}[31m", "there is no context \"\\u{1B}[31m\" in /a"),
    ])
    func `a missing context is answered with those that exist`(context: String?, message: String) throws {
        let text = try problem {
            try ClusterConfiguration.load(kubeconfig: "/a", context: context, environment: [:], files: files(two))
        }
        #expect(text == "context-unknown: \(message)\nhint: choose one with --context: one")
    }

    @Test(arguments: [
        ("a: [", "/k:2:1: the kubeconfig is no valid YAML"),
        ("text", "/k is no kubeconfig: it holds string instead of an object"),
        ("clusters: [{name: a}, {name: a}]", "/k: clusters has two entries named \"a\""),
        ("users: [{user: {}}]", "/k: an entry of users has no name"),
    ])
    func `a file that is no kubeconfig is told with its place`(text: String, message: String) throws {
        let text = try problem {
            try ClusterConfiguration.load(kubeconfig: "/k", environment: [:], files: files(["/k": text]))
        }
        #expect(text.hasPrefix("kubeconfig-invalid: \(message)"))
    }

    @Test func `a given file must exist`() throws {
        let text = try problem { try ClusterConfiguration.load(kubeconfig: "/k", environment: [:], files: files([:])) }
        #expect(text == "kubeconfig-invalid: there is no kubeconfig /k")
    }

    @Test func `relative paths are relative to their file`() throws {
        let configuration = try load(
            cluster: "{server: 'https://api', certificate-authority: pki/ca.crt}",
            user: "{client-certificate: ../me.crt, client-key: /keys/me.key, tokenFile: token}",
            files: ["/home/me/pki/ca.crt": "ca", "/home/me/../me.crt": "crt", "/keys/me.key": "key"]
        )
        #expect(configuration.trust.authorities == Array("ca".utf8))
        #expect(configuration.clientCertificate?.chain == Array("crt".utf8))
        #expect(configuration.clientCertificate?.key.revealed == Array("key".utf8))
        #expect(configuration.clientCertificate?.origin == "/home/me/../me.crt")
        guard case .tokenFile("/home/me/token", fallback: nil) = configuration.credentials else {
            Issue.record("the token file is not used")
            return
        }
    }

    @Test func `data are decoded from base64`() throws {
        let configuration = try load(
            cluster: "{server: 'https://api', certificate-authority-data: Y2E=}",
            user: "{client-certificate-data: Y3J0, client-key-data: a2V5}"
        )
        #expect(configuration.trust.authorities == Array("ca".utf8))
        #expect(configuration.clientCertificate?.chain == Array("crt".utf8))
        #expect(configuration.clientCertificate?.key.revealed == Array("key".utf8))
    }

    /// A cluster, a user and what is wrong with them.
    @Test(arguments: [
        ("{}", "{}", "the cluster \"c\" in /home/me/config has no server"),
        ("{server: 7}", "{}", "the cluster \"c\" in /home/me/config has a server that is integer instead of string"),
        (
            "{server: 'ftp://x'}", "{}",
            "the cluster \"c\" in /home/me/config has a server that is no address of http or https"
        ),
        (
            "{server: 'https://a b'}", "{}",
            "the cluster \"c\" in /home/me/config has a server that is no address of http or https"
        ),
        (
            "{server: 'https://me:pw@a'}", "{}",
            "the cluster \"c\" in /home/me/config has a server that is no address of http or https"
        ),
        (
            "{server: 'https://a', certificate-authority: ca, certificate-authority-data: Y2E=}", "{}",
            "the cluster \"c\" in /home/me/config has both certificate-authority and certificate-authority-data"
        ),
        (
            "{server: 'https://a', certificate-authority-data: '***'}", "{}",
            "the cluster \"c\" in /home/me/config has a certificate-authority-data that is not base64"
        ),
        (
            "{server: 'https://a', certificate-authority: nowhere}", "{}",
            "the cluster \"c\" in /home/me/config names a certificate-authority that does not exist: /home/me/nowhere"
        ),
        (
            "{server: 'https://a', certificate-authority-data: Y2E=, insecure-skip-tls-verify: true}", "{}",
            "the cluster \"c\" in /home/me/config has both insecure-skip-tls-verify and a certificate authority"
        ),
        (
            "{server: 'https://a', proxy-url: 'ftp://user:pw@x'}", "{}",
            "the cluster \"c\" in /home/me/config has a proxy-url that is not of http or socks5"
        ),
        (
            "{server: 'https://a'}", "{token: a, username: b}",
            "the user \"u\" in /home/me/config has both a token and a password"
        ),
        (
            "{server: 'https://a'}", "{token: \"hunter\\n2\"}",
            "the user \"u\" in /home/me/config has a token with a control character in it"
        ),
        (
            "{server: 'https://a'}", "{client-certificate-data: Y2E=}",
            "the user \"u\" in /home/me/config has a client-certificate without a client-key"
        ),
        (
            "{server: 'https://a'}", "{client-key-data: Y2E=}",
            "the user \"u\" in /home/me/config has a client-key without a client-certificate"
        ),
        (
            "{server: 'https://a'}", "{as-groups: [g]}",
            "the user \"u\" in /home/me/config impersonates a uid, groups or extra without a user"
        ),
        (
            "{server: 'https://a'}", "{as-uid: '7'}",
            "the user \"u\" in /home/me/config impersonates a uid, groups or extra without a user"
        ),
        (
            "{server: 'https://a'}", "{auth-provider: {name: gcp}}",
            "the user \"u\" in /home/me/config uses the auth-provider \"gcp\", which is not supported"
        ),
        (
            "{server: 'https://a'}", "{exec: {apiVersion: client.authentication.k8s.io/v1}}",
            "the user \"u\" in /home/me/config has an exec without a command"
        ),
        (
            "{server: 'https://a'}", "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}}",
            """
            the user "u" in /home/me/config has an exec of the apiVersion "client.authentication.k8s.io/v1alpha1", which is not \
            supported
            """
        ),
        (
            "{server: 'https://a'}", "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1}}",
            "the user \"u\" in /home/me/config has an exec without an interactiveMode, which v1 demands"
        ),
        (
            "{server: 'https://a'}",
            "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}}",
            "the user \"u\" in /home/me/config has an exec that must ask the user, but there is no terminal"
        ),
    ])
    func `what is wrong is told with the entry and its file`(cluster: String, user: String, message: String) throws {
        let error = #expect(throws: KubeClientError.self) { try load(cluster: cluster, user: user) }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("{as: me, as-groups: admins}", "has a field as-groups that is string instead of array"),
        ("{as: me, as-groups: [1]}", "has a field as-groups with integer instead of string in it"),
        ("{as: me, as-user-extra: [x]}", "has a field as-user-extra that is array instead of object"),
        ("{as: me, as-user-extra: {x: z}}", "has a field as-user-extra.x that is string instead of array"),
        ("{exec: text}", "has a field exec that is string instead of object"),
        (
            "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, args: get}}",
            "has a field args that is string instead of array"
        ),
        (
            "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, args: [1]}}",
            "has a field args with integer instead of string in it"
        ),
        (
            "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, env: {a: b}}}",
            "has a field env that is object instead of array"
        ),
    ])
    func `a user's field of a wrong type is refused by its name`(user: String, problem: String) throws {
        let error = #expect(throws: KubeClientError.self) { try load(user: user) }
        #expect(error?.message == "the user \"u\" in /home/me/config \(problem)")
    }

    @Test(arguments: ["clusters", "users", "contexts"])
    func `a list of a wrong type is refused by its name`(list: String) throws {
        let file = files(["/k": "\(list): {a: b}"])
        let error = #expect(throws: KubeClientError.self) {
            try ClusterConfiguration.load(kubeconfig: "/k", environment: [:], files: file)
        }
        #expect(error?.message == "/k has a field \(list) that is object instead of array")
    }

    @Test(arguments: [
        (
            "{cluster: other}",
            "the context \"x\" in /home/me/config refers to a cluster \"other\", which does not exist"
        ),
        (
            "{cluster: c, user: other}",
            "the context \"x\" in /home/me/config refers to a user \"other\", which does not exist"
        ),
    ])
    func `a context that refers to nothing is told`(context: String, message: String) throws {
        let error = #expect(throws: KubeClientError.self) { try load(context: context) }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("https://API.example:6443/", "https://API.example:6443"),
        ("https://h/k8s/clusters/c-1/", "https://h:443/k8s/clusters/c-1"),
        ("https://[::1]:6443", "https://[::1]:6443"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("localhost:8080", "http://localhost:8080"),
    ])
    func `an address is brought into one form`(given: String, server: String) throws {
        #expect(try load(cluster: "{server: '\(given)'}").server == server)
    }

    @Test func `nothing secret is used without TLS`() throws {
        let configuration = try load(cluster: "{server: 'http://api:8080'}", user: "{token: secret, as: bob}")
        guard case .none = configuration.credentials else {
            Issue.record("there are credentials")
            return
        }
        #expect(configuration.impersonation == nil)
    }

    @Test func `a token is used without the white space around it`() throws {
        #expect(token(try load(user: "{token: \" t\\n\"}")) == "t")
    }

    @Test func `whom to act for is read`() throws {
        let user = "{token: t, as: bob, as-uid: '7', as-groups: [a, b], as-user-extra: {k: [v, w]}}"
        let impersonation = ClusterConfiguration.Impersonation(
            user: "bob", uid: "7", groups: ["a", "b"], extra: ["k": ["v", "w"]])
        #expect(try load(user: user).impersonation == impersonation)
    }

    @Test func `credentials do not show, however they are printed`() throws {
        let configuration = try load(
            user: "{tokenFile: f, token: hunter2, client-certificate-data: Y3J0, client-key-data: aHVudGVyMg==}"
        )
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"))  // the key's first byte
        }
    }

    @Test func `a program that the kubeconfig names is known by its file`() throws {
        let exec = "{exec: {command: ./get-token, apiVersion: client.authentication.k8s.io/v1beta1}}"
        let configuration = try load(user: exec)
        #expect(configuration.usesExec)
        #expect(configuration.origin == "/home/me/config")
        guard case .exec(let plugin) = configuration.credentials else { return }
        #expect(plugin.command == "/home/me/./get-token")
        #expect(try !load(user: "{token: x}").usesExec)
    }

    @Test(
        arguments: [
            ("https://api.corp.example:6443", ["HTTPS_PROXY": "http://p:3128"], "http://p:3128"),
            ("https://api.corp.example", ["https_proxy": "p:8080"], "http://p:8080"),
            ("https://api", ["HTTPS_PROXY": "socks5://me:pw@p"], "socks5://p:1080"),
            ("https://api", ["HTTP_PROXY": "http://p"], nil),
            ("http://api", ["HTTP_PROXY": "http://p"], "http://p:80"),
            ("https://127.0.0.1:6443", ["HTTPS_PROXY": "http://p"], nil),
            ("https://localhost:6443", ["HTTPS_PROXY": "http://p"], nil),
            ("https://api.corp.example", ["HTTPS_PROXY": "http://p", "NO_PROXY": "x, corp.example"], nil),
            ("https://api.corp.example", ["HTTPS_PROXY": "http://p", "no_proxy": ".corp.example"], nil),
            ("https://apicorp.example", ["HTTPS_PROXY": "http://p", "NO_PROXY": "corp.example"], "http://p:80"),
            ("https://10.1.2.3:6443", ["HTTPS_PROXY": "http://p", "NO_PROXY": "10.0.0.0/8"], nil),
            ("https://11.1.2.3:6443", ["HTTPS_PROXY": "http://p", "NO_PROXY": "10.0.0.0/8"], "http://p:80"),
            ("https://api:6443", ["HTTPS_PROXY": "http://p", "NO_PROXY": "api:6443"], nil),
            ("https://api", ["HTTPS_PROXY": "http://p", "NO_PROXY": "*"], nil),
            ("https://api", ["HTTPS_PROXY": ""], nil),
        ] as [(String, [String: String], String?)])
    func `the environment's proxy is used where nothing excludes it`(
        server: String,
        environment: [String: String],
        proxy: String?
    ) throws {
        let file = """
            clusters: [{name: c, cluster: {server: '\(server)'}}]
            contexts: [{name: x, context: {cluster: c}}]
            current-context: x
            """
        let configuration = try ClusterConfiguration.load(
            kubeconfig: "/k",
            environment: environment,
            files: files(["/k": file])
        )
        #expect(configuration.proxy?.description == proxy)
    }
}
