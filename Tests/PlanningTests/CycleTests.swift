import Manifests
import Planning
import Resources
import Testing

@Suite struct cycles {
    @Test func `a declared cycle is an error that prints the path and every declaration's place`() throws {
        let yaml = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
              namespace: shop
              annotations:
                config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/b
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: b
              namespace: shop
              annotations:
                kapp.k14s.io/change-rule: upsert after upserting last
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: c
              namespace: shop
              annotations:
                kapp.k14s.io/change-group: last
                config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/a
            """
        let text = errorText { _ = try DependencyGraph.build(manifests: manifests(yaml)) }
        #expect(
            text == """
                error[dependency-cycle]: the declared order is a cycle: ConfigMap shop/a → ConfigMap shop/b → end of change group last → ConfigMap shop/c → ConfigMap shop/a
                  --> app.yaml:24:38
                   |
                24 |     config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/a
                   |                                      ^
                   = cause 1: ConfigMap shop/a waits for ConfigMap shop/b, because its annotation config.kubernetes.io/depends-on says so (app.yaml:7:38)
                   = cause 2: ConfigMap shop/b waits for end of change group last, because its change rule says upsert after upserting last (app.yaml:15:31)
                   = cause 3: end of change group last waits for ConfigMap shop/c, because ConfigMap shop/c is in that change group (app.yaml:23:32)
                   = cause 4: ConfigMap shop/c waits for ConfigMap shop/a, because its annotation config.kubernetes.io/depends-on says so (app.yaml:24:38)
                hint: remove one of these declarations
                """
        )
    }

    @Test func `a rule about the object's own group is a cycle`() throws {
        let annotations = "{kapp.k14s.io/change-group: g, kapp.k14s.io/change-rule: upsert after upserting g}"
        let web = try object("v1 ConfigMap shop/web", "{metadata: {annotations: \(annotations)}}")
        let error = #expect(throws: GraphError.self) { try graph([web]) }
        #expect(
            error?.diagnostics.map(\.message)
                == ["the declared order is a cycle: ConfigMap shop/web → end of change group g → ConfigMap shop/web"]
        )
    }

    @Test func `a wave that depends on a higher one is a cycle`() throws {
        var early = try object("v1 ConfigMap shop/early")
        early.annotations = ["config.kubernetes.io/depends-on": "/namespaces/shop/ConfigMap/late"]
        let late = try object(
            "v1 ConfigMap shop/late", "{metadata: {annotations: {argocd.argoproj.io/sync-wave: '1'}}}")
        let error = #expect(throws: GraphError.self) { try graph([early, late]) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "the declared order is a cycle: "
                    + "ConfigMap shop/early → ConfigMap shop/late → end of sync wave 0 → ConfigMap shop/early"
            ]
        )
    }

    @Test func `every declared cycle is told at once`() throws {
        let pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
        let objects = try pairs.map { name, other in
            var object = try object("v1 ConfigMap shop/\(name)")
            object.annotations = ["config.kubernetes.io/depends-on": "/namespaces/shop/ConfigMap/\(other)"]
            return object
        }
        let error = #expect(throws: GraphError.self) { try graph(objects) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "the declared order is a cycle: ConfigMap shop/a → ConfigMap shop/b → ConfigMap shop/a",
                "the declared order is a cycle: ConfigMap shop/c → ConfigMap shop/d → ConfigMap shop/c",
            ]
        )
    }

    @Test func `an inferred edge gives way to a declared one`() throws {
        var settings = try object("v1 ConfigMap shop/settings")
        settings.annotations = ["config.kubernetes.io/depends-on": "apps/namespaces/shop/Deployment/web"]
        let web = try deployment("web", "{volumes: [{name: v, configMap: {name: settings}}]}")
        let graph = try graph([settings, web])
        #expect(graph.edges.map(\.kind) == [.declared])
        #expect(
            graph.dropped.map(\.edge.sentence) == [
                "Deployment shop/web after ConfigMap shop/settings, because volume v mounts it"
            ])
        #expect(
            graph.dropped.map(\.reason)
                == ["it would close a cycle: ConfigMap shop/settings → Deployment shop/web → ConfigMap shop/settings"]
        )
    }

    @Test func `a hint gives way to an inferred edge, and of two hints one stays`() throws {
        func workload(_ name: String, _ arguments: String) throws -> [KubernetesObject] {
            [
                try deployment(name, "{containers: [{name: c, args: \(arguments)}]}", labels: "{app: \(name)}"),
                try object("v1 Service shop/\(name)", "{spec: {selector: {app: \(name)}}}"),
            ]
        }
        let objects = try workload("a", "['b:80']") + workload("b", "['a:80', 'c:80']") + workload("c", "[]")
        let graph = try graph(objects, useHints: true)
        #expect(
            graph.edges.map { "\($0.dependent.identity?.name ?? "")-\($0.dependency.identity?.name ?? "")" } == [
                "a-b", "b-c",
            ])
        #expect(graph.dropped.map(\.edge.dependent.description) == ["Deployment shop/b"])
        #expect(graph.dropped.map(\.edge.kind) == [.hint])
    }

    @Test func `an object of the set twice is an error`() throws {
        let text = errorText {
            _ = try DependencyGraph.build(
                manifests: ["a.yaml", "b.yaml"].map { Manifest(object: try object("v1 ConfigMap shop/x"), file: $0) }
            )
        }
        #expect(
            text == """
                error[duplicate-object]: ConfigMap shop/x is there more than once
                  = cause 1: a.yaml:1:1
                  = cause 2: b.yaml:1:1
                hint: keep one of them
                """
        )
    }
}
