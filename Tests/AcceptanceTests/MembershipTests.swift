import Commands
import Foundation
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// What kubectl makes of an application of ours.
    @Suite struct MembershipTests {
        @Test func `kubectl finds the members by the ApplySet's label`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace([
                    "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
                    "b.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: b\n",
                ])
                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let parent = try #require(try await client.get(.secrets, namespace: namespace, name: "endstate.app"))
                let id = try #require(parent.labels["applyset.kubernetes.io/id"])
                #expect(parent.annotations["applyset.kubernetes.io/contains-group-kinds"] == "ConfigMap,ServiceAccount")
                let found = try await Kubectl(namespace: namespace).succeeds([
                    "get", "configmaps,serviceaccounts", "-l", "applyset.kubernetes.io/part-of=\(id)", "-o", "name",
                ])
                #expect(found.output == "configmap/a\nserviceaccount/b\n")
            }
        }

        @Test func `what kubectl applied client-side is adopted, and dropped fields go away`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let before =
                    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  keep: \"1\"\n  drop: \"2\"\n"
                let workspace = try Workspace(["a.yaml": before])
                try await Kubectl(namespace: namespace).succeeds(["apply", "-f", workspace.path + "/a.yaml"])
                try workspace.write(before.replacing("  drop: \"2\"\n", with: ""), to: "a.yaml")
                let apply = await workspace.endstate("apply", "--yes", "--adopt", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let live = try await client.get(.configMaps, namespace: namespace, name: "a")
                #expect(live?.value["data"] == ["keep": "1"])
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.output)")
            }
        }

        @Test(.enabled("needs kubectl 1.27 or newer on the PATH") { await Self.knowsApplySets() })
        func `kubectl leaves our ApplySet alone, and would prune the same members`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
                let workspace = try Workspace(["a.yaml": configMap + "a\n", "b.yaml": configMap + "b\n"])
                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let prune = [
                    "apply", "--prune", "--applyset=secret/endstate.app", "--dry-run=server", "-f",
                    workspace.path + "/a.yaml",
                ]
                let kubectl = Kubectl(namespace: namespace, program: "kubectl")
                let refused = try await kubectl(prune)
                #expect(!refused.isSuccess)
                #expect(refused.errors.contains("is managed by tooling \"endstate\""), "\(refused)")

                let tooling: Value = ["applyset.kubernetes.io/tooling": "kubectl/v1.27.0"]
                _ = try await client.patch(
                    .secrets, namespace: namespace, name: "endstate.app",
                    .merge(["metadata": ["annotations": tooling]]))
                let pruned = try await kubectl.succeeds(prune)
                #expect(pruned.output.contains("configmap/b pruned (server dry run)"), "\(pruned)")
                #expect(!pruned.output.contains("configmap/a pruned"), "\(pruned)")
            }
        }

        private static func knowsApplySets() async -> Bool {
            let command = ["version", "--client", "--output", "json"]
            guard let version = try? await Kubectl.run(command, program: "kubectl"), version.isSuccess,
                let value = try? Value(json: version.output),
                let minor = value[path: "clientVersion", "minor"]?.string.flatMap({ Int($0.prefix { $0.isNumber }) })
            else { return false }
            return minor >= 27
        }
    }
}
