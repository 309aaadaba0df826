import Commands
import Foundation
import KubeClient
import Manifests
import Resources
import Testing

extension Acceptance {
    /// `examples/ci/ci-account.yaml` is enough for what it says.
    @Suite(.realServer("a sandbox has one user, who may do everything"), .timeLimit(.minutes(15)))
    struct RightsTests {
        private static let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../examples/ci/ci-account.yaml")

        @Test func `the CI account plans, rehearses, applies, prunes and deletes with what it is given`() async throws {
            try await Cluster.withNamespace { namespace, client in
                try await Self.createAccount(namespace, client)
                let workspace = try Workspace([
                    "a.yaml": ApplyTests.configMap, "web.yaml": ApplyTests.deployment("web"),
                    "other.yaml": ApplyTests.configMap.replacing("settings", with: "other"),
                ])
                let kubeconfig = try Self.kubeconfig(namespace, in: workspace)
                func run(_ arguments: String...) async -> Ending {
                    await workspace.run(arguments + ["--name", "app", "-n", namespace], kubeconfig: kubeconfig)
                }
                let account = ServiceAccountUser(name: "endstate-ci", namespace: namespace)
                // One by each of its roles.
                try await account.awaitRight(to: "patch", "configmaps", client)
                try await account.awaitRight(to: "list", "nodes", client)
                let plan = await run("plan")
                #expect(plan.status == .changes, "\(plan.notes)")
                let rehearsal = await run("rehearse")
                #expect(rehearsal.status == .success, "\(rehearsal.notes)\(rehearsal.output)")
                #expect(!rehearsal.output.contains("may not be read"), "\(rehearsal.output)")
                let apply = await run("apply", "--yes")
                #expect(apply.status == .success, "\(apply.notes)")
                let drain = await run("plan", "--without-node", "*")
                // Whether all can be lost depends on what else runs in the cluster.
                #expect(drain.status != .failure, "\(drain.notes)")
                #expect(drain.output.contains("one at a time:\n"), "\(drain.output)")
                try workspace.remove("other.yaml")
                let prune = await run("apply", "--yes")
                #expect(prune.status == .success, "\(prune.notes)")
                let status = await run("status")
                #expect(status.status == .success, "\(status.notes)")
                #expect(status.output.contains("2 of 2 healthy"), "\(status.output)")
                let delete = await run("delete", "--yes")
                #expect(delete.status == .success, "\(delete.notes)")
                try await Self.removeClusterRole(namespace, client)
            }
        }

        @Test func `an account without rights is told what it may not do, and writes nothing`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["a.yaml": ApplyTests.configMap])
                let kubeconfig = try Self.kubeconfig(namespace, in: workspace)
                let ending = await workspace.run(
                    ["apply", "--yes", "--name", "app", "-n", namespace], kubeconfig: kubeconfig)
                #expect(ending.status == .failure)
                #expect(ending.notes.contains("system:serviceaccount:\(namespace):endstate-ci"), "\(ending.notes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "settings") == nil)
            }
        }

        /// The account's objects, with the test's namespace in place of the file's.
        private static func createAccount(_ namespace: String, _ client: KubeClient) async throws {
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing("name: endstate-ci\n", with: "name: endstate-ci-\(namespace)\n")
                .replacing("namespace: shop", with: "namespace: \(namespace)")
                .replacing("kube-system, shop]", with: "kube-system, \(namespace)]")
            let manifests = try ManifestReader.read(
                [ManifestFile(path: "account.yaml", bytes: Array(text.utf8))], defaultNamespace: namespace
            ).set.manifests
            for manifest in manifests where manifest.object.kind != "Namespace" {
                var object = manifest.object
                if object.kind == "ServiceAccount" { object.value["metadata"]?["name"] = "endstate-ci" }
                if var subjects = object.value["subjects"]?.array {
                    for index in subjects.indices { subjects[index]["name"] = "endstate-ci" }
                    object.value["subjects"] = .array(subjects)
                }
                _ = try await client.apply(object, as: .rights(object))
            }
        }

        private static func removeClusterRole(_ namespace: String, _ client: KubeClient) async throws {
            for kind in ["ClusterRoleBinding", "ClusterRole"] {
                let resource = APIResource.rights(
                    KubernetesObject(["apiVersion": "rbac.authorization.k8s.io/v1", "kind": .string(kind)]))
                _ = try await client.delete(resource, name: "endstate-ci-\(namespace)")
            }
        }

        private static func kubeconfig(_ namespace: String, in workspace: Workspace) throws -> String {
            try Cluster.kubeconfig(as: "system:serviceaccount:\(namespace):endstate-ci", in: workspace)
        }
    }
}
