import Planning
import Resources
import Testing

@Suite struct `graph texts` {
    private func shop() throws -> DependencyGraph {
        let yaml = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              namespace: shop
              annotations:
                config.kubernetes.io/depends-on: /namespaces/infra/Service/dns
            data:
              gateway: web:80
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              namespace: shop
            spec:
              ports: [{port: 80}]
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: one
              namespace: shop
              annotations:
                argocd.argoproj.io/sync-wave: "1"
            spec:
              containers: [{name: c, image: i, envFrom: [{configMapRef: {name: settings}}]}]
            """
        return try DependencyGraph.build(manifests: manifests(yaml))
    }

    @Test func `for people`() throws {
        #expect(
            GraphText.text(try shop()) == """
                wave 1
                  Namespace shop
                wave 2
                  ConfigMap shop/settings
                    after Namespace shop, because it lives in that namespace
                    after Service infra/dns, because its annotation config.kubernetes.io/depends-on says so (app.yaml:12:38)
                  Service shop/web
                    after Namespace shop, because it lives in that namespace
                wave 3
                  Pod shop/one
                    after ConfigMap shop/settings, because container c reads environment variables from it
                    after Namespace shop, because it lives in that namespace
                    after end of sync wave 0, because it is of sync wave 1 (app.yaml:30:35)
                outside of the set, waited for
                  Service infra/dns
                hints, not in force
                  Pod shop/one after Service shop/web, because gateway in ConfigMap settings has "web", the name of Service web

                """
        )
    }

    @Test func `for Graphviz`() throws {
        #expect(
            GraphText.dot(try shop()) == """
                digraph dependencies {
                  rankdir=LR;
                  node [shape=box];
                  n0 [label="Namespace shop"];
                  n1 [label="Service infra/dns", style=dashed];
                  n2 [label="ConfigMap shop/settings"];
                  n3 [label="Service shop/web"];
                  n4 [label="end of sync wave 0", shape=diamond];
                  n5 [label="Pod shop/one"];
                  n6 [label="end of sync wave 1", shape=diamond];
                  n0 -> n2 [label="it lives in that namespace"];
                  n1 -> n2 [label="its annotation config.kubernetes.io/depends-on says so", style=bold];
                  n2 -> n5 [label="container c reads environment variables from it"];
                  n0 -> n5 [label="it lives in that namespace"];
                  n4 -> n5 [label="it is of sync wave 1", style=bold];
                  n0 -> n3 [label="it lives in that namespace"];
                  n2 -> n4 [label="ConfigMap shop/settings is of sync wave 0", style=bold];
                  n0 -> n4 [label="Namespace shop is of sync wave 0", style=bold];
                  n3 -> n4 [label="Service shop/web is of sync wave 0", style=bold];
                  n5 -> n6 [label="Pod shop/one is of sync wave 1", style=bold];
                  n3 -> n5 [label="gateway in ConfigMap settings has \\"web\\", the name of Service web", style=dotted];
                }

                """
        )
    }

    @Test func `for Mermaid`() throws {
        #expect(
            GraphText.mermaid(try shop()) == """
                flowchart LR
                  n0["Namespace shop"]
                  n1(["Service infra/dns"])
                  n2["ConfigMap shop/settings"]
                  n3["Service shop/web"]
                  n4{{"end of sync wave 0"}}
                  n5["Pod shop/one"]
                  n6{{"end of sync wave 1"}}
                  n0 -->|"it lives in that namespace"| n2
                  n1 ==>|"its annotation config.kubernetes.io/depends-on says so"| n2
                  n2 -->|"container c reads environment variables from it"| n5
                  n0 -->|"it lives in that namespace"| n5
                  n4 ==>|"it is of sync wave 1"| n5
                  n0 -->|"it lives in that namespace"| n3
                  n2 ==>|"ConfigMap shop/settings is of sync wave 0"| n4
                  n0 ==>|"Namespace shop is of sync wave 0"| n4
                  n3 ==>|"Service shop/web is of sync wave 0"| n4
                  n5 ==>|"Pod shop/one is of sync wave 1"| n6
                  n3 -.->|"gateway in ConfigMap settings has #34;web#34;, the name of Service web"| n5

                """
        )
    }

    @Test func `what gave way is told with the cycle`() throws {
        var settings = try object("v1 ConfigMap shop/settings")
        settings.annotations = ["config.kubernetes.io/depends-on": "/namespaces/shop/Pod/one"]
        let pod = try object(
            "v1 Pod shop/one", "{spec: {containers: [], volumes: [{name: v, configMap: {name: settings}}]}}")
        #expect(
            GraphText.text(try graph([settings, pod])) == """
                wave 1
                  Pod shop/one
                wave 2
                  ConfigMap shop/settings
                    after Pod shop/one, because its annotation config.kubernetes.io/depends-on says so (app.yaml:1:1)
                gave way
                  Pod shop/one after ConfigMap shop/settings, because volume v mounts it
                    it would close a cycle: ConfigMap shop/settings → Pod shop/one → ConfigMap shop/settings

                """
        )
    }

    @Test func `names can't break out of any of them`() throws {
        let graph = try graph([object("v1 ConfigMap x\"]\\\u{1B}[31m<b>#;`|\n")])
        #expect(GraphText.text(graph) == "wave 1\n  ConfigMap x\"]\\\\u{1B}[31m<b>#;`|\\u{A}\n")
        #expect(GraphText.dot(graph).contains(#"n0 [label="ConfigMap x\"]\\\\u{1B}[31m<b>#;`|\\u{A}"];"#))
        #expect(
            GraphText.mermaid(graph).contains(
                ##"n0["ConfigMap x#34;#93;#92;#92;u#123;1B#125;#91;31m#60;b#62;#35;#59;#96;#124;#92;u#123;A#125;"]"##
            )
        )
    }
}
