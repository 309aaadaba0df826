import Foundation
import KubeClient
import Resources
import TestSupport
import Testing

/// The tests against a real API server, the one that `ENDSTATE_TEST_KUBECONFIG` names.
@Suite(
    .enabled(if: Cluster.kubeconfig != nil, "set ENDSTATE_TEST_KUBECONFIG to run the tests against an API server"),
    .withNodes
)
enum Acceptance {}

/// The cluster under test.
enum Cluster {
    static let variables = ProcessInfo.processInfo.environment
    static let kubeconfig = variables["ENDSTATE_TEST_KUBECONFIG"]

    static func transport() throws -> any Transport {
        let path = try #require(kubeconfig)
        return try HTTPTransport(ClusterConfiguration.load(kubeconfig: path, environment: [:]))
    }

    /// Runs the body with a client of the cluster, and closes the connections after it.
    static func withClient<Success>(_ body: (KubeClient) async throws -> Success) async throws -> Success {
        let transport = try transport()
        do {
            var client = KubeClient(transport: transport)
            client.serverVersion = try await client.version()
            let result = try await body(client)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Runs the body with a namespace of its own, which is removed after it.
    static func withNamespace<Success>(_ body: (String, KubeClient) async throws -> Success) async throws -> Success {
        try await withClient { client in
            let name = "endstate-test-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
            _ = try await client.create(
                KubernetesObject(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]),
                as: .namespaces
            )
            do {
                let result = try await body(name, client)
                _ = try await client.delete(.namespaces, name: name)
                return result
            } catch {
                _ = try await client.delete(.namespaces, name: name)
                throw error
            }
        }
    }
}

/// Plays the nodes of a control plane that has none while the suite runs.
struct NodesTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await Cluster.withClient { client in
            let name = "endstate-test-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
            let kubelet = FakeKubelet(client: client, name: name, nodes: 2, startDelay: .milliseconds(200))
            try await kubelet.run { try await function() }
        }
    }
}

extension Trait where Self == NodesTrait {
    static var withNodes: NodesTrait { NodesTrait() }
}
