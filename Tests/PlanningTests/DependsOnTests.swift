import Planning
import Resources
import Testing

@Suite struct `depends-on` {
    @Test(arguments: [
        ("/namespaces/shop/ConfigMap/settings", ["ConfigMap shop/settings"]),
        (
            " apps/namespaces/shop/Deployment/db ,\n/namespaces/shop/ConfigMap/settings",
            ["ConfigMap shop/settings", "Deployment shop/db"]
        ),
        ("rbac.authorization.k8s.io/ClusterRole/reader", ["ClusterRole reader"]),
        ("example.org/namespaces/shop/Widget/w", ["Widget.example.org shop/w"]),
    ])
    func `references become edges`(text: String, dependencies: [String]) throws {
        let graph = try graph([
            annotated("apps/v1 Deployment shop/web", text),
            object("v1 ConfigMap shop/settings"),
            object("apps/v1 Deployment shop/db"),
            object("rbac.authorization.k8s.io/v1 ClusterRole reader"),
            object("example.org/v1 Widget shop/w"),
        ])
        #expect(
            graph.sentences
                == dependencies.map {
                    "Deployment shop/web after \($0), because its annotation config.kubernetes.io/depends-on says so"
                }
        )
        #expect(graph.externalDependencies.isEmpty)
    }

    @Test(arguments: [
        ("Deployment/db", "\"Deployment/db\" in config.kubernetes.io/depends-on is no reference"),
        ("apps/v1/Deployment/db", "\"apps/v1/Deployment/db\" in config.kubernetes.io/depends-on is no reference"),
        (
            "apps/Namespaces/shop/Deployment/db",
            "\"apps/Namespaces/shop/Deployment/db\" in config.kubernetes.io/depends-on is no reference"
        ),
        (
            "apps/namespaces//Deployment/db",
            "\"apps/namespaces//Deployment/db\" in config.kubernetes.io/depends-on is no reference"
        ),
        ("apps/Deployment/", "\"apps/Deployment/\" in config.kubernetes.io/depends-on is no reference"),
        ("apps/Deployment/a b", "\"apps/Deployment/a b\" in config.kubernetes.io/depends-on is no reference"),
        ("", "an empty reference in config.kubernetes.io/depends-on"),
        ("/ConfigMap/x,", "an empty reference in config.kubernetes.io/depends-on"),
        ("/Node/a,/Node/a", "config.kubernetes.io/depends-on names Node a more than once"),
        ("apps/namespaces/shop/Deployment/web", "config.kubernetes.io/depends-on names the object itself"),
        (
            "/ConfigMap/settings",
            "config.kubernetes.io/depends-on names ConfigMap settings, but the set has ConfigMap shop/settings"
        ),
    ])
    func `wrong references are errors`(text: String, message: String) throws {
        let objects = [try annotated("apps/v1 Deployment shop/web", text), try object("v1 ConfigMap shop/settings")]
        let error = #expect(throws: GraphError.self) { try graph(objects) }
        #expect(error?.diagnostics.map(\.message) == ["Deployment shop/web: \(message)"])
    }

    @Test func `an error shows its place and the remedy, and all errors come at once`() throws {
        let text = errorText {
            _ = try DependencyGraph.build(
                manifests: manifests(
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: a
                      namespace: shop
                      annotations:
                        config.kubernetes.io/depends-on: /ConfigMap/b, nonsense
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: b
                      namespace: shop
                    """
                )
            )
        }
        #expect(
            text == """
                error[dependency-scope]: ConfigMap shop/a: config.kubernetes.io/depends-on names ConfigMap b, but the set has ConfigMap shop/b
                 --> app.yaml:7:38
                  |
                7 |     config.kubernetes.io/depends-on: /ConfigMap/b, nonsense
                  |                                      ^
                hint: write /namespaces/shop/ConfigMap/b

                error[malformed-depends-on]: ConfigMap shop/a: "nonsense" in config.kubernetes.io/depends-on is no reference
                 --> app.yaml:7:38
                  |
                7 |     config.kubernetes.io/depends-on: /ConfigMap/b, nonsense
                  |                                      ^
                hint: write GROUP/KIND/NAME or GROUP/namespaces/NAMESPACE/KIND/NAME; the core group is empty, as in /namespaces/shop/ConfigMap/settings
                """
        )
    }

    @Test func `an annotation that is no string is an error`() throws {
        let web = try object(
            "v1 ConfigMap shop/web", "{metadata: {annotations: {config.kubernetes.io/depends-on: [x]}}}")
        let error = #expect(throws: GraphError.self) { try graph([web]) }
        #expect(
            error?.diagnostics.map(\.message)
                == ["ConfigMap shop/web: the annotation config.kubernetes.io/depends-on is of type array"]
        )
    }

    @Test func `a reference out of the set is an external dependency of all that name it`() throws {
        let graph = try graph([
            annotated("v1 ConfigMap shop/a", "/namespaces/infra/Service/dns"),
            annotated("v1 ConfigMap shop/b", "/namespaces/infra/Service/dns"),
        ])
        let external = try #require(graph.externalDependencies.first)
        #expect(graph.externalDependencies.count == 1)
        #expect(external.identity.description == "Service infra/dns")
        #expect(external.edges.map(\.dependent.description) == ["ConfigMap shop/a", "ConfigMap shop/b"])
        #expect(graph.waves.map { $0.map(\.name) } == [["a", "b"]])
    }

    private func annotated(_ title: String, _ text: String) throws -> KubernetesObject {
        var object = try object(title)
        object.annotations = ["config.kubernetes.io/depends-on": text]
        return object
    }
}
