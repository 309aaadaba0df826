import KubeClient
import Resources
import Synchronization
import TestSupport
import Testing

struct WritePermitTests {
    private struct Refused: Error {}

    /// What is asked of the server, and whether that needs a permit.
    private static let calls: [(String, Bool, @Sendable (KubeClient) async throws -> Void)] = [
        ("get", false, { _ = try await $0.get(.configMaps, namespace: "shop", name: "a") }),
        ("version", false, { _ = try? await $0.version() }),
        ("apply", true, { _ = try await $0.apply(.configMap("a"), as: .configMaps) }),
        ("dry run", false, { _ = try await $0.apply(.configMap("a"), as: .configMaps, options: .init(dryRun: true)) }),
        ("create", true, { _ = try await $0.create(.configMap("a"), as: .configMaps) }),
        ("dry create", false, { _ = try await $0.create(.configMap("a"), as: .configMaps, dryRun: true) }),
        ("update", true, { _ = try await $0.update(.configMap("a", resourceVersion: "1"), as: .configMaps) }),
        ("patch", true, { _ = try await $0.patch(.configMaps, namespace: "shop", name: "a", .merge([:])) }),
        ("delete", true, { _ = try await $0.delete(.configMaps, namespace: "shop", name: "a") }),
    ]

    @Test(arguments: calls.indices)
    func `only what changes something on the server needs the permit`(index: Int) async throws {
        let (name, isWrite, call) = Self.calls[index]
        let transport = FakeTransport { _, _ in .json(KubernetesObject.configMap("a").value) }
        var client = KubeClient.of(transport)
        client.writePermit = { throw Refused() }
        if isWrite {
            await #expect(throws: Refused.self, "\(name)") { try await call(client) }
        } else {
            try await call(client)
        }
        #expect(transport.requests.count == (isWrite ? 0 : 1), "\(name)")
    }

    @Test func `a retry needs the permit as well`() async throws {
        let isPermitted = Mutex(true)
        let transport = FakeTransport { _, _ in
            isPermitted.withLock { $0 = false }
            return .status(429, "TooManyRequests", "busy", headers: ["Retry-After": "1"])
        }
        var client = KubeClient.of(transport)
        client.writePermit = {
            // An error that would be retried, were it a request's.
            if !isPermitted.withLock({ $0 }) { throw KubeClientError(.notProcessed, "no permit") }
        }
        let error = await #expect(throws: KubeClientError.self) {
            try await client.apply(.configMap("a"), as: .configMaps)
        }
        #expect(error?.message == "no permit")
        #expect(transport.requests.count == 1)
    }
}
