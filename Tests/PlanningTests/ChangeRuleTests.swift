import Planning
import Resources
import Testing

@Suite struct `kapp's change rules` {
    @Test func `an object waits for the end of a group`() throws {
        let graph = try graph([
            object("v1 ConfigMap shop/db", annotated("change-group: example.org/db")),
            object(
                "v1 ConfigMap shop/cache",
                annotated("change-group.x: example.org/cache, kapp.k14s.io/change-group: example.org/db")),
            object("v1 ConfigMap shop/web", annotated("change-rule.y: upsert after upserting example.org/db")),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["cache", "db"], ["web"]])
        #expect(
            graph.sentences == [
                "ConfigMap shop/web after end of change group example.org/db, "
                    + "because its change rule says upsert after upserting example.org/db",
                "end of change group example.org/db after ConfigMap shop/cache, "
                    + "because ConfigMap shop/cache is in that change group",
                "end of change group example.org/db after ConfigMap shop/db, "
                    + "because ConfigMap shop/db is in that change group",
            ]
        )
    }

    @Test func `a group waits for an object`() throws {
        let graph = try graph([
            object("v1 ConfigMap shop/a", annotated("change-group: apps")),
            object("v1 ConfigMap shop/z", annotated("change-rule: upsert before upserting apps")),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["z"], ["a"]])
        #expect(
            graph.sentences == [
                "ConfigMap shop/a after start of change group apps, because it is in that change group",
                "start of change group apps after ConfigMap shop/z, "
                    + "because the change rule of ConfigMap shop/z says upsert before upserting apps",
            ]
        )
    }

    @Test func `placeholders stand for the object's own values`() throws {
        let graph = try graph([
            object(
                "apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.org",
                "{metadata: {annotations: {kapp.k14s.io/change-group: 'crds-{crd-group}'}}, "
                    + "spec: {group: example.org, names: {kind: Widget}}}"
            ),
            object(
                "example.org/v1 Other shop/o",
                "{metadata: {annotations: {kapp.k14s.io/change-rule: 'upsert after upserting crds-{api-group}'}}}"
            ),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["widgets.example.org"], ["o"]])
    }

    @Test(arguments: [
        ("change-rule", "upsert after upserting", "malformed-change-rule", "is no change rule"),
        ("change-rule", "upsert  after upserting g", "malformed-change-rule", "is no change rule"),
        ("change-rule", "create after upserting g", "malformed-change-rule", "is no change rule"),
        ("change-rule", "upsert behind upserting g", "malformed-change-rule", "is no change rule"),
        ("change-rule", "upsert after upsert g", "malformed-change-rule", "is no change rule"),
        ("change-rule", "upsert after upserting -g", "malformed-change-rule", "is no change rule"),
        ("change-rule.a", "upsert after upserting {nothing}", "malformed-change-rule", "is no change rule"),
        ("change-group", "", "malformed-change-group", "is no group's name"),
        ("change-group", "a/b/c", "malformed-change-group", "is no group's name"),
        ("change-group", "Upper.example/x", "malformed-change-group", "is no group's name"),
        ("change-group.a", "{crd-kind}", "malformed-change-group", "is no group's name"),
        (
            "change-rule", "upsert after deleting g", "unsupported-change-rule",
            "can't be kept: objects are deleted after all others are applied and healthy"
        ),
        (
            "change-rule", "delete before upserting g", "unsupported-change-rule",
            "can't be kept: objects are deleted after all others are applied and healthy"
        ),
    ])
    func `what can't be followed is an error`(key: String, text: String, code: String, message: String) throws {
        let web = try object("v1 ConfigMap shop/web", annotated("\(key): '\(text)'"))
        let error = #expect(throws: GraphError.self) { try graph([web]) }
        #expect(error?.diagnostics.map(\.code) == [code])
        #expect(
            error?.diagnostics.map(\.message) == ["ConfigMap shop/web: \"\(text)\" in kapp.k14s.io/\(key) \(message)"])
    }

    @Test(arguments: ["upsert before deleting g", "delete after upserting g", "delete before deleting g"])
    func `rules that always hold, or are about deletion, order nothing when applied`(rule: String) throws {
        let graph = try graph([
            object("v1 ConfigMap shop/web", annotated("change-rule: \(rule)")),
            object("v1 ConfigMap shop/other", annotated("change-group: g")),
        ])
        #expect(graph.edges.isEmpty)
        #expect(graph.warnings.isEmpty)
    }

    @Test func `a group without members is a warning`() throws {
        let graph = try graph([object("v1 ConfigMap shop/web", annotated("change-rule: upsert after upserting g"))])
        #expect(graph.edges.isEmpty)
        #expect(graph.warnings.map(\.severity) == [.warning])
        #expect(
            graph.warnings.map(\.message)
                == ["ConfigMap shop/web: no object is in the change group g, which kapp.k14s.io/change-rule names"]
        )
    }

    private func annotated(_ annotations: String) -> String {
        "{metadata: {annotations: {kapp.k14s.io/\(annotations)}}}"
    }
}
