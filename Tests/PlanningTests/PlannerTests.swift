import Diffing
import Manifests
import Planning
import Resources
import Testing

@Suite struct `a plan` {
    @Test func `has steps in order, unchanged objects included, and deletions in the opposite order`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try deployment("web", "{volumes: [{name: v, configMap: {name: settings}}]}"), .update)
        fixture.declare(try object("v1 ConfigMap shop/settings"), .unchanged)
        fixture.declare(try object("v1 Service shop/web"), .create)
        fixture.delete(try object("v1 ServiceAccount shop/old"))
        fixture.delete(try deployment("old", "{serviceAccountName: old}"))
        let plan = try fixture.plan()
        #expect(
            plan.steps.map(\.node.description) == [
                "ConfigMap shop/settings", "Service shop/web", "Deployment shop/web",
            ])
        #expect(plan.steps.map { $0.change?.action } == [.unchanged, .create, .update])
        #expect(plan.steps.map { $0.dependsOn.map(\.reason) } == [[], [], ["volume v mounts it"]])
        #expect(plan.deletions.map(\.node.description) == ["Deployment shop/old", "ServiceAccount shop/old"])
        #expect(plan.deletions.map { $0.dependsOn.map(\.dependency.description) } == [[], ["Deployment shop/old"]])
        #expect(plan.summary.description == "Plan: 1 to create, 1 to update, 2 to delete; 1 unchanged.")
        #expect(plan.summary.hasChanges)
        #expect(plan.violations.isEmpty)
        try plan.checkGuardrails()
    }

    @Test func `counts what is replaced and kept`() throws {
        var fixture = try PlanFixture()
        fixture.declare(
            try object("v1 Service shop/x", "{metadata: {annotations: {endstate.dev/replace: 'true'}}}"), .replace)
        fixture.delete(try object("v1 Secret shop/y", "{metadata: {annotations: {helm.sh/resource-policy: keep}}}"))
        let plan = try fixture.plan()
        #expect(
            plan.summary.description
                == "Plan: 0 to create, 0 to update, 1 to replace, 0 to delete; 0 unchanged, 1 kept.")
        #expect(plan.kept.map(\.keptBecause) == ["its annotation helm.sh/resource-policy: keep"])
        #expect(plan.deletions.isEmpty)
        #expect(plan.applySet.groupKinds.map(\.description).sorted() == ["Secret", "Service"])
        #expect(plan.applySet.namespaces == ["default", "shop"])
    }

    @Test func `has steps for external objects and barriers`() throws {
        var fixture = try PlanFixture()
        let depending =
            "{metadata: {annotations: {config.kubernetes.io/depends-on: /Namespace/infra, argocd.argoproj.io/sync-wave: '1'}}}"
        fixture.declare(try object("v1 ConfigMap shop/x", depending), .create)
        fixture.declare(try object("v1 ConfigMap shop/y"), .create)
        fixture.existing = [ObjectIdentity(group: "", kind: "Namespace", name: "infra")]
        let work = try fixture.plan().steps.map { step in
            switch step.work {
            case .change(let change): "change \(change.identity.name)"
            case .external(let identity): "wait for \(identity)"
            case .barrier: "barrier"
            }
        }
        #expect(work == ["change y", "wait for Namespace infra", "barrier", "change x", "barrier"])
    }

    @Test func `is none where an external dependency is missing or goes`() throws {
        let yaml = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: x
              namespace: shop
              annotations:
                config.kubernetes.io/depends-on: /namespaces/shop/Secret/key
            """
        let manifest = try #require(manifests(yaml).first)
        var fixture = try PlanFixture()
        fixture.existing = []
        var input = try fixture.input
        input.graph = try DependencyGraph.build(manifests: [manifest])
        input.changes = [ObjectChange(identity: manifest.object.identity, action: .create, manifest: manifest)]
        let missing = input
        #expect(
            errorText { _ = try Planner.plan(missing) } == """
                error[missing-dependency]: ConfigMap shop/x depends on Secret shop/key, which is neither in the source nor on the cluster
                 --> app.yaml:7:38
                hint: declare it, create it, or remove the reference
                """
        )
        input.existing = nil
        #expect(try Planner.plan(input).steps.count == 2)

        let key = fixture.member(try object("v1 Secret shop/key"))
        input.changes.append(ObjectChange(identity: key.identity, action: .delete, live: key))
        let deleted = input
        #expect(
            errorText { _ = try Planner.plan(deleted) } == """
                error[missing-dependency]: ConfigMap shop/x depends on Secret shop/key, which the plan deletes
                 --> app.yaml:7:38
                hint: declare it, create it, or remove the reference
                """
        )
    }

    @Test func `is none where another live object would be deleted`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/x"))
        fixture.delete(try object("v1 ConfigMap shop/y"), live: fixture.member(try object("v1 ConfigMap shop/z")))
        let error = #expect(throws: PlanError.self) { try fixture.plan() }
        #expect(
            error?.diagnostics.map(\.message)
                == ["ConfigMap shop/y is in only one of the order, the changes and the live state"]
        )
    }

    @Test func `needs a change for every object of the graph`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/x"), .create)
        var input = try fixture.input
        input.changes = [ObjectChange(identity: try object("v1 ConfigMap shop/y").identity, action: .create)]
        let error = #expect(throws: PlanError.self) { try Planner.plan(input) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "ConfigMap shop/x is in only one of the order, the changes and the live state",
                "ConfigMap shop/y is in only one of the order, the changes and the live state",
            ]
        )
    }
}

@Suite struct `what is kept` {
    @Test func `everything, with pruning off`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"))
        fixture.delete(try object("v1 ConfigMap shop/b"))
        fixture.settings.isPruneEnabled = false
        #expect(try kept(fixture) == ["ConfigMap shop/b: pruning is off"])
        fixture.intent = .deleteApplication
        #expect(try kept(fixture) == [])
    }

    @Test(arguments: ["metrics.example.org/v1", "metrics.example.org"])
    func `objects of a group that does not answer`(group: String) throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"))
        fixture.delete(try object("metrics.example.org/v1 Metric shop/m"))
        fixture.delete(try object("example.org/v1 Metric shop/m"))
        fixture.observations.unavailableGroups = [group: "service unavailable"]
        #expect(
            try kept(fixture) == [
                "Metric.metrics.example.org shop/m: its API group does not answer: service unavailable"
            ])
    }

    @Test func `a namespace that something stays in, its definition, its owner`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap used/a"))
        fixture.delete(try object("v1 Namespace used"))
        fixture.delete(try object("v1 Namespace shop"))
        fixture.delete(
            try object(
                "apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.org",
                "{spec: {group: example.org, names: {kind: Widget}}}"
            )
        )
        let keep = "annotations: {helm.sh/resource-policy: keep}"
        fixture.delete(
            try object(
                "example.org/v1 Widget shop/w",
                "{metadata: {\(keep), ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: uid of ConfigMap far/owner}]}}"
            )
        )
        fixture.delete(try object("v1 ConfigMap far/owner"))
        fixture.delete(try object("v1 Namespace far"))
        #expect(
            try kept(fixture) == [
                "ConfigMap far/owner: Widget.example.org shop/w, which is kept, is owned by it",
                "CustomResourceDefinition widgets.example.org: Widget.example.org shop/w, which is kept, is of its kind",
                "Namespace far: ConfigMap far/owner, which is kept, lives in it",
                "Namespace shop: Widget.example.org shop/w, which is kept, lives in it",
                "Namespace used: ConfigMap used/a, which is declared, lives in it",
                "Widget.example.org shop/w: its annotation helm.sh/resource-policy: keep",
            ]
        )
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `the namespace of the application's own records, unless the application goes`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"))
        fixture.delete(try object("v1 Namespace default"))
        #expect(try kept(fixture) == ["Namespace default: the application's records live in it"])
        var whole = try PlanFixture()
        whole.intent = .deleteApplication
        whole.delete(try object("v1 Namespace default"))
        #expect(try kept(whole) == [])
    }

    private func kept(_ fixture: PlanFixture) throws -> [String] {
        try fixture.plan().kept.map { "\($0.identity): \($0.keptBecause ?? "")" }
    }
}
