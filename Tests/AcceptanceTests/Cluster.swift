import Foundation
import KubeClient
import Resources
import TestSupport
import Testing

/// The tests on a whole cluster: the one that `ENDSTATE_TEST_KUBECONFIG` names, else a sandbox of this process.
@Suite(.withNodes, .timeLimit(.minutes(60)))
enum Acceptance {}

/// The cluster under test.
enum Cluster {
    static let variables = ProcessInfo.processInfo.environment
    static let isSandbox = variables["ENDSTATE_TEST_KUBECONFIG"] == nil
    static let kubeconfig = variables["ENDSTATE_TEST_KUBECONFIG"] ?? SandboxUnderTest.kubeconfig

    static func transport() throws -> any Transport {
        try HTTPTransport(.load(kubeconfig: kubeconfig, environment: [:]), options: .patient)
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
                if !isSandbox { try await client.awaitAccount(in: name) }
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

extension Cluster {
    /// The path of a kubeconfig of the administrator's who acts as another account.
    static func kubeconfig(as account: String, in workspace: Workspace) throws -> String {
        let text = try String(contentsOfFile: kubeconfig, encoding: .utf8)
        let path = workspace.path + "-kubeconfig"
        let user = try #require(text.firstRange(of: "client-certificate"))
        let head = text[..<user.lowerBound]
        let indentation = String(head.reversed().prefix { $0 == " " })
        try (head + "as: \(account)\n" + indentation + text[user.lowerBound...])
            .write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

/// Plays the nodes of a control plane that has none while the suite runs; a sandbox has its own.
struct NodesTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        if Cluster.isSandbox {
            try await SandboxUnderTest.start()
            return try await function()
        }
        try await Cluster.withClient { client in
            let name = "endstate-test-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
            let kubelet = FakeKubelet(client: client, name: name, nodes: 2, startDelay: .milliseconds(200))
            try await kubelet.run { try await function() }
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// For what a sandbox doesn't have.
    static func realServer(_ reason: Comment) -> ConditionTrait {
        .enabled(if: !Cluster.isSandbox, "set ENDSTATE_TEST_KUBECONFIG: \(reason)")
    }

    /// For what only a sandbox does.
    static func sandbox(_ reason: Comment) -> ConditionTrait {
        .enabled(if: Cluster.isSandbox, "ENDSTATE_TEST_KUBECONFIG is set: \(reason)")
    }
}

extension Trait where Self == NodesTrait {
    static var withNodes: NodesTrait { NodesTrait() }
}
