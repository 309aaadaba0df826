import Commands
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// Changes that a server refuses, and what can't be tried out.
    @Suite struct ReplacementTests {
        private static func job(_ image: String, _ annotations: String = "") -> String {
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: migrate
              annotations: {\(annotations)}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "\(image)"}]
            """
        }

        @Test func `a change of an immutable field is refused, and names the way out`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["job.yaml": Self.job("endstate.test/run:1")])
                let first = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(first.status == .success, "\(first.notes)")
                let uid = try await Self.uid(client, namespace)
                try workspace.write(Self.job("endstate.test/run:2"), to: "job.yaml")
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                #expect(
                    refused.notes.contains(
                        "has a change that the server refuses, so it would have to be deleted and created anew"))
                #expect(refused.notes.contains("endstate.dev/replace: \"true\""))
                #expect(try await Self.uid(client, namespace) == uid)
            }
        }

        @Test func `a manifest that opts in is replaced`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let optIn = "endstate.dev/replace: \"true\""
                let workspace = try Workspace(["job.yaml": Self.job("endstate.test/run:1", optIn)])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                let uid = try await Self.uid(client, namespace)
                try workspace.write(Self.job("endstate.test/run:2", optIn), to: "job.yaml")
                let replaced = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(replaced.status == .success, "\(replaced.notes)")
                #expect(replaced.notes.contains("applied   Job \(namespace)/migrate (replaced)"), "\(replaced.notes)")
                #expect(try await Self.uid(client, namespace) != uid)
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.output)")
            }
        }

        @Test func `a protected kind is deleted only with permission`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let claim = """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: data}
                    spec:
                      accessModes: [ReadWriteOnce]
                      storageClassName: none
                      resources: {requests: {storage: 1Gi}}
                    """
                let workspace = try Workspace(["a.yaml": ApplyTests.configMap, "claim.yaml": claim])
                _ = await workspace.endstate("apply", "--yes", "--no-wait", "--name", "app", "-n", namespace)
                try workspace.remove("claim.yaml")
                let refused = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(refused.status == .refused)
                #expect(refused.writes.isEmpty)
                #expect(
                    refused.notes.contains(
                        """
                        error[protected-kind]: PersistentVolumeClaim \(namespace)/data would be deleted, and objects of \
                        kind PersistentVolumeClaim are protected
                        hint: if it is meant, pass --prune-allow-kind PersistentVolumeClaim
                        """), "\(refused.notes)")
            }
        }

        @Test func `what a quota would refuse is refused before anything is written`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let quota: Value = [
                    "apiVersion": "v1", "kind": "ResourceQuota",
                    "metadata": ["name": "few", "namespace": .string(namespace)],
                    "spec": ["hard": ["services.nodeports": "0"]],
                ]
                let kind = GroupVersionKind(apiVersion: "v1", kind: "ResourceQuota")
                let quotas = APIResource(kind, plural: "resourcequotas", isNamespaced: true)
                _ = try await client.create(KubernetesObject(quota), as: quotas)
                while try await client.get(quotas, namespace: namespace, name: "few")?.value["status"]?["hard"] == nil {
                    await Task.yield()
                }
                let service = """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web}
                    spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
                    """
                let workspace = try Workspace(["a.yaml": ApplyTests.configMap, "b.yaml": service])
                let ending = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(ending.status == .failure)
                #expect(ending.notes.contains("exceeded quota: few"), "\(ending.notes)")
                #expect(ending.notes.contains(" --> b.yaml:1:1"), "\(ending.notes)")
                #expect(ending.writes.isEmpty)
            }
        }

        private static func uid(_ client: KubeClient, _ namespace: String) async throws -> String? {
            let kind = GroupVersionKind(apiVersion: "batch/v1", kind: "Job")
            let jobs = APIResource(kind, plural: "jobs", isNamespaced: true)
            return try await client.get(jobs, namespace: namespace, name: "migrate")?.uid
        }
    }
}
