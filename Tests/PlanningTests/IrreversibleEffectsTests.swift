import Diffing
import Manifests
import Planning
import Resources
import Testing

@Suite struct IrreversibleEffectsTests {
    @Test func `what no rollback brings back is told, in the order of execution`() throws {
        var fixture = try PlanFixture()
        fixture.settings.allowedKinds = [try #require(KindName("StatefulSet"))]
        fixture.declare(try object("batch/v1 Job shop/migrate"), .create)
        fixture.declare(try object("v1 Service shop/web"), .replace)
        fixture.declare(try object("v1 PersistentVolumeClaim shop/data"), .update) { change in
            let path = FieldPath(fields: "spec", "resources", "requests", "storage")
            change.fieldChanges = [FieldChange(path: path, old: "1Gi", new: "2Gi", isSecret: false)]
        }
        fixture.delete(try object("apps/v1 StatefulSet shop/db"))
        #expect(
            try fixture.plan().irreversibleEffects.sorted() == [
                "Job shop/migrate runs: what it does stays done",
                "PersistentVolumeClaim shop/data grows: volumes never shrink",
                "Service shop/web is deleted and created anew: what it held or did is lost",
                "StatefulSet shop/db is deleted, with all that it holds",
            ])
    }

    @Test func `another storage version of a definition is told`() throws {
        let versions = "spec: {versions: [{name: v1, storage: %1}, {name: v2, storage: %2}]}"
        let definition = { (first: String, second: String) in
            try object(
                "apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.com",
                versions.replacing("%1", with: first).replacing("%2", with: second))
        }
        var fixture = try PlanFixture()
        let live = fixture.member(try definition("true", "false"))
        fixture.declare(try definition("false", "true"), .update, live: live)
        #expect(
            try fixture.plan().irreversibleEffects == [
                "CustomResourceDefinition widgets.example.com gets another storage version: objects are rewritten in it"
            ])
    }

    @Test func `what a rollback can undo is not told`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"), .create)
        fixture.declare(try object("v1 PersistentVolumeClaim shop/data"), .update)
        fixture.declare(try object("apps/v1 Deployment shop/web"), .update)
        fixture.delete(try object("v1 ConfigMap shop/b"))
        #expect(try fixture.plan().irreversibleEffects.isEmpty)
    }
}
