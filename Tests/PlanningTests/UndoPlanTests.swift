import Planning
import Resources
import Testing

@Suite struct UndoPlanTests {
    private static let old = "data: {colour: green}"
    private static let earlier = """
        metadata: {uid: u, resourceVersion: "7", generation: 2, creationTimestamp: "2026-11-21T03:40:07Z"}
        data: {colour: live}
        """

    private func plan(
        _ objects: [KubernetesObject], _ actions: [ObjectIdentity: Action],
        before: [KubernetesObject] = [], previous: [KubernetesObject]? = nil, namespace: String = "shop",
        usesHints: Bool = false
    ) throws -> UndoPlan {
        let contents = RevisionContents(
            objects: objects, actions: actions,
            before: Dictionary(uniqueKeysWithValues: before.map { ($0.identity, $0) }), usesHints: usesHints)
        return try UndoPlan(
            undoing: contents, previous: previous.map { RevisionContents(objects: $0) },
            application: try ApplicationIdentity(name: "app", namespace: namespace))
    }

    /// In words, with the first value of `data` that is given back.
    private func words(_ undo: Undo?) -> String {
        func colour(_ object: KubernetesObject) -> String { object.value[path: "data", "colour"]?.string ?? "nothing" }
        return switch undo {
        case nil: "nothing to undo"
        case .apply(let object): "apply \(colour(object))"
        case .delete: "delete"
        case .recreate(let object): "recreate \(colour(object)), \(object.uid == nil ? "as a manifest" : "as it was")"
        case .restore(let object): "restore \(colour(object)), \(object.uid == nil ? "as a manifest" : "as it was")"
        case .leave(let reason): "leave: \(reason)"
        case .impossible(let reason): "impossible: \(reason)"
        }
    }

    @Test(arguments: [
        (Action.create, false, false, "delete"),
        (.create, false, true, "delete"),
        (.create, true, false, "delete"),
        (.update, false, false, "impossible: no record says what it was before"),
        (.update, false, true, "apply green"),
        (.update, true, false, "restore live, as it was"),
        (.update, true, true, "restore live, as it was"),
        (.adopt, false, false, "impossible: no record says what it was before"),
        (.adopt, false, true, "impossible: no record says what it was before"),
        (.adopt, true, false, "restore live, as it was"),
        (.adopt, true, true, "restore live, as it was"),
        (.replace, false, false, "impossible: no record says what it was before"),
        (.replace, false, true, "recreate green, as a manifest"),
        (.replace, true, false, "recreate live, as a manifest"),
        (.replace, true, true, "recreate green, as a manifest"),
        (.unchanged, true, true, "nothing to undo"),
        (.keep, true, true, "nothing to undo"),
        (.delete, true, true, "nothing to undo"),
    ])
    func `each action is undone by what is known of before`(
        action: Action, hasBefore: Bool, isDeclared: Bool, expected: String
    ) throws {
        let new = try object("v1 ConfigMap shop/a", "data: {colour: blue}")
        let plan = try plan(
            [new], [new.identity: action],
            before: hasBefore ? [try object("v1 ConfigMap shop/a", Self.earlier)] : [],
            previous: isDeclared ? [try object("v1 ConfigMap shop/a", Self.old)] : [])
        #expect(words(plan.steps[new.identity]?.undo) == expected)
    }

    @Test func `an object that the revision did not write is not undone`() throws {
        let new = try object("v1 ConfigMap shop/a")
        #expect(try plan([new], [:]).steps.isEmpty)
    }

    @Test(arguments: [
        ("shop", Action.create, "leave: the application's records live in it"),
        ("shop", .update, "apply nothing"),
        ("elsewhere", .create, "delete"),
    ])
    func `only the application's own namespace stays where it was created`(
        namespace: String, action: Action, expected: String
    ) throws {
        let home = try object("v1 Namespace shop")
        let plan = try plan([home], [home.identity: action], previous: [home], namespace: namespace)
        #expect(words(plan.steps[home.identity]?.undo) == expected)
    }

    @Test(arguments: [
        ("helm.sh/resource-policy", "keep"), ("cli-utils.sigs.k8s.io/on-remove", "keep"),
        ("argocd.argoproj.io/sync-options", "Prune=false"), ("kustomize.toolkit.fluxcd.io/prune", "disabled"),
    ])
    func `what was created and protects itself stays`(key: String, value: String) throws {
        let new = try object("v1 ConfigMap shop/a", "metadata: {annotations: {\(key): \(value)}}")
        let plan = try plan([new], [new.identity: .create])
        #expect(
            words(plan.steps[new.identity]?.undo) == "leave: its annotation \(key): \(value) protects it")
    }

    // MARK: the order

    /// The objects that have steps, in the order in which they are undone: each after all that depends on it.
    private func order(_ plan: UndoPlan) -> [String] {
        var left = plan.nodes
        var done: Set<GraphNode> = []
        var order: [String] = []
        while let next = left.first(where: { node in
            plan.edges.allSatisfy { $0.dependent != node || done.contains($0.dependency) }
        }) {
            left.removeAll { $0 == next }
            done.insert(next)
            if let identity = next.identity, plan.steps[identity] != nil { order.append(identity.description) }
        }
        return left.isEmpty ? order : ["no order: \(left)"]
    }

    @Test func `dependents come first, also across what is not undone`() throws {
        let settings = try object("v1 ConfigMap shop/settings")
        let middle = try object(
            "v1 ConfigMap shop/middle",
            "metadata: {annotations: {config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/settings}}")
        let web = try object(
            "apps/v1 Deployment shop/web",
            "metadata: {annotations: {config.kubernetes.io/depends-on: /namespaces/shop/ConfigMap/middle}}")
        let plan = try plan(
            [settings, middle, web],
            [settings.identity: .update, middle.identity: .unchanged, web.identity: .create],
            previous: [settings])
        #expect(order(plan) == ["Deployment shop/web", "ConfigMap shop/settings"])
        #expect(plan.edges.map(\.reason).sorted().first == "ConfigMap shop/middle was applied after it")
    }

    @Test func `waves are undone from the last one`() throws {
        let wave = { (name: String, number: Int) in
            try object(
                "v1 ConfigMap shop/\(name)",
                "metadata: {annotations: {argocd.argoproj.io/sync-wave: \"\(number)\"}}")
        }
        let objects = [try wave("a", -1), try wave("b", 0), try wave("c", 2), try wave("d", 3)]
        let plan = try plan(
            objects, Dictionary(uniqueKeysWithValues: objects.map { ($0.identity, .create) }))
        #expect(
            order(plan) == ["ConfigMap shop/d", "ConfigMap shop/c", "ConfigMap shop/b", "ConfigMap shop/a"])
    }

    @Test func `what the set does not hold is passed over`() throws {
        let web = try object(
            "v1 ConfigMap shop/web",
            "metadata: {annotations: {config.kubernetes.io/depends-on: /namespaces/other/ConfigMap/theirs}}")
        let plan = try plan([web], [web.identity: .create])
        #expect(order(plan) == ["ConfigMap shop/web"])
        #expect(plan.nodes.count == 2)
    }

    @Test func `hints order it where they ordered the revision`() throws {
        let service = try object("v1 Service shop/db", "spec: {selector: {app: db}}")
        let database = try deployment("db", labels: "{app: db}")
        let web = try deployment(
            "web", "containers: [{name: main, env: [{name: URL, value: 'http://db.shop.svc'}]}]")
        let objects = [web, database, service]
        let actions = Dictionary(uniqueKeysWithValues: objects.map { ($0.identity, Action.create) })
        let edges = { (usesHints: Bool) in
            try plan(objects, actions, usesHints: usesHints).edges.filter { $0.dependency == .object(web.identity) }
        }
        #expect(try edges(true).map(\.dependent) == [.object(database.identity)])
        #expect(try edges(false).isEmpty)
    }
}
