import Manifests
import Resources
import Testing

@Suite struct SyncConfigurationTests {
    static func application(_ name: String, dependsOn: [String] = [], more: String = "") -> String {
        """
        apiVersion: endstate.dev/v1
        kind: Application
        metadata: {name: \(name)}
        spec:
          source: {repository: https://git.example.com/\(name)}
          dependsOn: [\(dependsOn.joined(separator: ", "))]
        \(more)
        """
    }

    private func read(_ files: [(String, String)]) throws(ManifestErrors) -> SyncConfiguration {
        try SyncConfiguration.read(files: files.map { ManifestFile(path: $0.0, bytes: Array($0.1.utf8)) })
    }

    private func report(_ files: [(String, String)]) -> String {
        do { return try read(files).applications.map(\.name).joined(separator: " ") } catch { return error.rendered() }
    }

    @Test func `applications come from any document of any file`() throws {
        let both = Self.application("shop", dependsOn: ["database"]) + "\n---\n---\n" + Self.application("queue")
        let server = "apiVersion: endstate.dev/v1\nkind: SyncServer\nspec: {concurrency: 2}\n"
        let configuration = try read([
            ("a.yaml", both), ("b.json", #"{"apiVersion":"v1","kind":"List","items":[]}"#), ("c.yaml", server),
            ("d.yaml", Self.application("database")), ("e.yaml", ""),
        ])
        #expect(configuration.applications.map(\.name) == ["shop", "queue", "database"])
        #expect(
            configuration.applications.map(\.location?.description) == ["a.yaml:3:18", "a.yaml:12:18", "d.yaml:3:18"])
        #expect(configuration.applications.allSatisfy { $0.parent == nil })
        #expect(
            configuration.applications.first?.settings.source
                == SourceSettings(repository: "https://git.example.com/shop"))
        #expect(configuration.server.concurrency == 2)
    }

    @Test func `all problems of all files are told at once`() {
        let server = "apiVersion: endstate.dev/v1\nkind: SyncServer\n"
        let nameless = "apiVersion: endstate.dev/v1\nkind: Application\n"
        #expect(
            report([
                ("a.yaml", server), ("b.yaml", server), ("c.yaml", nameless), ("d.yaml", "kind: [\n"),
                ("e.yaml", "apiVersion: endstate.dev/v1\nkind: SyncServr\n"), ("f.yaml", "- a\n"),
                ("g.yaml", "apiVersion: v1\nkind: ConfigMap\n"), ("h.yaml", Self.application("shop")),
                ("i.yaml", Self.application("shop", more: "  concurrency: 0")),
            ]).split(separator: "\n").filter { $0.hasPrefix("error") || $0.contains("-->") || $0.hasPrefix("hint") }
                .joined(separator: "\n") == """
                    error[duplicate-server]: there is a second SyncServer
                     --> b.yaml:1:1
                    hint: remove one of them
                    error[invalid-setting]: metadata.name is missing
                     --> c.yaml:1:1
                    error[invalid-setting]: spec.source is missing: it says where the application is read from
                     --> c.yaml:1:1
                    error[syntax]: expected a value here
                     --> d.yaml:2:1
                    error[unknown-kind]: unknown kind "SyncServr" of endstate.dev/v1; known are: Application, SyncServer
                     --> e.yaml:2:7
                    hint: did you mean SyncServer?
                    error[not-an-object]: a configuration must be an object, not a list
                     --> f.yaml:1:1
                    hint: give it apiVersion, kind and metadata
                    error[unknown-kind]: unknown apiVersion "v1"; known is: endstate.dev/v1
                     --> g.yaml:1:13
                    error[duplicate-application]: there is a second Application shop
                     --> i.yaml:3:18
                    hint: give it another name, or remove one of them
                    error[invalid-setting]: spec.concurrency must be from 1 to 256, not 0
                     --> i.yaml:7:16
                    """)
    }

    @Test func `a dependency that does not exist is told`() {
        #expect(
            report([
                ("a.yaml", Self.application("shop", dependsOn: ["databas"])), ("b.yaml", Self.application("database")),
            ]) == """
                error[unknown-application]: shop depends on databas, which does not exist
                 --> a.yaml:6:15
                  |
                6 |   dependsOn: [databas]
                  |               ^
                hint: did you mean database?
                """)
    }

    @Test func `applications that wait for each other are told with the whole way`() {
        #expect(
            report([
                // What leads to a circle is none.
                ("a.yaml", Self.application("a", dependsOn: ["shop"])),
                ("b.yaml", Self.application("shop", dependsOn: ["free", "queue"])),
                ("c.yaml", Self.application("queue", dependsOn: ["database"])),
                ("d.yaml", Self.application("database", dependsOn: ["shop"])),
                ("e.yaml", Self.application("free")),
            ]) == """
                error[application-cycle]: applications wait for each other: database → shop → queue → database
                 --> d.yaml:6:15
                  |
                6 |   dependsOn: [shop]
                  |               ^
                  = cause 1: database depends on shop at d.yaml:6:15
                  = cause 2: shop depends on queue at b.yaml:6:21
                  = cause 3: queue depends on database at c.yaml:6:15
                hint: remove one of the names from dependsOn
                """)
    }

    @Test func `circles without a common member are all told`() {
        func application(_ name: String, _ dependsOn: [String]) -> SyncApplication {
            var settings = ApplicationSettings()
            settings.dependsOn = dependsOn
            return SyncApplication(name: name, settings: settings)
        }
        let applications = [
            application("a", ["b"]), application("b", ["a", "c"]), application("c", ["d"]), application("d", ["c"]),
            application("e", ["a", "c", "f"]), application("f", []),
        ]
        #expect(
            SyncConfiguration.problems(between: applications).map(\.message) == [
                "applications wait for each other: a → b → a", "applications wait for each other: c → d → c",
            ])
    }

    @Test func `a long chain is no circle`() {
        let applications = (0..<2_000).map { number in
            var settings = ApplicationSettings()
            settings.dependsOn = number == 0 ? [] : ["a\(number - 1)"]
            return SyncApplication(name: "a\(number)", settings: settings)
        }
        #expect(SyncConfiguration.problems(between: applications).isEmpty)
    }
}
