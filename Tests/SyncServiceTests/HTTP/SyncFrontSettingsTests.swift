import HTTPTypes
import Resources
import Testing

@testable import SyncService

struct SyncFrontSettingsTests {
    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.10", true), ("::1", true), ("0:0:0:0:0:0:0:1", true), ("localhost", true),
        ("LocalHost", true), ("0.0.0.0", false), ("::", false), ("", false), ("10.0.0.1", false), ("1127.0.0.1", false),
        ("127.0.0.1.example.com", false), ("localhost.example.com", false), ("::ffff:127.0.0.1", false),
        ("example.com", false),
    ])
    func `without a token the API is open on the loopback interface alone`(host: String, isOpen: Bool) {
        var settings = SyncFrontSettings()
        settings.host = host
        switch settings.door {
        case .thisMachine: #expect(isOpen)
        case .closed: #expect(!isOpen)
        case .token: Issue.record("there is no token")
        }
    }

    @Test(arguments: [nil, "", " ", "\n"])
    func `as long as there is no token the API is closed`(text: String?) {
        let request = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/api/v1/applications")
        #expect(AccessRules(.token { text }).verdict(on: request) == .closed)
    }

    @Test(arguments: ["", " ", "\n"])
    func `an empty secret is refused`(text: String) {
        var settings = SyncFrontSettings()
        settings.webhookSecrets = ["a", text]
        #expect(throws: Diagnostic.self) { _ = try settings.checked() }
    }

    @Test(arguments: [
        ("localhost", true), ("localhost:8080", true), ("LOCALHOST:1", true), ("127.0.0.1", true),
        ("127.0.0.1:80", true),
        ("[::1]", true), ("[::1]:8080", true), ("localhost:", true),
        ("", false), (":80", false), ("example.com", false), ("example.com:8080", false),
        ("localhost.example.com", false),
        ("127.0.0.1.example.com", false), ("localhost:80:80", false), ("localhost:80@example.com", false),
        ("[::1].example.com", false), ("[::1", false), ("::1", false), ("[fe80::1]", false), ("192.168.0.1", false),
        ("user@localhost", false), ("localhost/", false), ("localhost.", false),
    ])
    func `a host is this machine, or not`(host: String, isLoopback: Bool) {
        #expect(Loopback.isHost(host) == isLoopback)
    }
}
