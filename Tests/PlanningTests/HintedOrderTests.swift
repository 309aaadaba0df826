import Planning
import Resources
import Testing

@Suite struct hints {
    /// A text, and which of the Services `shop/orders`, `shop/db` and `infra/mail` it names.
    @Test(arguments: [
        ("orders:8080", ["orders"]),
        ("http://orders", ["orders"]),
        ("http://orders/v1", ["orders"]),
        ("http://orders:8080/v1?x=y", ["orders"]),
        ("postgres://user:pw@db/shop", ["db"]),
        ("--backend=orders:8080", ["orders"]),
        ("orders:$(PORT)", ["orders"]),
        ("orders:8080,db:5432", ["orders", "db"]),
        ("[\"orders:8080\"]", ["orders"]),
        ("orders.shop", ["orders"]),
        ("orders.shop.svc", ["orders"]),
        ("orders.shop.svc.cluster.local", ["orders"]),
        ("orders.shop.svc.cluster.local.", ["orders"]),
        ("tcp://db-0.db.shop.svc:5432", ["db"]),
        ("db-0.db:5432", ["db"]),
        ("mail.infra:25", ["mail"]),
        ("mail.infra", ["mail"]),
        ("upstream u { server orders.shop:80; }", ["orders"]),
        ("orders", []),
        ("the orders of today", []),
        ("orders: 5", []),
        ("orders:latest", []),
        ("registry/orders:8080", []),
        ("/orders:8080", []),
        ("orders-v2:8080", []),
        ("my_orders:8080", []),
        ("orders_x", []),
        ("Xorders:80", []),
        ("mail:25", []),
        ("orders.shop.example.org", []),
        ("orders.other", []),
        ("user@db", []),
    ])
    func `names are found where they are addresses`(text: String, services: [String]) throws {
        var web = try deployment("web")
        web.value["spec"] = [
            "template": ["spec": ["containers": [["name": "c", "env": [["name": "V", "value": .string(text)]]]]]]
        ]
        let graph = try graph([
            web, object("v1 Service shop/orders"), object("v1 Service shop/db"), object("v1 Service infra/mail"),
        ])
        #expect(graph.hints.compactMap(\.dependency.identity?.name) == services)
        #expect(graph.edges.isEmpty)
    }

    @Test func `a hint leads to the workloads behind the Service, and tells where it comes from`() throws {
        let objects = [
            try deployment("env", "{containers: [{name: c, env: [{name: URL, value: 'http://orders/'}]}]}"),
            try deployment("args", "{containers: [{name: c, command: [run], args: ['--db', 'orders:80']}]}"),
            try deployment("file", "{containers: [{name: c}], volumes: [{name: v, configMap: {name: conf}}]}"),
            try object("v1 ConfigMap shop/conf", "{data: {app.ini: \"[db]\\nhost = orders.shop\\n\"}}"),
            try object("v1 Service shop/orders", "{spec: {selector: {app: orders}}}"),
            try deployment(
                "orders", "{containers: [{name: c, env: [{name: SELF, value: 'orders:80'}]}]}", labels: "{app: orders}"),
        ]
        let expected = [
            "Deployment shop/args after Deployment shop/orders, "
                + "because args of container c has \"orders\", the name of Service orders",
            "Deployment shop/env after Deployment shop/orders, "
                + "because environment variable URL of container c has \"orders\", the name of Service orders",
            "Deployment shop/file after Deployment shop/orders, "
                + "because app.ini in ConfigMap conf has \"orders.shop\", the name of Service orders",
        ]
        #expect(try graph(objects).hints.map(\.sentence) == expected)
        let strict = try graph(objects, useHints: true)
        #expect(strict.hints.isEmpty)
        #expect(strict.edges.filter { $0.kind == .hint }.map(\.sentence) == expected)
    }

    @Test func `a declared order makes a hint superfluous`() throws {
        var web = try deployment("web", "{containers: [{name: c, args: ['orders:80']}]}")
        web.annotations = ["config.kubernetes.io/depends-on": "apps/namespaces/shop/Deployment/orders"]
        let graph = try graph([
            web,
            deployment("orders", labels: "{app: orders}"),
            object("v1 Service shop/orders", "{spec: {selector: {app: orders}}}"),
        ])
        #expect(graph.hints.isEmpty)
        #expect(graph.edges.map(\.kind) == [.declared])
    }
}
