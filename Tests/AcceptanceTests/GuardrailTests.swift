import Commands
import KubeClient
import Resources
import Testing

extension Acceptance {
    @Suite struct GuardrailTests {
        private static func configMap(_ name: String, _ value: String = "1") -> String {
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: \(name)
            data:
              key: "\(value)"

            """
        }

        @Test func `an empty source deletes nothing without being allowed to`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["a.yaml": Self.configMap("a")])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                try workspace.write("# nothing\n", to: "a.yaml")
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                #expect(
                    refused.notes.contains("error[empty-set]: the source declares no objects, so the only member of"))
                let allowed = await workspace.endstate(
                    "apply", "--yes", "--allow-empty", "--name", "app", "-n", namespace)
                #expect(allowed.status == .success, "\(allowed.notes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "a") == nil)
            }
        }

        @Test func `more deletions than the budget are refused, and nothing is written`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let all = (1...20).map { Self.configMap("c\($0)") }
                let workspace = try Workspace(["a.yaml": all.joined(separator: "---\n")])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                try workspace.write(all.prefix(10).joined(separator: "---\n"), to: "a.yaml")
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                #expect(
                    refused.notes.contains("10 of 20 members would be deleted, and at most 6 may be"),
                    "\(refused.notes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "c20") != nil)
            }
        }

        @Test func `an object that nobody owns is adopted only when asked`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let theirs: Value = [
                    "apiVersion": "v1", "kind": "ConfigMap",
                    "metadata": ["name": "a", "namespace": .string(namespace)],
                    "data": ["key": "theirs", "other": "kept"],
                ]
                _ = try await client.create(KubernetesObject(theirs), as: .configMaps, fieldManager: "someone")
                let workspace = try Workspace(["a.yaml": Self.configMap("a")])
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                let allowed = await workspace.endstate(
                    "apply", "--yes", "--adopt", "--force-conflicts", "--name", "app", "-n", namespace)
                #expect(allowed.status == .success, "\(allowed.notes)")
                let live = try await client.get(.configMaps, namespace: namespace, name: "a")
                #expect(live?.value["data"] == ["key": "1", "other": "kept"])
            }
        }

        @Test func `an object of another application is never taken`() async throws {
            try await Cluster.withNamespace { namespace, _ in
                let workspace = try Workspace(["a.yaml": Self.configMap("a")])
                _ = await workspace.endstate("apply", "--yes", "--name", "one", "-n", namespace)
                let refused = await workspace.endstate(
                    "apply", "--yes", "--adopt", "--force-conflicts", "--name", "two", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                #expect(refused.notes.contains("error[belongs-to-another-set]"))
            }
        }

        @Test func `fields of another manager are shown with both values, and taken only by force`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["a.yaml": Self.configMap("a")])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                _ = try await client.patch(
                    .configMaps, namespace: namespace, name: "a", .merge(["data": ["key": "9"]]),
                    fieldManager: "someone")
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .changes)
                #expect(
                    diff.output.contains("! data.key is owned by someone: \"9\" there, \"1\" here"), "\(diff.output)")
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                let forced = await workspace.endstate(
                    "apply", "--yes", "--force-conflicts", "--name", "app", "-n", namespace)
                #expect(forced.status == .success, "\(forced.notes)")
                #expect(
                    try await client.get(.configMaps, namespace: namespace, name: "a")?.value["data"] == ["key": "1"])
            }
        }

        @Test func `a secret's value shows nowhere`() async throws {
            try await Cluster.withNamespace { namespace, _ in
                func secret(_ value: String) -> String {
                    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: \(value)\n"
                }
                let workspace = try Workspace(["s.yaml": secret("first-s3cret")])
                let arguments = ["--name", "app", "-n", namespace]
                let runs = [
                    await workspace.endstate("diff", arguments[0], arguments[1], arguments[2], arguments[3]),
                    await workspace.endstate("apply", "--yes", arguments[0], arguments[1], arguments[2], arguments[3]),
                ]
                try workspace.write(secret("second-s3cret"), to: "s.yaml")
                let changed = await workspace.endstate("diff", arguments[0], arguments[1], arguments[2], arguments[3])
                #expect(changed.output.contains("~ data.password: ****** (changed)"), "\(changed.output)")
                for run in runs + [changed] {
                    for hidden in ["s3cret", "Zmlyc3Qtc", "c2Vjb25kLX"] {
                        #expect(!(run.output + run.notes).contains(hidden))
                    }
                }
            }
        }
    }
}
