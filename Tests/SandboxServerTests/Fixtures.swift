import FoundationEssentials
import Glibc
import SandboxCluster
import SandboxServer
import Synchronization

/// Answers as a closure says.
struct StubResponder: SandboxResponder {
    let answer: @Sendable (SandboxRequest) async -> SandboxResponse

    init(_ answer: @escaping @Sendable (SandboxRequest) async -> SandboxResponse) {
        self.answer = answer
    }

    /// Tells the method, the path and the length of the body of each request.
    static let echo = StubResponder { request in
        .text("\(request.method) \(request.path) \(request.body.count)")
    }

    func respond(to request: SandboxRequest) async -> SandboxResponse { await answer(request) }
}

extension SandboxResponse {
    static func text(_ text: String, status: Int = 200) -> SandboxResponse {
        SandboxResponse(status: status, headers: [("Content-Type", "text/plain")], body: .bytes(Array(text.utf8)))
    }

    static func watch(_ chunks: AsyncStream<[UInt8]>) -> SandboxResponse {
        SandboxResponse(status: 200, headers: [("Content-Type", "application/json")], body: .chunks(chunks))
    }
}

/// Opens once; who waits for it goes on then.
final class Latch: Sendable {
    private let stream = AsyncStream.makeStream(of: Never.self)

    func open() { stream.continuation.finish() }

    /// Returns as soon as the latch is open or the task cancelled.
    func wait() async {
        for await _ in stream.stream {}
    }
}

/// A directory of its own for the body, which is gone after it.
func withDirectory<T>(_ body: (String) async throws -> T) async throws -> T {
    let path = NSTemporaryPath.make()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}

private enum NSTemporaryPath {
    static func make() -> String {
        let parent = FileManager.default.temporaryDirectory.path
        return "\(parent)/sandbox-server-\(getpid())-\(UInt64.random(in: .min ... .max))"
    }
}

extension SandboxServer {
    /// Runs the body with a connection to a server.
    static func test<T: Sendable>(
        _ responder: any SandboxResponder = StubResponder.echo, options: Options = .patient,
        _ body: (inout RawClient, AccessToken) async throws -> T
    ) async throws -> T {
        try await run(responder, as: try SandboxIdentity(), options: options) { endpoint in
            try await RawClient.run(endpoint) { client in try await body(&client, endpoint.identity.token) }
        }
    }
}

extension SandboxServer.Options {
    /// Those of a server whose clients may take their time, as tests do on a machine that is busy with others.
    static var patient: Self {
        var options = Self()
        options.quietTimeout = .seconds(3600)
        options.stallTimeout = .seconds(3600)
        options.drainTimeout = .seconds(3600)
        return options
    }
}
