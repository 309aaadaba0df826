import Commands
import Resources
import TestSupport
import Testing

@Suite struct RollbackTests {
    @Test func `it shows the plan, which brings back what was declared before`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("rollback", "--yes")
        #expect(ending.status == .success)
        #expect(
            ending.shown.hasPrefix(
                """
                app in namespace default on test, back to revision 2, from \(scene.bench.app)
                plan DIGEST

                ~ update

                  1. ~ ConfigMap default/settings
                        ~ data.colour: blue → red

                Plan: 0 to create, 1 to update, 0 to delete; 0 unchanged.

                Done: 1 written, 0 deleted, in 
                """), "\(ending.output)")
        #expect(scene.colour == "red")
    }

    @Test func `once more goes further back, and then there is nothing left`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        #expect(await scene.endstate("rollback", "--yes").status == .success)
        #expect(await scene.endstate("rollback", "--yes").status == .success)
        #expect(scene.colour == "green")
        let ending = await scene.endstate("rollback", "--yes")
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[nothing-to-go-back-to]: application app is at revision 5, and no other set was deployed before it
                hint: recorded are 1 to 5: name one with --to, or apply other manifests

                """)
    }

    @Test func `what was gone back from is not applied again by itself`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        #expect(await scene.endstate("rollback", "--yes").status == .success)
        let ending = await scene.endstate("apply", "--yes")
        #expect(ending.status == .refused)
        #expect(
            ending.notes.hasPrefix(
                "error[quarantined]: revision 3 with the same manifests was rolled back: ann@desk went back from it"))
        #expect(await scene.endstate("apply", "--yes", "--retry").status == .success)
        #expect(scene.colour == "blue")
    }

    @Test func `what was rolled back by itself is not gone back from again`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        #expect(await scene.apply(refused: true).status == .rolledBack)
        #expect(scene.colour == "blue")
        let ending = await scene.endstate("rollback", "--yes")
        #expect(ending.status == .success)
        #expect(ending.notes.hasPrefix("revision 4 was rolled back already: the cluster is at revision 3\n\n"))
        #expect(scene.colour == "red")
    }

    @Test func `what failed and was left is undone`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        #expect(await scene.apply(refused: true, "--no-rollback").status == .incomplete)
        let ending = await scene.endstate("rollback", "--yes")
        #expect(ending.status == .success)
        #expect(
            ending.output.hasPrefix(
                """
                app in namespace default on test: revision 4 failed 0s ago: ConfigMap default/settings: \
                cannot apply ConfigMap default/settings: the quota is used up

                undo it, back to revision 3, dependents first:
                  ~ ConfigMap default/settings, if it was changed

                Done: revision 4 is rolled back, 
                """), "\(ending.output)")
        #expect(await scene.endstate("history").output.contains("\n4         -                rolled back  "))
    }

    @Test func `it asks, and a no changes nothing`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("rollback", readLine: { "n" })
        #expect(ending.status == .refused)
        #expect(ending.notes == "Go on? [y/N] error[not-approved]: not approved: nothing was written\n")
        try scene.declare("purple")
        _ = await scene.apply(refused: true, "--no-rollback")
        #expect(await scene.endstate("rollback", readLine: { "n" }).status == .refused)
        #expect(await scene.endstate("history").output.contains("\n4         -                failed  "))
    }

    @Test func `without a terminal it needs to be told not to ask`() async throws {
        let scene = try Scene()
        let ending = await scene.endstate("rollback")
        #expect(ending.status == .usage)
        #expect(!ending.connected)
    }

    @Test func `events for machines begin with the plan and what it brings back`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("rollback", "--yes", "--to", "1", "-o", "json")
        let events = try ending.output.split(separator: "\n").map { try Value(json: String($0)) }
        #expect(events.first?["type"] == "plan")
        #expect(events.first?["restores"] == 1)
        #expect(events.last?["message"] == "succeeded")
    }

    @Test func `a revision that is not there is told with those that are`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("rollback", "--yes", "--to", "9")
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[revision-unknown]: there is no revision 9 of application app
                hint: recorded are 1 to 3: see endstate history

                """)
    }

    @Test func `a revision that failed is brought back with --retry alone`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        #expect(await scene.apply(refused: true).status == .rolledBack)
        let ending = await scene.endstate("rollback", "--yes", "--to", "4")
        #expect(ending.status == .refused)
        #expect(
            ending.notes == """
                error[revision-not-good]: revision 4 of application app was rolled back
                  = cause 1: ConfigMap default/settings: cannot apply ConfigMap default/settings: the quota is used up
                hint: choose one that was deployed (endstate history), or bring it back all the same with --retry

                """)
        #expect(await scene.endstate("rollback", "--yes", "--to", "4", "--retry").status == .success)
        #expect(scene.colour == "purple")
    }

    @Test func `a damaged revision is not brought back`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        scene.cluster.change("/api/v1/namespaces/default/secrets/endstate-revision.app.1") { $0?["data"] = nil }
        let ending = await scene.endstate("rollback", "--yes", "--to", "1")
        #expect(ending.status == .failure)
        #expect(ending.notes.hasPrefix("error[revision-damaged]: revision 1 of application default/app is damaged"))
        #expect(scene.colour == "blue")
    }

    @Test func `another cluster's unended revision is not undone`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        _ = await scene.apply(refused: true, "--no-rollback")
        let record = "/api/v1/namespaces/default/secrets/endstate-revision.app.4"
        scene.cluster.change(record) { secret in
            let text = secret?[path: "metadata", "annotations"]?["endstate.dev/record"]?.string ?? ""
            secret?["metadata"]?["annotations"]?["endstate.dev/record"] = .string(
                text.replacing("uid-kube-system", with: "elsewhere"))
        }
        let ending = await scene.endstate("rollback", "--yes")
        #expect(ending.status == .refused)
        #expect(ending.notes.hasPrefix("error[cluster-mismatch]: this is another cluster"), "\(ending.notes)")
    }

    @Test(arguments: ["0", "-1", "x"])
    func `a number that no revision has is a wrong command line`(number: String) async throws {
        #expect(await (try Scene()).endstate("rollback", "--yes", "--to=\(number)").status == .usage)
    }
}
