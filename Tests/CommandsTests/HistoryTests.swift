import Commands
import KubeClient
import Resources
import TestSupport
import Testing

/// What `history` tells, and how `rollback` goes through it.
@Suite struct HistoryTests {
    @Test func `the newest revision comes first, and a rollback says to which it goes back`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        #expect(await scene.endstate("rollback", "--to", "1", "--yes").status == .success)
        let ending = await scene.endstate("history")
        #expect(ending.status == .success)
        #expect(
            ending.output == """
                REVISION  COMMIT  SUBJECT  STATE        WHEN    WHO       CHANGES
                4         -                deployed     0s ago  ann@desk  back to 1: 1 updated
                3         -                rolled back  0s ago  ann@desk  1 updated
                          ann@desk went back from it, with revision 4
                2         -                superseded   0s ago  ann@desk  1 updated
                1         -                superseded   0s ago  ann@desk  1 created

                """)
    }

    @Test func `a failed revision shows why it failed`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.declare("purple")
        #expect(await scene.apply(refused: true).status == .rolledBack)
        let ending = await scene.endstate("history")
        #expect(
            ending.output.contains(
                """
                4         -                rolled back  0s ago  ann@desk  1 updated
                          ConfigMap default/settings: cannot apply ConfigMap default/settings: the quota is used up
                3 \u{20}
                """), "\(ending.output)")
    }

    @Test func `as JSON it has the records`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        let ending = await scene.endstate("history", "-o", "json")
        let history = try Value(json: ending.output)
        #expect(history["kind"] == "History")
        #expect(history["application"] == ["name": "app", "namespace": "default"])
        #expect(history["revisions"]?.array?.map { $0["number"] } == [3, 2, 1])
        let newest = history["revisions"]?[0]
        #expect(newest?["state"] == "deployed")
        #expect(newest?["summary"] == ["update": 1])
        #expect(newest?["who"] == "ann@desk")
        #expect(newest?["phase"] == nil)
        #expect(await scene.endstate("history", "-o", "yaml").output.hasPrefix("apiVersion: endstate.dev/v1\n"))
    }

    @Test func `an application that was applied before there were revisions has none`() async throws {
        let bench = try Bench([:] as [String: String])
        try bench.useKubeconfig()
        let ending = await bench.endstate("history", transport: RecordedApplication.transport())
        #expect(ending.status == .success)
        #expect(ending.output == "no revision of app in namespace default is recorded yet\n")
    }

    @Test(arguments: ["history", "rollback"])
    func `an application that the cluster does not know is an error`(verb: String) async throws {
        let bench = try Bench([:] as [String: String])
        try bench.useKubeconfig()
        let arguments = [verb, "--name", "nobody"] + (verb == "rollback" ? ["--yes"] : [])
        let ending = await bench.run(arguments, transport: FakeCluster.transport())
        #expect(ending.status == .failure)
        #expect(
            ending.notes.hasPrefix(
                "error[application-unknown]: the cluster has no application nobody in namespace default\n"))
    }

    @Test func `manifests that can't be read hide no history`() async throws {
        let scene = try await Scene.afterThreeRevisions()
        try scene.bench.write(Array("kind: [".utf8), to: "settings.yaml")
        #expect(await scene.endstate("history").status == .success)
        #expect(await scene.endstate("rollback", "--yes").status == .success)
        #expect(scene.colour == "red")
    }
}

/// An application of one ConfigMap that has been applied several times.
struct Scene: Sendable {
    let bench: Bench
    let cluster = FakeCluster()

    static let path = "/api/v1/namespaces/default/configmaps/settings"

    init() throws {
        bench = try Bench([:] as [String: String])
        try bench.useKubeconfig()
    }

    /// Green, red and blue, one after the other.
    static func afterThreeRevisions() async throws -> Scene {
        let scene = try Scene()
        for colour in ["green", "red", "blue"] {
            try scene.declare(colour)
            let ending = await scene.apply()
            try #require(ending.status == .success, "\(ending.notes)")
        }
        return scene
    }

    /// What the cluster has.
    var colour: String? { cluster.object(Self.path)?.value[path: "data", "colour"]?.string }

    func declare(_ colour: String) throws {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: \(colour)}\n"
        try bench.write(Array(text.utf8), to: "settings.yaml")
    }

    /// - Parameter refused: Whether the server refuses the write, though not the dry run.
    func apply(refused: Bool = false, _ options: String...) async -> Bench.Ending {
        let transport = cluster.transport
        let fussy = FakeTransport { request, _ in
            let isWrite = request.method == .patch && request.path.contains("/configmaps/")
            // What is given back is what was there before: only something new is refused.
            let isNew = request.body.map { String(decoding: $0, as: UTF8.self).contains("purple") } ?? false
            if refused, isWrite, isNew, !request.path.contains("dryRun=All") {
                return .status(403, "Forbidden", "the quota is used up")
            }
            return try await transport.send(request)
        }
        return await bench.run(["apply", "--yes"] + options, transport: fussy)
    }

    func endstate(_ arguments: String..., readLine: (@Sendable () -> String?)? = nil) async -> Bench.Ending {
        await bench.run(arguments, transport: cluster.transport, readLine: readLine)
    }
}
