import Commands
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// Plans that are run on a twin of the cluster.
    @Suite struct RehearsalTests {
        private static func files(image: String = "endstate.test/run:1") -> [String: String] {
            ["a.yaml": ApplyTests.configMap, "web.yaml": ApplyTests.deployment("web", image: image)]
        }

        @Test func `a plan that would succeed is told with the nodes of its pods, and nothing is written`() async throws
        {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(Self.files())
                let ending = await workspace.endstate("rehearse", "--name", "app", "-n", namespace)
                #expect(ending.status == .success, "\(ending.notes)\(ending.output)")
                #expect(ending.writes.isEmpty, "\(ending.writes)")
                #expect(ending.output.contains("healthy   Deployment \(namespace)/web"), "\(ending.output)")
                #expect(
                    ending.output.contains("Where pods land:\n    Deployment \(namespace)/web  "), "\(ending.output)")
                #expect(ending.output.contains("Rehearsal: it would succeed"), "\(ending.output)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "settings") == nil)
            }
        }

        @Test func `what is there already is updated on the twin, and goes back to what it was`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(Self.files())
                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)\(apply.output)")
                try workspace.write(ApplyTests.deployment("web", replicas: 2), to: "web.yaml")
                let update = await workspace.endstate("rehearse", "--name", "app", "-n", namespace)
                #expect(update.status == .success, "\(update.notes)\(update.output)")
                #expect(update.output.contains(/\([01] new\)/), "\(update.output)")
                try workspace.write(
                    ApplyTests.deployment("web", image: "endstate.test/image-missing:1"), to: "web.yaml")
                let failure = await workspace.endstate("rehearse", "--name", "app", "-n", namespace)
                #expect(failure.status == .refused, "\(failure.notes)\(failure.output)")
                #expect(failure.output.contains("it would fail and be rolled back"), "\(failure.output)")
                #expect((update.writes + failure.writes).isEmpty)
            }
        }

        @Test func `a plan that would fail is refused before anything is written`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(Self.files(image: "endstate.test/image-missing:1"))
                let ending = await workspace.endstate("rehearse", "--name", "app", "-n", namespace)
                #expect(ending.status == .refused, "\(ending.notes)\(ending.output)")
                #expect(ending.writes.isEmpty, "\(ending.writes)")
                #expect(ending.output.contains("cannot be pulled"), "\(ending.output)")
                #expect(ending.output.contains("it would fail and be rolled back"), "\(ending.output)")
                let apply = await workspace.endstate("apply", "--rehearse", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .refused, "\(apply.notes)\(apply.output)")
                #expect(apply.notes.contains("error[rehearsal-failed]"), "\(apply.notes)")
                #expect(apply.writes.isEmpty, "\(apply.writes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "settings") == nil)
            }
        }
    }
}
