import Diffing
import Placement
import Planning
import Resources
import Testing

@Suite struct `what is asked about a plan's pods` {
    private static let image = FieldChange(
        path: FieldPath(fields: "spec", "template", "spec", "containers"), old: "a", new: "b")
    private static let replicas = FieldChange(path: FieldPath(fields: "spec", "replicas"), old: 1, new: 3)
    private static let label = FieldChange(path: FieldPath(fields: "metadata", "labels", "a"), old: nil, new: "b")

    /// The pod of a Deployment, as its ReplicaSet made it.
    private func pod(_ name: String, of deployment: String, phase: String = "Running") throws -> SchedulingPod {
        SchedulingPod(
            try object(
                "v1 Pod shop/\(name)",
                "{metadata: {labels: {pod-template-hash: abc}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, "
                    + "name: \(deployment)-abc, uid: u, controller: true}]}, spec: {nodeName: n}, status: {phase: \(phase)}}"
            ))
    }

    private func question(
        _ action: Action, _ changes: [FieldChange] = [], _ deployment: KubernetesObject? = nil,
        pods: [SchedulingPod] = [], others: [KubernetesObject] = []
    ) throws -> PlacementQuestion {
        var fixture = try PlanFixture()
        fixture.declare(try deployment ?? web(), action) { $0.fieldChanges = changes }
        for other in others { fixture.declare(other, .create) }
        let input = try fixture.input
        return PlacementQuestion(
            changes: input.changes, graph: try #require(input.graph),
            observations: PlacementObservations(nodes: [], pods: pods))
    }

    private func web(replicas: Value = 3) throws -> KubernetesObject {
        var web = try deployment("web", labels: "{app: web}")
        web.value["spec"]?["replicas"] = replicas
        return web
    }

    @Test func `a new workload brings all its pods`() throws {
        let workload = try #require(try question(.create).workloads.first)
        #expect(workload.arriving == 3)
        #expect(!workload.replacesExisting)
    }

    @Test func `a changed template replaces the pods that are there`() throws {
        let pods = try [pod("one", of: "web"), pod("two", of: "web")]
        let workload = try #require(try question(.update, [Self.image], pods: pods).workloads.first)
        #expect(workload.replacesExisting)
        #expect(workload.existing.map(\.name) == ["one", "two"])
        #expect(workload.arriving == 3)
    }

    @Test func `a changed number brings the difference`() throws {
        let workload = try #require(
            try question(.update, [Self.replicas], pods: [pod("one", of: "web")]).workloads.first)
        #expect(!workload.replacesExisting)
        #expect(workload.arriving == 2)
    }

    @Test func `pods of others and pods that have ended are not the workload's`() throws {
        let pods = try [pod("one", of: "web"), pod("two", of: "webshop"), pod("three", of: "web", phase: "Failed")]
        let workload = try #require(try question(.update, [Self.image], pods: pods).workloads.first)
        #expect(workload.existing.map(\.name) == ["one"])
    }

    @Test(arguments: [(Action.unchanged, []), (.update, [label])])
    func `a change that brings no pods is not asked about`(action: Action, changes: [FieldChange]) throws {
        #expect(try question(action, changes).workloads.isEmpty)
    }

    @Test func `the pods of what is replaced are about to go, and all pods come anew`() throws {
        let pods = try [pod("one", of: "web"), pod("two", of: "shop")]
        let question = try question(.replace, pods: pods)
        #expect(question.pods.filter(\.isBeingDeleted).map(\.name) == ["one"])
        let workload = try #require(question.workloads.first)
        #expect(workload.existing.isEmpty)
        #expect(workload.arriving == 3)
    }

    @Test func `what is deleted holds its place until the end, and then gives it up`() throws {
        let pods = try [pod("one", of: "web"), pod("two", of: "old")]
        var fixture = try PlanFixture()
        fixture.declare(try web(), .create)
        fixture.delete(try deployment("old", labels: "{app: old}"))
        let input = try fixture.input
        let question = PlacementQuestion(
            changes: input.changes, graph: try #require(input.graph),
            observations: PlacementObservations(nodes: [], pods: pods))
        #expect(question.pods.count == 2)
        #expect(question.pruned.map(\.name) == ["two"])
    }

    @Test func `LimitRanges that may not be read leave a doubt`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try web(), .create)
        let input = try fixture.input
        var observations = PlacementObservations(nodes: [], pods: [])
        observations.admission.unreadNamespaces = ["shop"]
        let question = PlacementQuestion(
            changes: input.changes, graph: try #require(input.graph), observations: observations)
        #expect(question.workloads.first?.doubt == "the LimitRanges of its namespace could not be read")
    }

    @Test func `an autoscaler's smallest number counts where the manifest has none`() throws {
        let scaler = try object(
            "autoscaling/v2 HorizontalPodAutoscaler shop/web",
            "{spec: {minReplicas: 4, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}"
        )
        var web = try web()
        web.value["spec"]?["replicas"] = nil
        let workload = try #require(try question(.create, [], web, others: [scaler]).workloads.first)
        #expect(workload.replicas == 4)
        #expect(workload.scaling == 4...9)
    }

    @Test func `a StatefulSet's claims are on their way`() throws {
        var set = try object(
            "apps/v1 StatefulSet shop/db",
            "{spec: {replicas: 2, volumeClaimTemplates: [{metadata: {name: data}, spec: {}}], "
                + "template: {spec: {containers: [{name: c}]}}}}")
        set.namespace = "shop"
        let volumes = try question(.create, [], set).volumes
        let claims = ["data-db-0", "data-db-1", "data-db-2"].map { volumes.claim($0, in: "shop")?.isNew }
        #expect(claims == [true, true, nil])
    }

    @Test func `a workload comes after those that it waits for`() throws {
        let database = try deployment("db", labels: "{app: db}")
        let near = try deployment(
            "near",
            "{affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
                + "[{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}}")
        let question = try question(.create, [], near, others: [database])
        #expect(question.workloads.map(\.identity.name) == ["db", "near"])
        #expect(question.predecessors[near.identity] == [database.identity])
        #expect(question.predecessors[database.identity] == [])
    }

    @Test func `a workload that finds no node refuses the plan, unless that is allowed`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try web(), .create)
        fixture.placement.verdicts = [
            PlacementVerdict(
                workload: try web().identity, certainty: .impossible, pods: 3,
                message: "0/1 nodes are available: 1 Insufficient cpu.", reason: "not enough cpu", hint: "add a node")
        ]
        #expect(
            try fixture.violations() == [
                "unschedulable: the pods of Deployment shop/web find no nodes (not enough cpu): "
                    + "0/1 nodes are available: 1 Insufficient cpu. (add a node; or pass --allow-unschedulable)"
            ])
        fixture.settings.allowsUnschedulable = true
        #expect(try fixture.violations().isEmpty)
        fixture.settings.allowsUnschedulable = false
        #expect(try fixture.plan().warnings.isEmpty)
        fixture.placement.verdicts[0].certainty = .possible
        #expect(try fixture.violations().isEmpty)
        #expect(
            try fixture.plan().warnings.map(\.message) == [
                "it is not certain that the pods of Deployment shop/web find nodes"
            ])
    }
}
