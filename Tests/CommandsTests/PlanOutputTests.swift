import Commands
import KubeClient
import Resources
import TestSupport
import Testing

@Suite struct PlanOutputTests {
    private static let configMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          colour: green
        """

    private static func bench(_ files: [String: String]) throws -> Bench {
        let bench = try Bench(files)
        try bench.useKubeconfig()
        return bench
    }

    @Test func `a first plan lists what it creates`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate("plan", transport: FakeCluster.transport())
        #expect(ending.notes.isEmpty)
        #expect(ending.status == .changes)
        #expect(
            ending.shown == """
                app in namespace default on test, from \(bench.app)
                plan DIGEST

                + create

                  1. + ConfigMap default/settings

                Plan: 1 to create, 0 to update, 0 to delete; 0 unchanged.

                """)
    }

    @Test func `a first diff shows the new object as a whole`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate("diff", transport: FakeCluster.transport())
        #expect(
            ending.output == """
                + ConfigMap default/settings  settings.yaml:1:1
                    + apiVersion: v1
                    + data:
                    +   colour: green
                    + kind: ConfigMap
                    + metadata:
                    +   labels:
                    +     applyset.kubernetes.io/part-of: applyset--7uswCBCUxGXtgELfUCayfJLsQpd3brCTS_SPJXqmVE-v1
                    +   name: settings
                    +   namespace: default

                Plan: 1 to create, 0 to update, 0 to delete; 0 unchanged.

                """)
    }

    @Test func `a plan for a pull request is a table`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate(
            "plan", "-o", "markdown", "--name", "my-app", transport: FakeCluster.transport())
        #expect(ending.output.contains("### my-app on test: 1 to create, 0 to update, 0 to delete; 0 unchanged."))
        #expect(ending.output.contains("| create | ConfigMap default/settings | settings.yaml:1 | by the server |\n"))
    }

    @Test func `a plan as JSON tells how each step was verified`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate("plan", "-o", "json", transport: FakeCluster.transport())
        let plan = try Value(json: ending.output)
        #expect(plan["kind"] == "Plan")
        #expect(plan[path: "summary", "create"] == 1)
        #expect(plan["steps"]?[0]?[path: "verification", "by"] == "server")
        #expect(plan[path: "cluster", "uid"] == "uid-kube-system")
    }

    @Test func `apply tells each event in a line, and what came of it`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let transport = FakeCluster.transport()
        let ending = await bench.endstate("apply", "--yes", transport: transport)
        #expect(ending.status == .success)
        let events = ending.notes.split(separator: "\n").map { $0.drop { $0 != "s" }.dropFirst() }
        #expect(
            events == [
                "  recorded  revision 1", "  applied   ConfigMap default/settings (created)",
                "  healthy   ConfigMap default/settings",
            ])
        #expect(ending.output.contains("Done: 1 written, 0 deleted, in "))
        let writes = transport.requests.filter { $0.method != .get && !$0.path.contains("dryRun") }.map(\.path)
        #expect(
            writes.map { $0.prefix { $0 != "?" } } == [
                "/apis/coordination.k8s.io/v1/namespaces/default/leases", "/api/v1/namespaces/default/secrets",
                "/api/v1/namespaces/default/secrets/endstate.app", "/api/v1/namespaces/default/configmaps/settings",
                "/api/v1/namespaces/default/secrets/endstate-revision.app.1",
                "/apis/coordination.k8s.io/v1/namespaces/default/leases/endstate.app",
            ])
    }

    @Test func `apply without a terminal needs to be told not to ask`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate("apply", transport: FakeCluster.transport())
        #expect(ending.status == .usage)
        #expect(ending.notes.hasPrefix("Error: There is no terminal to ask on: pass --yes to go on without asking.\n"))
        #expect(!ending.connected)
    }

    @Test func `what a server refuses is told at the manifest's line, and nothing is written`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let refusal = HTTPResponse.status(
            422, "Invalid", "ConfigMap \"settings\" is invalid: data: too long",
            causes: [["reason": "FieldValueTooLong", "field": "data", "message": "Too long"]])
        let transport = FakeCluster.transport(patched: refusal)
        let ending = await bench.endstate("apply", "--yes", transport: transport)
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[api-invalid]: the server refuses ConfigMap default/settings: ConfigMap "settings" is invalid: data: too long
                 --> settings.yaml:6:3
                  |
                6 |   colour: green
                  |   ^
                  = cause 1: data: Too long

                """)
        #expect(transport.requests.allSatisfy { $0.method == .get || $0.path.contains("dryRun=All") })
    }

    @Test func `a namespace for the record that does not exist is an error with a remedy`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.endstate("plan", "-n", "nowhere", transport: FakeCluster.transport())
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[namespace-missing]: the namespace nowhere, where application app keeps its record, does not exist
                hint: declare it in a manifest, create it (kubectl create namespace nowhere), or name another with --namespace

                """)
    }

    @Test func `a cycle of dependencies is told as a path, and nothing is written`() async throws {
        let cycle = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              annotations:
                config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/b
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: b
              annotations:
                config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/a
            """
        let bench = try Self.bench(["m.yaml": cycle])
        let transport = FakeCluster.transport()
        let ending = await bench.endstate("apply", "--yes", transport: transport)
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[dependency-cycle]: the declared order is a cycle: ConfigMap default/a → ConfigMap default/b → ConfigMap default/a
                  --> m.yaml:13:38
                   |
                13 |     config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/a
                   |                                      ^
                   = cause 1: ConfigMap default/a waits for ConfigMap default/b, because its annotation config.kubernetes.io/depends-on says so (m.yaml:6:38)
                   = cause 2: ConfigMap default/b waits for ConfigMap default/a, because its annotation config.kubernetes.io/depends-on says so (m.yaml:13:38)
                hint: remove one of these declarations

                """)
        #expect(transport.requests.allSatisfy { $0.method == .get })
    }

    @Test func `a kind that the cluster does not know is told with its place`() async throws {
        let bench = try Self.bench(["m.yaml": "apiVersion: v1\nkind: ConfigMop\nmetadata:\n  name: a\n"])
        let ending = await bench.endstate("apply", "--yes", transport: FakeCluster.transport())
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[unknown-kind]: the cluster does not know the kind ConfigMop of v1, and no manifest defines it
                 --> m.yaml:2:7
                  |
                2 | kind: ConfigMop
                  |       ^
                hint: did you mean v1 ConfigMap?

                """)
    }
}
