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
                let found = try Self.kubectl(
                    "get", "configmaps,serviceaccounts", "-n", namespace, "-l", "applyset.kubernetes.io/part-of=\(id)",
                    "-o", "name"
                )
                #expect(found == "configmap/a\nserviceaccount/b\n")
            }
        }

        @Test func `what kubectl applied client-side is adopted, and dropped fields go away`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let before =
                    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  keep: \"1\"\n  drop: \"2\"\n"
                let workspace = try Workspace(["a.yaml": before])
                _ = try Self.kubectl("apply", "-n", namespace, "-f", workspace.path + "/a.yaml")
                try workspace.write(before.replacing("  drop: \"2\"\n", with: ""), to: "a.yaml")
                let apply = await workspace.endstate("apply", "--yes", "--adopt", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let live = try await client.get(.configMaps, namespace: namespace, name: "a")
                #expect(live?.value["data"] == ["keep": "1"])
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.output)")
            }
        }

        private static func kubectl(_ arguments: String...) throws -> String {
            let program = Cluster.variables["ENDSTATE_TEST_KUBECTL"] ?? "kubectl"
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [program, "--kubeconfig", Cluster.kubeconfig ?? ""] + arguments
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let bytes = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
