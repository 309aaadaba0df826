import Commands
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// Policies, and doing without nodes, on a cluster of two nodes.
    @Suite struct PolicyTests {
        private static func deployment(_ name: String, of department: String) -> String {
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: \(name)
            spec:
              selector: {matchLabels: {app: \(name)}}
              template:
                metadata: {labels: {app: \(name), department: \(department)}}
                spec:
                  containers: [{name: main, image: "endstate.test/run:1"}]
            ---

            """
        }

        private static let policy = """
            apiVersion: endstate.dev/v1
            kind: PlacementPolicy
            metadata: {name: departments}
            spec: {mode: enforce, isolate: {label: department}}

            """

        private static func node(of app: String, _ namespace: String, _ client: KubeClient) async throws -> String? {
            let pods = try await client.list(.pods, namespace: namespace, labelSelector: "app=\(app)").items
            return pods.first?.value[path: "spec", "nodeName"]?.string
        }

        @Test func `departments that are kept apart are, and the second plan changes nothing`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace([
                    "ledger.yaml": Self.deployment("ledger", of: "payments"),
                    "index.yaml": Self.deployment("index", of: "research"), "policies.yaml": Self.policy,
                ])
                func endstate(_ arguments: String...) async -> Ending {
                    await workspace.run(arguments + ["--name", "app", "-n", namespace], kubeconfig: Cluster.kubeconfig)
                }
                let apply = await endstate("apply", "--yes")
                #expect(apply.status == .success, "\(apply.notes)")
                #expect(apply.output.contains("with pod anti-affinity by the policy departments"), "\(apply.output)")
                let ledger = try #require(try await Self.node(of: "ledger", namespace, client))
                let index = try #require(try await Self.node(of: "index", namespace, client))
                #expect(ledger != index)
                let diff = await endstate("diff")
                #expect(diff.status == .success, "\(diff.output)")
                let drain = await endstate("plan", "--without-node", ledger)
                #expect(drain.status == .refused, "\(drain.output)")
                #expect(
                    drain.output.contains("Deployment \(namespace)/ledger: 1 pod doesn't fit (impossible)"),
                    "\(drain.output)")
                let unknown = await endstate("plan", "--without-node", "no-such-node")
                #expect(unknown.status == .failure)
                #expect(unknown.notes.contains("error[no-such-node]"), "\(unknown.notes)")
            }
        }

        @Test func `the budgets of the cluster tell what can't be drained`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let isNew = client.serverVersion.map { $0 >= ServerVersion(major: 1, minor: 21) } ?? true
                let budget = """
                    apiVersion: policy/\(isNew ? "v1" : "v1beta1")
                    kind: PodDisruptionBudget
                    metadata: {name: ledger}
                    spec: {maxUnavailable: 0, selector: {matchLabels: {app: ledger}}}

                    """
                let workspace = try Workspace([
                    "ledger.yaml": Self.deployment("ledger", of: "payments") + budget
                ])
                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let node = try #require(try await Self.node(of: "ledger", namespace, client))
                let drain = await workspace.endstate(
                    "plan", "--name", "app", "-n", namespace, "--without-node", node)
                #expect(drain.status == .refused)
                #expect(
                    drain.output.contains(
                        "PodDisruptionBudget \(namespace)/ledger (maxUnavailable 0) lets no pod be evicted: 1 of 1 ready"
                    ),
                    "\(drain.output)")
            }
        }
    }
}
