import Foundation
import Testing

@testable import GitSource

@Suite(.enabled(if: SecureWebServer.isInstalled, "openssl or python3 is missing"))
struct `A repository behind https` {
    private let remote: RemoteFixture
    private let server: SecureWebServer

    init() throws {
        remote = try RemoteFixture()
        server = try SecureWebServer(upstream: remote.server.port)
    }

    private func repository(
        _ name: String = "localhost", authorities: String?, userInfo: String = ""
    ) throws -> GitRepository {
        var settings = remote.settings
        settings.certificateAuthorities = authorities
        return GitRepository(
            try GitLocation("https://\(userInfo)\(name):\(server.port)/work", trust: .configuration), settings: settings
        )
    }

    @Test func `is read when its certificate is valid`() async throws {
        let repository = try repository(authorities: server.certificate)
        #expect(try await repository.read(revision: "main").files.map(\.path) == ["deploy/a.yaml"])
    }

    @Test func `is refused when nobody vouches for its certificate`() async throws {
        let repository = try repository(authorities: nil, userInfo: "me:secret@")
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
        #expect(error.code == .certificate)
        #expect(error.message == "cannot connect to https://localhost:\(server.port)/work")
        #expect(error.hint == "if the server has a private authority, name its PEM file")
        #expect(remote.server.requests == [])
    }

    @Test func `is refused when its certificate is another host's`() async throws {
        let repository = try repository("127.0.0.1", authorities: server.certificate)
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
        #expect(error.code == .certificate)
        #expect(remote.server.requests == [])
    }

    @Test func `can be asked by several at once who trust different authorities`() async throws {
        let trusting = try repository(authorities: server.certificate)
        let doubting = try repository(authorities: nil)
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 0..<12 {
                let repository = number.isMultiple(of: 2) ? trusting : doubting
                group.addTask {
                    do {
                        return try await repository.fetch("main").id.isEmpty ? "" : "valid"
                    } catch { return (error as? GitSourceError)?.code.rawValue ?? "\(error)" }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["valid": 6, "certificate": 6])
    }

    @Test func `needs authorities that can be read`() async throws {
        let repository = try repository(authorities: "/nonexistent.pem")
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
        #expect(error.code == .configuration)
        #expect(error.message == "the certificate authorities in '/nonexistent.pem' cannot be loaded")
    }

    @Test(arguments: [("me:secret@", true), ("me:wrong-secret@", false), ("", false)])
    func `is reached through a proxy that asks for a password`(userInfo: String, isAllowed: Bool) async throws {
        var remote = remote
        remote.settings.certificateAuthorities = server.certificate
        remote.settings.proxy = try GitProxy("http://\(userInfo)127.0.0.1:\(server.proxyPort)")
        // Only the proxy knows where this is.
        let location = try GitLocation("https://localhost:1/work", trust: .configuration)
        let repository = GitRepository(location, settings: remote.settings)
        guard !isAllowed else {
            #expect(try await repository.read(revision: "main").files.map(\.path) == ["deploy/a.yaml"])
            return
        }
        let error = try await #require(throws: GitSourceError.self) { _ = try await repository.fetch("main") }
        #expect(error.code == .authentication)
        #expect(error.message == "the proxy 127.0.0.1:\(server.proxyPort) refuses the credentials, or there are none")
    }
}

/// A TLS server with a certificate of its own for `localhost` that passes everything on to a port of this machine, and
/// an HTTP proxy with a password that connects to it whatever it is asked for.
final class SecureWebServer {
    private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first(where: isExecutable)
    static let isInstalled = python != nil && isExecutable("/usr/bin/openssl")

    let certificate: String
    let port: Int
    let proxyPort: Int
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    init(upstream: Int) throws {
        directory = try TemporaryDirectory()
        let path = directory.path
        certificate = path + "/certificate.pem"
        try run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path + "/key.pem",
                "-out", certificate,
            ], environment: ["PATH": "/usr/bin:/bin", "HOME": path])
        try Self.script.write(toFile: path + "/server.py", atomically: true, encoding: .utf8)
        process = try ChildProcess(Self.python ?? "", [path + "/server.py", path, String(upstream)])
        let ports = try process.line(with: " ").split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
        guard ports.count == 2 else { throw ProgramFailure(description: "python3 did not start: \(ports)") }
        (port, proxyPort) = (ports[0], ports[1])
    }

    private static let script = """
        import base64, os, socket, ssl, sys, threading

        directory, upstream = sys.argv[1], int(sys.argv[2])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory + "/certificate.pem", directory + "/key.pem")
        password = b"Basic " + base64.b64encode(b"me:secret")

        def pump(source, sink):
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def join(one, port):
            other = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=pump, args=(one, other), daemon=True).start()
            pump(other, one)
            one.close()
            other.close()

        def serve_tls(connection):
            join(context.wrap_socket(connection, server_side=True), upstream)

        def serve_proxy(connection):
            request = b""
            while True:
                while b"\\r\\n\\r\\n" not in request:
                    data = connection.recv(65536)
                    if not data:
                        return
                    request += data
                if b"Proxy-Authorization: " + password in request:
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")
                    return join(connection, tls.getsockname()[1])
                request = b""
                connection.sendall(b"HTTP/1.1 407 Denied\\r\\nProxy-Authenticate: Basic realm=\\"x\\"\\r\\n"
                                   b"Content-Length: 0\\r\\n\\r\\n")

        def guarded(serve, connection):
            try:
                serve(connection)
            except OSError:
                connection.close()

        def listen(server, serve):
            while True:
                connection, _ = server.accept()
                threading.Thread(target=guarded, args=(serve, connection), daemon=True).start()

        tls = socket.create_server(("127.0.0.1", 0))
        proxy = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=listen, args=(tls, serve_tls), daemon=True).start()
        print(tls.getsockname()[1], proxy.getsockname()[1], flush=True)
        listen(proxy, serve_proxy)
        """
}
