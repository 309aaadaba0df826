import Foundation
import Testing

@testable import GitSource

@Suite(.enabled(if: SecureShellServer.isInstalled, "sshd, ssh-keygen or HOME is missing"))
struct `A repository behind ssh` {
    private let fixture: GitFixture
    private let server: SecureShellServer
    private var settings: GitSettings

    init() throws {
        fixture = try GitFixture(files: ["deploy/a.yaml": "a: 1\n"])
        server = try SecureShellServer()
        settings = GitSettings(
            cacheDirectory: fixture.root.path + "/cache",
            credentials: .sshKeyFile(path: server.directory.path + "/user"),
            knownHostsFiles: [try server.knownHosts([("host", "known")])])
    }

    private func repository(_ settings: GitSettings) throws -> GitRepository {
        GitRepository(try GitLocation(server.address(fixture.path), trust: .configuration), settings: settings)
    }

    private func error(_ settings: GitSettings) async throws -> GitSourceError {
        let repository = try repository(settings)
        return try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
    }

    @Test func `is read with a key file and a known host`() async throws {
        let tree = try await repository(settings).read(revision: "main", path: "deploy")
        #expect(tree.files == [SourceFile(path: "a.yaml", bytes: Array("a: 1\n".utf8))])
    }

    @Test func `is read from a host whose name is hashed`() async throws {
        var settings = settings
        try run("/usr/bin/ssh-keygen", ["-q", "-H", "-f", settings.knownHostsFiles[0]])
        #expect(try await repository(settings).fetch("main").revision == "main")
        settings.knownHostsFiles = ["/nonexistent"] + settings.knownHostsFiles
        #expect(try await repository(settings).fetch("main").id == fixture.git("rev-parse", "main"))
    }

    @Test func `is refused when the host is not known`() async throws {
        var settings = settings
        settings.knownHostsFiles = ["/nonexistent/known_hosts"]
        let error = try await error(settings)
        #expect(error.code == .hostKey)
        let fingerprint = try server.fingerprint("host")
        expect(
            error,
            says: """
                the host key of 127.0.0.1:\(server.port) is not in /nonexistent/known_hosts: it shows ssh-ed25519 \
                \(fingerprint)
                hint: compare the fingerprint with the one that the host's owner publishes, then add it with: \
                ssh-keyscan -p \(server.port) 127.0.0.1 >> /nonexistent/known_hosts
                """)
    }

    @Test func `is refused when the host shows another key than the known one`() async throws {
        var settings = settings
        settings.knownHostsFiles = [try server.knownHosts([("other", "changed")])]
        let fingerprint = try server.fingerprint("host")
        expect(
            try await error(settings),
            says: """
                the host key of 127.0.0.1:\(server.port) is not the one in \(settings.knownHostsFiles[0]): it shows \
                ssh-ed25519 \(fingerprint)
                hint: somebody may be listening; if the host really has a new key, remove the old one with: \
                ssh-keygen -R '[127.0.0.1]:\(server.port)'
                """)
    }

    @Test func `is not read out of the cache, nor with an agent, where no credentials may be used`() async throws {
        let commit = try await repository(settings).fetch("main").id
        // A whole id that is in the cache asks nobody.
        #expect(try await repository(settings).fetch(commit).id == commit)
        let error = await #expect(throws: GitSourceError.self) {
            _ = try await repository(settings.withoutCredentials).fetch(commit)
        }
        #expect(error?.message.hasSuffix("asks for credentials, and none are given") == true)
    }

    @Test func `is refused without a key that the server knows`() async throws {
        var settings = settings
        settings.credentials = .sshKeyFile(path: server.directory.path + "/other", passphrase: "secret")
        expect(
            try await error(settings),
            says: """
                \(try server.address(fixture.path)) refuses the credentials (ssh key \(server.directory.path)/other)
                hint: the server must know the key; prefer ed25519, as this ssh library signs RSA with SHA-1 only
                """)
        settings.credentials = .sshKeyFile(path: "/nonexistent/key")
        expect(
            try await error(settings), says: "the ssh key '/nonexistent/key' cannot be read: No such file or directory")
        settings.credentials = .token("secret")
        expect(
            try await error(settings),
            says: "\(try server.address(fixture.path)) does not accept this kind of credentials: token ****")
    }

    @Test func `is read with a key that has a passphrase`() async throws {
        var settings = settings
        settings.credentials = .sshKeyFile(path: server.directory.path + "/locked", passphrase: "secret")
        #expect(try await repository(settings).fetch("main").revision == "main")
        settings.credentials = .sshKeyFile(path: server.directory.path + "/locked", passphrase: "wrong-secret")
        let error = try await error(settings)
        #expect(error.code == .authentication)
        #expect(error.hint == "check the key and its passphrase; prefer ed25519 to RSA")
        #expect(!error.description.contains("secret"))
    }

    @Test func `is named when it is missing`() async throws {
        let missing = GitRepository(
            try GitLocation(server.address("/nonexistent"), trust: .configuration), settings: settings)
        let error = try await #require(throws: GitSourceError.self) { _ = try await missing.fetch("main") }
        #expect(error.message == "cannot connect to \(try server.address("/nonexistent"))")
        #expect(error.code == .network)
    }
}

/// An OpenSSH server on a free loopback port, with keys of its own, that lets in whoever runs the tests.
final class SecureShellServer {
    static let isInstalled =
        ["/usr/sbin/sshd", "/usr/bin/ssh-keygen"].allSatisfy(isExecutable)
        && ProcessInfo.processInfo.environment["HOME"] != nil

    let directory: TemporaryDirectory
    let port: Int
    private let process: ChildProcess

    init() throws {
        directory = try TemporaryDirectory()
        let path = directory.path
        for (name, passphrase) in [("host", ""), ("other", ""), ("user", ""), ("locked", "secret")] {
            try run(
                "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", "\(path)/\(name)"])
        }
        let keys = try ["user", "locked"].map { try String(contentsOfFile: "\(path)/\($0).pub", encoding: .utf8) }
        if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
        try keys.joined().write(toFile: path + "/authorized", atomically: true, encoding: .utf8)
        let (port, process) = try Self.start(in: path)
        self.port = port
        self.process = process
    }

    /// Starts it on a free port; another one where somebody has taken it meanwhile.
    private static func start(in path: String) throws -> (port: Int, process: ChildProcess) {
        while true {
            let port = try freePort()
            try configuration(path, port).write(toFile: path + "/config", atomically: true, encoding: .utf8)
            let process = try ChildProcess("/usr/sbin/sshd", ["-D", "-e", "-f", path + "/config"])
            do {
                _ = try process.line(with: "Server listening")
                return (port, process)
            } catch let failure as ProgramFailure where failure.description.contains("Address already in use") {}
        }
    }

    private static func configuration(_ path: String, _ port: Int) -> String {
        """
        ListenAddress 127.0.0.1
        Port \(port)
        HostKey \(path)/host
        AuthorizedKeysFile \(path)/authorized
        PidFile none
        UsePAM no
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin yes
        SetEnv GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*
        """
    }

    func address(_ path: String) throws -> String { "ssh://\(NSUserName())@127.0.0.1:\(port)\(path)" }

    /// Writes a file that knows this host by the public keys named.
    ///
    /// - Returns: the file's path.
    func knownHosts(_ keys: [(name: String, file: String)]) throws -> String {
        let lines = try keys.map { key in
            "[127.0.0.1]:\(port) " + (try String(contentsOfFile: "\(directory.path)/\(key.name).pub", encoding: .utf8))
        }
        let path = directory.path + "/" + (keys.first?.file ?? "empty")
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// The fingerprint of a key as ssh-keygen shows it.
    func fingerprint(_ name: String) throws -> String {
        let output = try run("/usr/bin/ssh-keygen", ["-l", "-f", "\(directory.path)/\(name).pub"])
        return String(String(decoding: output, as: UTF8.self).split(separator: " ")[1])
    }

    private static func freePort() throws -> Int {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(probe, generic, size) == 0 && getsockname(probe, generic, &size) == 0
            }
        }
        guard isBound else { throw ProgramFailure(description: "no free port: \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
