import Commands
import Foundation
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// The program itself, as a process that is sent signals.
    @Suite struct ProgramTests {
        /// A claim that nothing binds, so that a run waits until it is stopped.
        private static let claim = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
            """

        @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
        func `a signal ends the run in order, and says what is left`(signal: Int32, status: Int32) async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["a.yaml": ApplyTests.configMap, "claim.yaml": Self.claim])
                let program = try Program(["apply", "--yes", "--name", "app", "-n", namespace], in: workspace)
                let ending = try await program.run { line in line.contains("waiting") ? signal : nil }
                #expect(ending.status == status, "\(ending.lines)")
                let text = ending.lines.joined(separator: "\n")
                #expect(text.contains("written, and left as it is:"), "\(text)")
                #expect(text.contains("    PersistentVolumeClaim \(namespace)/data"), "\(text)")
                #expect(text.contains("or go back with endstate rollback."), "\(text)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "settings") != nil)
            }
        }

        /// After each of the lines that a run prints, which come after each of its writes.
        @Test(arguments: [1, 2, 3, 5, 7])
        func `a killed run leaves what the next one goes on from`(line: Int) async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace([
                    "a.yaml": ApplyTests.configMap, "web.yaml": ApplyTests.deployment("web"),
                    "other.yaml": ApplyTests.configMap.replacing("settings", with: "other"),
                ])
                let counter = LineCounter(line)
                let program = try Program(["apply", "--yes", "--name", "app", "-n", namespace], in: workspace)
                _ = try await program.run { _ in counter.isReached() ? SIGKILL : nil }
                let again = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(again.status == .success, "\(again.notes)")
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.output)")
                try workspace.remove("other.yaml")
                let pruned = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(pruned.status == .success, "\(pruned.notes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "other") == nil)
            }
        }

        @Test func `the version is there at once`() async throws {
            let ending = try await Program(["--version"], in: try Workspace()).run { _ in nil }
            #expect(ending.status == 0)
        }
    }
}
