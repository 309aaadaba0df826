import Planning
import Resources
import Testing

@Suite struct `deletion order` {
    @Test func `dependents go first`() throws {
        let graph = DependencyGraph.deletionOrder(of: [
            try object("v1 Namespace shop"),
            try deployment("web", "{serviceAccountName: web}"),
            try object("v1 ServiceAccount shop/web"),
        ])
        #expect(
            graph.waves.map { $0.map(\.description) } == [
                ["Deployment shop/web"], ["ServiceAccount shop/web"], ["Namespace shop"],
            ])
        #expect(
            graph.sentences == [
                "Namespace shop after Deployment shop/web, "
                    + "because Deployment shop/web is applied after it: it lives in that namespace",
                "Namespace shop after ServiceAccount shop/web, "
                    + "because ServiceAccount shop/web is applied after it: it lives in that namespace",
                "ServiceAccount shop/web after Deployment shop/web, "
                    + "because Deployment shop/web is applied after it: its pods run as that account",
            ]
        )
    }

    @Test func `the highest wave goes first`() throws {
        let graph = DependencyGraph.deletionOrder(of: [
            try object("v1 ConfigMap shop/first", annotations("argocd.argoproj.io/sync-wave: '1'")),
            try object("v1 ConfigMap shop/last", annotations("argocd.argoproj.io/sync-wave: '2'")),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["last"], ["first"]])
        #expect(
            graph.sentences == [
                "ConfigMap shop/first after end of sync wave 1, because it is of sync wave 1, and higher waves are deleted first",
                "ConfigMap shop/last after end of sync wave 2, because it is of sync wave 2, and higher waves are deleted first",
                "end of sync wave 1 after ConfigMap shop/last, because ConfigMap shop/last is of sync wave 2",
            ]
        )
    }

    @Test(arguments: [
        ("delete before deleting g", ["ruled", "member"]),
        ("delete after deleting g", ["member", "ruled"]),
        ("upsert after upserting g", ["ruled", "member"]),
        ("upsert before upserting g", ["member", "ruled"]),
    ])
    func `change rules are followed`(rule: String, order: [String]) throws {
        let graph = DependencyGraph.deletionOrder(of: [
            try object("v1 ConfigMap shop/member", annotations("kapp.k14s.io/change-group: g")),
            try object("v1 ConfigMap shop/ruled", annotations("kapp.k14s.io/change-rule: \(rule)")),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == order.map { [$0] })
    }

    @Test func `a rule about deletion wins over one about applying`() throws {
        let rules =
            "kapp.k14s.io/change-rule.a: upsert after upserting g, kapp.k14s.io/change-rule.b: delete after deleting g"
        let graph = DependencyGraph.deletionOrder(of: [
            try object("v1 ConfigMap shop/member", annotations("kapp.k14s.io/change-group: g")),
            try object("v1 ConfigMap shop/ruled", annotations(rules)),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["member"], ["ruled"]])
        #expect(graph.dropped.count == 1)
    }

    @Test func `nothing that is wrong with live annotations keeps objects from being deleted`() throws {
        let graph = DependencyGraph.deletionOrder(of: [
            try object(
                "v1 ConfigMap shop/a", annotations("config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/b")),
            try object(
                "v1 ConfigMap shop/b", annotations("config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/a")),
            try object("v1 ConfigMap shop/c", annotations("argocd.argoproj.io/sync-wave: soon")),
            try object(
                "v1 ConfigMap shop/d", annotations("config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/gone")),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["a", "c", "d"], ["b"]])
        #expect(graph.externalDependencies.isEmpty)
        #expect(graph.dropped.count == 1)
        #expect(graph.warnings.map(\.severity) == [.warning])
        #expect(
            graph.warnings.map(\.message) == [
                "ConfigMap shop/c: \"soon\" in argocd.argoproj.io/sync-wave is no integer"
            ])
    }

    private func annotations(_ annotations: String) -> String {
        "{metadata: {annotations: {\(annotations)}}}"
    }
}
