import Diffing
import Manifests
import Planning
import Resources
import Testing

@Suite struct IrreversibleEffectsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let object: String
        let action: Action
        /// The rest of the live object and of the desired one.
        var live = "{}"
        var desired = "{}"
        /// Fields that the plan shows as changed.
        var changed: [String] = []
        let told: [String]

        var testDescription: String { "\(action.rawValue) \(object), \(told.isEmpty ? "which is not told" : told[0])" }
    }

    private static let definition = "apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.com"
    private static let claims = "volumeClaimTemplates: [{metadata: {name: data}}]"

    private static let rows = [
        Row(object: "batch/v1 Job shop/it", action: .create, told: ["runs: what it does stays done"]),
        Row(object: "batch/v1 Job shop/it", action: .create, desired: "spec: {suspend: true}", told: []),
        Row(
            object: "batch/v1 Job shop/it", action: .update, live: "spec: {suspend: true}",
            desired: "spec: {suspend: false}", told: ["runs: what it does stays done"]),
        Row(object: "batch/v1 Job shop/it", action: .update, told: []),
        Row(
            object: "batch/v1 Job shop/it", action: .delete, told: ["is deleted: to bring it back is to run it again"]),
        Row(
            object: "v1 Service shop/it", action: .replace,
            told: ["is deleted and created anew: what it held or did is lost"]),
        Row(
            object: "v1 PersistentVolumeClaim shop/it", action: .update,
            changed: ["spec", "resources", "requests", "storage"], told: ["grows: volumes never shrink"]),
        Row(
            object: "v1 PersistentVolumeClaim shop/it", action: .adopt,
            changed: ["spec", "resources", "requests", "storage"], told: ["grows: volumes never shrink"]),
        Row(object: "v1 PersistentVolumeClaim shop/it", action: .update, changed: ["metadata", "labels"], told: []),
        Row(
            object: definition, action: .update, live: "spec: {versions: [{name: v1, storage: true}, {name: v2}]}",
            desired: "spec: {versions: [{name: v1}, {name: v2, storage: true}]}",
            told: ["gets another storage version: objects are rewritten in it"]),
        Row(
            object: definition, action: .adopt, live: "spec: {versions: [{name: v1, storage: true}]}",
            desired: "spec: {versions: [{name: v1}, {name: v2, storage: true}]}",
            told: ["gets another storage version: objects are rewritten in it"]),
        Row(
            object: definition, action: .update, live: "spec: {versions: [{name: v1, storage: true}]}",
            desired: "spec: {versions: [{name: v1, storage: true}, {name: v2}]}", told: []),
        Row(
            object: "v1 ConfigMap shop/it", action: .update, desired: "immutable: true",
            told: ["becomes immutable: neither its data nor that can be changed back"]),
        Row(
            object: "v1 Secret shop/it", action: .adopt, desired: "immutable: true",
            told: ["becomes immutable: neither its data nor that can be changed back"]),
        Row(object: "v1 Secret shop/it", action: .create, desired: "immutable: true", told: []),
        Row(
            object: "v1 ConfigMap shop/it", action: .update, live: "immutable: true", desired: "immutable: true",
            told: []),
        Row(
            object: "v1 Service shop/it", action: .update, live: "spec: {type: LoadBalancer}",
            told: ["gives its address up: it may get another one when it is changed back"]),
        Row(
            object: "v1 Service shop/it", action: .update, live: "spec: {type: ClusterIP}",
            desired: "spec: {type: ExternalName}",
            told: ["gives its address up: it may get another one when it is changed back"]),
        Row(object: "v1 Service shop/it", action: .update, desired: "spec: {type: LoadBalancer}", told: []),
        Row(
            object: "apps/v1 StatefulSet shop/it", action: .create, desired: "spec: {\(claims)}",
            told: ["makes volume claims, which stay"]),
        Row(
            object: "apps/v1 StatefulSet shop/it", action: .create,
            desired: "spec: {\(claims), persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}", told: []),
        Row(object: "apps/v1 StatefulSet shop/it", action: .create, told: []),
        Row(
            object: "apps/v1 StatefulSet shop/it", action: .update, live: "spec: {replicas: 1}",
            desired: "spec: {replicas: 2, \(claims)}", told: ["makes volume claims for more replicas, which stay"]),
        Row(
            object: "apps/v1 StatefulSet shop/it", action: .update, live: "spec: {replicas: 2}",
            desired: "spec: {replicas: 1, \(claims)}", told: []),
        Row(
            object: "apps/v1 StatefulSet shop/it", action: .update, live: "spec: {replicas: 2}",
            desired: "spec: {replicas: 1, \(claims), persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}}",
            told: ["gives replicas up, whose volume claims are deleted, with all that they hold"]),
        Row(
            object: "v1 ConfigMap shop/it", action: .create,
            desired: "metadata: {annotations: {helm.sh/resource-policy: keep}}",
            told: ["is created and stays: its annotation helm.sh/resource-policy: keep protects it"]),
        Row(
            object: "batch/v1 Job shop/it", action: .create,
            desired: "metadata: {annotations: {helm.sh/resource-policy: keep}}",
            told: [
                "is created and stays: its annotation helm.sh/resource-policy: keep protects it",
                "runs: what it does stays done",
            ]),
        Row(
            object: "v1 ConfigMap shop/it", action: .update,
            desired: "metadata: {annotations: {helm.sh/resource-policy: keep}}", told: []),
        Row(
            object: "v1 Namespace default", action: .create,
            told: ["is created and stays: the application's records live in it"]),
        Row(object: "v1 Namespace default", action: .update, told: []),
        Row(object: "v1 Namespace other", action: .create, told: []),
        Row(object: "apps/v1 StatefulSet shop/it", action: .delete, told: ["is deleted, with all that it holds"]),
        Row(object: "v1 ConfigMap shop/it", action: .delete, told: []),
        Row(object: "v1 ConfigMap shop/it", action: .create, told: []),
        Row(object: "apps/v1 Deployment shop/it", action: .update, told: []),
    ]

    @Test(arguments: rows)
    func `what no rollback brings back is told, and nothing else`(row: Row) throws {
        var fixture = try PlanFixture()
        let live = fixture.member(try object(row.object, row.live))
        if row.action == .delete {
            fixture.delete(live)
        } else {
            fixture.declare(try object(row.object, row.desired), row.action, live: live) { change in
                guard !row.changed.isEmpty else { return }
                let path = FieldPath(row.changed.map(FieldPath.Element.field))
                change.fieldChanges = [FieldChange(path: path, old: "1", new: "2", isSecret: false)]
            }
        }
        let name = live.identity.description
        #expect(try fixture.plan().irreversibleEffects == row.told.map { "\(name) \($0)" })
    }

    @Test func `it is told in the order of execution`() throws {
        var fixture = try PlanFixture()
        fixture.settings.allowedKinds = [try #require(KindName("StatefulSet"))]
        let after = "metadata: {annotations: {config.kubernetes.io/depends-on: batch/namespaces/shop/Job/z}}"
        fixture.declare(try object("batch/v1 Job shop/a", after), .create)
        fixture.declare(try object("batch/v1 Job shop/z"), .create)
        fixture.delete(try object("apps/v1 StatefulSet shop/db"))
        #expect(
            try fixture.plan().irreversibleEffects == [
                "Job shop/z runs: what it does stays done",
                "Job shop/a runs: what it does stays done",
                "StatefulSet shop/db is deleted, with all that it holds",
            ])
    }
}
