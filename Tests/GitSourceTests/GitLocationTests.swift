import Testing

@testable import GitSource

@Suite struct `Repository addresses` {
    @Test(arguments: [
        ("https://example.com/a/b.git", "https://example.com/a/b.git", "example.com", 443),
        ("https://EXAMPLE.com:8443/a", "https://example.com:8443/a", "example.com", 8443),
        ("https://user:pa%40ss@example.com/a", "https://example.com/a", "example.com", 443),
        ("https://ghp_token@example.com/a", "https://example.com/a", "example.com", 443),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a", "2001:db8::1", 8443),
        ("ssh://git@example.com/a/b", "ssh://git@example.com/a/b", "example.com", 22),
        ("ssh://git@example.com:2222/~me/b", "ssh://git@example.com:2222/~me/b", "example.com", 2222),
        ("git@example.com:a/b.git", "git@example.com:a/b.git", "example.com", 22),
        ("example.com:/srv/b.git", "example.com:/srv/b.git", "example.com", 22),
        ("/srv/a", "/srv/a", "", 0),
        ("./a:b", "./a:b", "", 0),
        (".", ".", "", 0),
        ("file:///srv/a", "file:///srv/a", "", 0),
    ])
    func `that are accepted are shown without user and password`(
        text: String, display: String, host: String, port: Int
    ) throws {
        let location = try GitLocation(text, trust: .commandLine)
        #expect(location.display == display)
        #expect(location.host == host)
        #expect(location.port == port)
        #expect("\(location)" == display)
    }

    @Test(arguments: [
        ("", "it is empty\nhint: give a path, or an https:// or ssh:// address"),
        ("ext::sh -c id", "'ext::…' asks git to run a program"),
        ("fd::17", "'fd::…' asks git to run a program"),
        ("git://example.com/a", "git:// is neither encrypted nor authenticated\nhint: use https:// or ssh://"),
        ("http://example.com/a", "'http://example.com/a' is not encrypted\nhint: use https://"),
        ("http://127.0.0.1/a", "'http://127.0.0.1/a' is not encrypted\nhint: use https://"),
        ("http://u:secret@example.com/a", "'http://example.com/a' is not encrypted\nhint: use https://"),
        ("ftp://example.com/a", "'ftp://' is not supported\nhint: use https:// or ssh://"),
        ("git+ssh://example.com/a", "'git+ssh://' is not supported\nhint: use https:// or ssh://"),
        ("ssh://-oProxyCommand=x/", "the host '-oProxyCommand=x' starts with '-'"),
        ("ssh://git@-oProxyCommand=x/a", "the host '-oProxyCommand=x' starts with '-'"),
        ("-oProxyCommand=x:a", "the host '-oProxyCommand=x' starts with '-'"),
        ("ssh://-l@example.com/a", "the ssh address has an invalid user name"),
        (
            "ssh://u:secret@example.com/a",
            "'ssh://example.com/a' comes with a password\nhint: use an ssh key or the ssh agent"
        ),
        ("ssh://example.com/a'b", "'ssh://example.com/a'b' has a quote or backslash in its path"),
        (
            "u:secret@example.com:a",
            "it has '@' after its first ':'\nhint: use an ssh key or the ssh agent, not a password"
        ),
        (
            "u:secret@example.com/a",
            "it has '@' after its first ':'\nhint: use an ssh key or the ssh agent, not a password"
        ),
        ("example.com:-x", "the path of 'example.com:-x' starts with '-'"),
        ("https://example.com", "'https://example.com' names no repository on its host"),
        ("https://example.com/", "'https://example.com/' names no repository on its host"),
        ("https:///a", "'https://' names no host"),
        ("https://u:secret@/a", "'https://' names no host"),
        ("https://exa mple.com/a", "'https://exa mple.com' has an invalid host name"),
        ("https://example.com:0/a", "'https://example.com:0' has an invalid port"),
        ("https://example.com:66000/a", "'https://example.com:66000' has an invalid port"),
        ("https://[::1/a", "'https://[::1' has an invalid port"),
        (
            "https://example.com/a?token=secret",
            "'https://example.com/a?…' has '?', which no repository's address needs"
        ),
        (
            "https://user:sec/ret@example.com/a",
            "it has '@' after its first '/'\nhint: write %40 for '@' in a path, %2F for '/' in a password"
        ),
        ("https:/u:secret@example.com/a", "'https:' is not followed by '//'"),
        ("https://example.com/a\nb", "character 22 of it is the control character U+000A"),
        ("https://example.com/\u{1B}[2J", "character 21 of it is the control character U+001B"),
        ("a\u{0}b", "character 2 of it is the control character U+0000"),
        ("file://example.com/a", "'file://example.com…' names another machine\nhint: use file:///path"),
        ("-x", "'-x' starts with '-'\nhint: write it as './-x'"),
    ])
    func `that are refused say why and show no password`(text: String, why: String) throws {
        let error = try #require(throws: GitSourceError.self) { try GitLocation(text, trust: .commandLine) }
        #expect(error.description == "the repository's address is refused: " + why)
        #expect(error.code == .invalidAddress)
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: ["/etc", "../x", ".", "file:///etc"])
    func `of this machine are refused in a configuration file`(text: String) throws {
        let error = try #require(throws: GitSourceError.self) { try GitLocation(text, trust: .configuration) }
        #expect(
            error.description == """
                the repository's address is refused: '\(text)' is a local path
                hint: a configuration file may only name https:// and ssh:// repositories
                """)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/a", true), ("http://localhost/a", true), ("http://[::1]/a", true),
        ("http://127.evil.com/a", false), ("http://localhost.evil.com/a", false), ("http://10.0.0.1/a", false),
    ])
    func `without encryption reach only this machine itself, and only when allowed`(text: String, isAllowed: Bool) {
        #expect(((try? GitLocation(text, trust: .configuration, allowInsecure: true)) != nil) == isAllowed)
        #expect((try? GitLocation(text, trust: .configuration)) == nil)
    }

    @Test func `keep user and password for the server, percent-decoded`() throws {
        let location = try GitLocation("https://a%20b:p%40%2Fs@example.com/x", trust: .configuration)
        #expect(location.user == "a b")
        #expect(location.password == "p@/s")
        #expect(location.remote == "https://example.com/x")
        #expect(!String(reflecting: location).contains("p@"))
        var dumped = ""
        dump(location, to: &dumped)
        #expect(!dumped.contains("p@"))
    }

    @Test func `of proxies follow no_proxy`() throws {
        let proxy = try #require(
            try GitProxy(environment: [
                "https_proxy": "http://u:secret@proxy.example:3128/", "no_proxy": "corp.example, .internal,10.0.0.7",
            ]))
        #expect(proxy.address.port == 3128)
        #expect(proxy.address.password == "secret")
        #expect(proxy.applies(to: "github.com"))
        #expect(proxy.applies(to: "notcorp.example"))
        #expect(!proxy.applies(to: "git.corp.example"))
        #expect(!proxy.applies(to: "corp.example"))
        #expect(!proxy.applies(to: "git.internal"))
        #expect(!proxy.applies(to: "10.0.0.7"))
        #expect(try GitProxy(environment: ["https_proxy": ""]) == nil)
        let error = try #require(throws: GitSourceError.self) { try GitProxy("socks5://u:secret@proxy:1") }
        #expect(error.description == "the proxy's address is malformed\nhint: give it as http://host:port")
    }

    @Test func `and credentials are never described`() {
        let secrets: [GitCredentials] = [
            .token("secret"), .basic(user: "u", password: "secret"), .sshKeyFile(path: "k", passphrase: "secret"),
        ]
        for credentials in secrets {
            var dumped = ""
            dump(credentials, to: &dumped)
            #expect(!(dumped + "\(credentials)" + String(reflecting: credentials)).contains("secret"))
        }
    }

    @Test func `settings come from an environment that is given`() throws {
        let settings = try GitSettings(environment: ["HOME": "/home/a"])
        #expect(settings.cacheDirectory == "/home/a/.cache/endstate/git")
        #expect(settings.knownHostsFiles == ["/home/a/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts"])
        #expect(try GitSettings(environment: ["XDG_CACHE_HOME": "/c"]).cacheDirectory == "/c/endstate/git")
        let error = try #require(throws: GitSourceError.self) { try GitSettings(environment: [:]) }
        #expect(error.description == "there is no place for the git cache\nhint: set HOME or XDG_CACHE_HOME")
    }
}
