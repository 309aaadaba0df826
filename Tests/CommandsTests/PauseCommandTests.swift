import Commands
import Synchronization
import TestSupport
import Testing

/// A pause that waits for a person.
@Suite struct PauseCommandTests {
    private static let manifests = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: canary}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: rest
          annotations: {config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/canary}
        """

    private static let settings = """
        apiVersion: endstate.dev/v1
        kind: Application
        spec:
          pauseAfter: [{object: /namespaces/default/ConfigMap/canary}]
        """

    private static func bench() throws -> Bench {
        let bench = try Bench(["all.yaml": manifests, "endstate.yaml": settings])
        try bench.useKubeconfig()
        return bench
    }

    private static func has(_ name: String, _ cluster: FakeCluster) -> Bool {
        cluster.object("/api/v1/namespaces/default/configmaps/\(name)") != nil
    }

    @Test func `without a terminal the run is not begun`() async throws {
        let cluster = FakeCluster()
        let ending = try await Self.bench().run(["apply", "--yes"], transport: cluster.transport)
        #expect(ending.status == .refused)
        #expect(
            ending.notes == """
                error[nobody-to-ask]: the plan waits for a person's yes after ConfigMap default/canary, and there is no terminal to ask on
                hint: run it on a terminal, or give the pause a soak in endstate.yaml

                """)
        #expect(!Self.has("canary", cluster))
    }

    @Test func `a yes lets the dependents start`() async throws {
        let cluster = FakeCluster()
        let ending = try await Self.bench().run(
            ["apply", "--yes"], transport: cluster.transport, readLine: { "y" })
        #expect(ending.status == .success, "\(ending.notes)")
        #expect(ending.notes.contains("ConfigMap default/canary is healthy. Go on? [y/N] "))
        #expect(Self.has("rest", cluster))
    }

    @Test func `a no undoes what was done`() async throws {
        let cluster = FakeCluster()
        let ending = try await Self.bench().run(
            ["apply", "--yes"], transport: cluster.transport, readLine: { "n" })
        #expect(ending.status == .rolledBack, "\(ending.notes)")
        #expect(ending.notes.contains("a person has said no after it"))
        #expect(!Self.has("canary", cluster))
        #expect(!Self.has("rest", cluster))
    }
}
