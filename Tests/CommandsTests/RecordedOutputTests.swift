import Commands
import Resources
import Testing

/// What is shown of an application that is there already.
@Suite struct RecordedOutputTests {
    private static func manifest(_ name: String, data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\ndata:\n\(data)"
    }

    private static func bench(_ files: [String: String]) throws -> Bench {
        let bench = try Bench(files)
        try bench.useKubeconfig()
        return bench
    }

    @Test func `a comment holds kept objects, verification and line diffs that a code host colours`() async throws {
        let bench = try Self.bench(["a.yaml": Self.manifest("a", data: "  text: |\n    one\n    three\n")])
        let kept = RecordedApplication.member("old", annotations: ["helm.sh/resource-policy": "keep"])
        let live = RecordedApplication.member("a", data: ["text": "one\ntwo\n"])
        let ending = await bench.run(
            ["plan", "-o", "markdown"], transport: RecordedApplication.transport(live, kept))
        #expect(
            ending.output == """
                ### app on test: 0 to create, 1 to update, 0 to delete; 0 unchanged, 1 kept.

                From \(bench.app).

                | | object | declared in | checked |
                |---|---|---|---|
                | update | ConfigMap default/a | a.yaml:1 | by the server |

                <details><summary>Field by field</summary>

                ConfigMap default/a

                ```diff
                ~ data.text:
                @@ -1,2 +1,2 @@
                 one
                -two
                +three
                ```

                </details>

                **No longer declared, and kept**

                - ConfigMap default/old: its annotation helm.sh/resource-policy: keep

                """)
    }

    @Test func `blank lines of a new text are shown`() async throws {
        let bench = try Self.bench(["a.yaml": Self.manifest("a", data: "  text: |\n    one\n\n    \tthree\n")])
        let diff = await bench.run(["diff"], transport: FakeCluster.transport())
        #expect(
            diff.output.contains("    +   text: |\n    +     one\n    +\n    +     \tthree\n    + kind: ConfigMap\n"))
        let yaml = await bench.run(["plan", "-o", "yaml"], transport: FakeCluster.transport())
        #expect(yaml.output.contains("text: |\n") && yaml.output.contains("one\n\n"))
    }

    @Test func `what could deceive the eye is escaped so that YAML reads it back`() async throws {
        let bench = try Self.bench(["a.yaml": Self.manifest("a", data: "  text: \"a\u{202E}b\u{E0001}\"\n")])
        let transport = RecordedApplication.transport(RecordedApplication.member("a", data: ["text": "x"]))
        let yaml = await bench.run(["plan", "-o", "yaml"], transport: transport)
        #expect(yaml.output.contains(#""new": "a\u202Eb\U000E0001""#), "\(yaml.output)")
        let text = await bench.run(["plan"], transport: transport)
        #expect(text.output.contains(#"data.text: x → a\u{202E}b\u{E0001}"#))
    }

    @Test func `a field that is taken over by force names its manager`() async throws {
        let bench = try Self.bench(["a.yaml": Self.manifest("a", data: "  colour: green\n")])
        let live = RecordedApplication.member("a", data: ["colour": "red"], owner: "kubectl-edit")
        let ending = await bench.run(
            ["plan", "--force-conflicts"], transport: RecordedApplication.transport(live))
        #expect(
            ending.shown == """
                app in namespace default on test, from \(bench.app)
                plan DIGEST

                ~ update

                  1. ~ ConfigMap default/a
                        ~ data.colour: red → green
                        ! data.colour is taken over from kubectl-edit

                Plan: 0 to create, 1 to update, 0 to delete; 0 unchanged.

                """)
    }

    @Test func `delete does not speak of health`() async throws {
        let bench = try Self.bench([:])
        let ending = await bench.run(
            ["delete", "--name", "app"], transport: RecordedApplication.transport(RecordedApplication.member("a")),
            readLine: { "n" })
        #expect(
            ending.shown == """
                app in namespace default on test, from the cluster
                plan DIGEST

                - delete

                dependents first:
                  - ConfigMap default/a

                Plan: 0 to create, 0 to update, 1 to delete; 0 unchanged.


                """)
    }

    @Test func `status is a table`() async throws {
        let members = RecordedApplication.transport(
            RecordedApplication.member("a"), RecordedApplication.member("settings"))
        let ending = try await Self.bench([:]).run(["status", "--name", "app"], transport: members)
        #expect(ending.status == .success)
        #expect(
            ending.output == """
                OBJECT                      HEALTH   DRIFT  AGE  REASON
                ConfigMap default/a         healthy         60m
                ConfigMap default/settings  healthy         60m

                2 of 2 healthy

                """)
    }

    @Test func `status of an application without members says so`() async throws {
        let ending = try await Self.bench([:]).run(
            ["status", "--name", "app"], transport: RecordedApplication.transport())
        #expect(ending.output == "no members\n")
    }

    @Test func `status by name reads the configuration of the current directory`() async throws {
        let settings =
            "apiVersion: endstate.dev/v1\nkind: Application\nmetadata: {name: x}\nspec: {namespace: kube-system}\n"
        let bench = try Self.bench(["endstate.yaml": settings, "m.yaml": "kind: ["])
        let ending = await bench.run(["status", "--name", "app"], transport: FakeCluster.transport())
        #expect(
            ending.notes.hasPrefix(
                "error[application-unknown]: the cluster has no application app in namespace kube-system\n"))
        let elsewhere = await bench.run(
            ["status", "--name", "app"], transport: RecordedApplication.transport(), directory: "")
        #expect(elsewhere.status == .success)
    }

    @Test func `delete takes name and namespace from a configuration`() async throws {
        let settings =
            "apiVersion: endstate.dev/v1\nkind: Application\nmetadata: {name: x}\nspec: {namespace: kube-system}\n"
        let bench = try Self.bench(["x.conf": settings])
        let ending = await bench.run(["delete", "--yes", "--config", "x.conf"], transport: FakeCluster.transport())
        #expect(
            ending.notes.hasPrefix(
                "error[application-unknown]: the cluster has no application x in namespace kube-system\n"))
    }

    @Test func `a kind that permits nothing is told`() async throws {
        let bench = try Self.bench([:])
        let arguments = ["PVC", "StatefulSet.app", "StatefulSets.apps", "Secret", "Widget.example.com"]
            .flatMap { ["--prune-allow-kind", $0] }
        let ending = await bench.run(["plan"] + arguments, transport: RecordedApplication.transport())
        let told = ending.notes.split(separator: "\n").filter { $0.hasPrefix("warning[unknown-kind]") }
        #expect(
            told == [
                "warning[unknown-kind]: --prune-allow-kind PVC is none of Kubernetes' own kinds",
                "warning[unknown-kind]: --prune-allow-kind StatefulSets.apps is none of Kubernetes' own kinds",
            ])
    }
}
