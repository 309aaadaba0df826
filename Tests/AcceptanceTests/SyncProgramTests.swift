import Foundation
import KubeClient
import Manifests
import Resources
import Testing

extension Acceptance {
    /// `endstate sync` as a process.
    struct SyncProgramTests {
        /// What a process told of the ends of runs, and how it ended.
        private struct Story {
            var results: [String] = []
            var ending: Program.Ending
        }

        private static func application(
            _ name: String, _ workspace: Workspace, _ namespace: String, revision: String = "main"
        ) -> String {
            """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: \(name)}
            spec:
              namespace: \(namespace)
              source: {repository: "\(workspace.path)", revision: \(revision), path: \(name)}
              sync: {interval: 1h}
            """
        }

        private static func committed(_ files: [String: String]) throws -> Workspace {
            let workspace = try Workspace(files)
            try workspace.git("init", "--quiet", "--initial-branch", "main")
            try workspace.git("add", ".")
            try workspace.git("commit", "--quiet", "--message", "All")
            return workspace
        }

        /// Runs it with the configuration in `config`, until the last of the runs has ended.
        /// - Parameter next: What is done after each run but the last, and the signal that the process gets then.
        private static func run(
            _ workspace: Workspace, _ namespace: String, kubeconfig: String = Cluster.kubeconfig, runs: Int,
            next: @escaping @Sendable () throws -> Int32
        ) async throws -> Story {
            let program = try Program(
                [
                    "sync", "--config", "config", "--lease-namespace", namespace, "--listen", "127.0.0.1:0",
                    "--log-format", "json", "--kubeconfig", kubeconfig,
                ], in: workspace)
            let last = LineCounter(runs)
            let ending = try await program.run { line in
                guard ended(line) != nil else { return nil }
                if last.isReached() { return SIGTERM }
                do { return try next() } catch {
                    Issue.record(error)
                    return SIGTERM
                }
            }
            return Story(results: ending.lines.compactMap(ended), ending: ending)
        }

        /// The application whose run has ended with the line, and how.
        private static func ended(_ line: String) -> String? {
            guard let value = try? Value(json: Array(line.utf8)), let result = value["result"]?.string else {
                return nil
            }
            return "\(value["application"]?.string ?? ""): \(result)"
        }

        @Test(.timeLimit(.minutes(15)))
        func `SIGHUP has the configuration read again`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Self.committed([
                    "first/a.yaml": ApplyTests.configMap,
                    "second/b.yaml": ApplyTests.configMap.replacing("settings", with: "other"),
                ])
                try workspace.write(Self.application("first", workspace, namespace), to: "config/first.yaml")
                let story = try await Self.run(workspace, namespace, runs: 2) {
                    try workspace.write(Self.application("second", workspace, namespace), to: "config/second.yaml")
                    return SIGHUP
                }
                #expect(story.results == ["first: success", "second: success"], "\(story.ending.lines)")
                #expect(story.ending.status == 0, "\(story.ending.lines)")
                for name in ["settings", "other"] {
                    #expect(try await client.get(.configMaps, namespace: namespace, name: name) != nil)
                }
            }
        }

        @Test(.timeLimit(.minutes(15)), .realServer("a sandbox has one user, who may do everything"))
        func `the rights that manifests/ gives are enough to lead, apply, prune and end`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let name = "endstate-sync-\(namespace)"
                let workspace = try Self.committed([
                    "app/a.yaml": ApplyTests.configMap, "app/web.yaml": ApplyTests.deployment("web"),
                    "app/other.yaml": ApplyTests.configMap.replacing("settings", with: "other"),
                ])
                try workspace.write(Self.application("app", workspace, namespace), to: "config/app.yaml")
                let account = ServiceAccountUser(name: name, namespace: namespace)
                let story = try await Self.withRights(of: account, client) {
                    let kubeconfig = try Cluster.kubeconfig(as: account.user, in: workspace)
                    return try await Self.run(workspace, namespace, kubeconfig: kubeconfig, runs: 2) {
                        try workspace.git("checkout", "--quiet", "-b", "less")
                        try workspace.git("rm", "--quiet", "app/other.yaml")
                        try workspace.git("commit", "--quiet", "--message", "Less")
                        let less = Self.application("app", workspace, namespace, revision: "less")
                        try workspace.write(less, to: "config/app.yaml")
                        return SIGHUP
                    }
                }
                #expect(story.results == ["app: success", "app: success"], "\(story.ending.lines)")
                #expect(story.ending.status == 0, "\(story.ending.lines)")
                #expect(!story.ending.lines.contains { $0.contains("forbidden") }, "\(story.ending.lines)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "other") == nil)
            }
        }

        /// Does something while an account has the rights that `manifests/` gives.
        private static func withRights(
            of account: ServiceAccountUser, _ client: KubeClient, _ body: () async throws -> Story
        ) async throws -> Story {
            let rights = try rights(named: account.name, in: account.namespace)
            let result: Result<Story, any Error>
            do {
                for object in rights { _ = try await client.apply(object, as: .rights(object)) }
                // One by each of its ClusterRoles.
                try await account.awaitRight(to: "list", "nodes", client)
                try await account.awaitRight(to: "patch", "configmaps", client)
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            for object in rights where object.kind.hasPrefix("Cluster") {
                _ = try await client.delete(.rights(object), name: object.name)
            }
            return try result.get()
        }

        /// Those of `manifests/`, with other names than theirs.
        private static func rights(named name: String, in namespace: String) throws -> [KubernetesObject] {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../manifests")
            return try ["00-namespace.yaml", "rbac.yaml", "rbac-applications.yaml"].flatMap { file in
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                    .replacing("name: endstate-sync\n", with: "name: \(name)\n")
                    .replacing("name: endstate-sync-applications\n", with: "name: \(name)-applications\n")
                    .replacing("namespace: endstate\n", with: "namespace: \(namespace)\n")
                return try ManifestReader.read(
                    [ManifestFile(path: file, bytes: Array(text.utf8))], defaultNamespace: namespace
                ).set.manifests.map(\.object)
            }.filter { $0.kind != "Namespace" }
        }
    }
}

extension APIResource {
    /// That of an account or of a rule of RBAC.
    static func rights(_ object: KubernetesObject) -> APIResource {
        APIResource(
            object.groupVersionKind, plural: object.kind.lowercased() + "s",
            isNamespaced: !object.kind.hasPrefix("Cluster"))
    }
}
