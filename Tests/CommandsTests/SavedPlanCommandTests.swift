import Commands
import Foundation
import Resources
import TestSupport
import Testing

/// `plan --out` and `apply --plan`.
@Suite struct SavedPlanCommandTests {
    /// Blue is applied, purple is planned and saved.
    private static func saved(_ options: String...) async throws -> Scene {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        let ending = await scene.bench.run(
            ["plan", "--out", "../app.plan"] + options, transport: scene.cluster.transport)
        try #require(ending.status == .changes)
        return scene
    }

    @Test func `it is saved for its owner alone, and its digest is told and recorded`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        let plan = await scene.endstate("plan", "--out", "app.plan")
        #expect(plan.status == .changes)
        let digest = try #require(plan.notes.firstMatch(of: /^Plan saved to app.plan, digest ([0-9a-f]{64})\n$/)?.1)
        #expect(plan.output.contains("\nplan \(digest.prefix(12))\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: scene.bench.app + "/app.plan")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scene.bench.app).sorted() == [
                "app.plan", "settings.yaml",
            ])

        let apply = await scene.endstate("apply", "--yes", "--plan", "app.plan")
        #expect(apply.status == .success)
        #expect(apply.output.contains("\nplan \(digest.prefix(12))\n"))
        #expect(scene.colour == "purple")
        let history = try Value(json: await scene.endstate("history", "-o", "json").output)
        #expect(history["revisions"]?[0]?[path: "plan", "digest"] == .string(String(digest)))
    }

    @Test func `without changes it is saved and exits with 0`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("plan", "--out", "../app.plan")
        #expect(ending.status == .success)
        #expect(FileManager.default.fileExists(atPath: scene.bench.path + "/app.plan"))
        #expect(await scene.endstate("apply", "--yes", "--plan", "../app.plan").status == .success)
    }

    @Test func `what a guardrail refuses is not saved`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try FileManager.default.removeItem(atPath: scene.bench.app + "/settings.yaml")
        let ending = await scene.endstate("plan", "--out", "../app.plan")
        #expect(ending.status == .refused)
        #expect(ending.notes.hasSuffix("The plan is not saved: a guardrail refuses it.\n"))
        #expect(!FileManager.default.fileExists(atPath: scene.bench.path + "/app.plan"))
    }

    @Test(arguments: ["app.json", "./deep/../app.yaml"])
    func `a file that would be read as a manifest is refused`(file: String) async throws {
        let scene = try await Scene.afterThreeRevisions()
        try FileManager.default.createDirectory(atPath: scene.bench.app + "/deep", withIntermediateDirectories: true)
        let ending = await scene.endstate("plan", "--out", file)
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[plan-among-manifests]: \(file) lies in the source, where it would be read as a manifest
                hint: save it elsewhere, or without the ending: --out shop.plan

                """)
    }

    @Test func `a file that can't be written is an error`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("plan", "--out", "nowhere/app.plan")
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[plan-not-saved]: the plan could not be saved to nowhere/app.plan
                  = cause 1: No such file or directory
                hint: name a file in a directory that can be written to

                """)
    }

    @Test func `the object changed since: it is refused`() async throws {
        let scene = try await Self.saved("--name", "app", "-n", "default")
        scene.cluster.change(Scene.path) { $0?["metadata"]?["resourceVersion"] = "4711" }
        let ending = await scene.endstate("apply", "--yes", "--plan", "../app.plan")
        #expect(ending.status == .refused)
        #expect(ending.notes.hasPrefix("error[stale-plan]: ConfigMap default/settings changed since: resourceVersion "))
        #expect(ending.notes.hasSuffix(" → 4711\nhint: make a new plan: endstate plan --out FILE\n"))
        #expect(scene.colour == "blue")
    }

    @Test func `the manifests changed since: it is refused`() async throws {
        let scene = try await Self.saved()
        try scene.declare("orange")
        let ending = await scene.endstate("apply", "--yes", "--plan", "../app.plan")
        #expect(ending.status == .refused)
        #expect(ending.notes.hasPrefix("error[stale-plan]: the manifests in "))
    }

    @Test func `a repository is read at the commit, and a branch that has moved is refused`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let repository = scene.bench.app + "/repository"
        try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
        func commit(_ colour: String) throws {
            let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: \(colour)}\n"
            try scene.bench.write(Array(text.utf8), to: "repository/settings.yaml")
            try scene.bench.git("add", "--all")
            try scene.bench.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", colour)
        }
        try scene.bench.git("init", "--quiet", "--initial-branch", "main")
        try commit("purple")
        let plan = await scene.endstate(
            "plan", "--repo", "repository", "--revision", "main", "--name", "app", "--out", "../app.plan")
        #expect(plan.status == .changes, "\(plan.notes)")
        try commit("orange")
        let moved = await scene.endstate("apply", "--yes", "--plan", "../app.plan")
        #expect(moved.status == .refused)
        #expect(moved.notes.contains("error[stale-plan]: main has moved from commit "), "\(moved.notes)")
        try scene.bench.git("reset", "--quiet", "--hard", "HEAD~1")
        let good = await scene.bench.run(
            ["apply", "--yes", "--plan", scene.bench.path + "/app.plan"], transport: scene.cluster.transport,
            directory: scene.bench.path)
        #expect(good.status == .success, "\(good.notes)")
        #expect(scene.colour == "purple")
    }

    @Test func `its settings are those that it was made with`() async throws {
        let scene = try Scene()
        scene.cluster.put(
            KubernetesObject([
                "apiVersion": "v1", "kind": "ConfigMap", "data": ["colour": "red"],
                "metadata": ["name": "settings", "namespace": "default", "uid": "u", "resourceVersion": "3"],
            ]))
        try scene.declare("red")
        #expect(await scene.endstate("plan", "--adopt", "--out", "../app.plan").status == .changes)
        #expect(await scene.endstate("apply", "--yes").status == .refused)
        #expect(await scene.endstate("apply", "--yes", "--plan", "../app.plan").status == .success)
    }

    @Test(arguments: [
        ["."], ["--repo", "x", "--revision", "main"], ["--name", "app"], ["-n", "default"], ["--config", "x"],
        ["--adopt"],
        ["--retry"], ["--prune-max-count", "3"],
    ])
    func `what the file says can't be said again`(arguments: [String]) async throws {
        let ending = await (try Scene()).bench.run(["apply", "--yes", "--plan", "../app.plan"] + arguments)
        #expect(ending.status == .usage)
        #expect(ending.notes.hasPrefix("Error: --plan says what to apply where and how"))
    }

    @Test func `another context contradicts it`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        _ = await scene.endstate("plan", "--out", "../app.plan")
        let ending = await scene.endstate("apply", "--yes", "--plan", "../app.plan", "--context", "other")
        #expect(ending.status == .usage)
        #expect(
            ending.notes.hasPrefix("Error: The plan was made for the context test: --context other contradicts it.\n"))
    }

    @Test func `a file that is no saved plan is told`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("apply", "--yes", "--plan", "settings.yaml")
        #expect(ending.status == .failure)
        #expect(ending.notes.hasPrefix("error[saved-plan-unreadable]: the saved plan settings.yaml can't be used"))
        #expect(await scene.endstate("apply", "--yes", "--plan", "nothing").status == .failure)
    }
}
