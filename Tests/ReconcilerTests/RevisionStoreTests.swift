import FoundationEssentials
import KubeClient
import Planning
import Reconciler
import Resources
import Testing

@Suite struct RevisionStoreTests {
    private let server = RevisionSecretServer()

    @Test func `a new revision is one Secret, and is listed with what it says`() async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        #expect(created.revision == .sample(1))
        #expect(server.writes == ["POST endstate-revision.shop.1"])
        let secret = try #require(server.secret("endstate-revision.shop.1"))
        #expect(secret.value["type"] == "endstate.dev/revision.v1")
        #expect(
            secret.labels == [
                "endstate.dev/application": "shop", "endstate.dev/revision": "1", "endstate.dev/state": "pending",
            ])
        #expect(try await store.list() == [created])
        #expect(try await store.contents(of: created) == .sample(1))
    }

    @Test func `revisions are listed newest first by one request, which asks for metadata alone`() async throws {
        let store = try server.store()
        for number in 1...11 { _ = try await store.create(.sample(number, .superseded), .sample(1)) }
        let before = server.requests.count
        #expect(try await store.list().map(\.number) == (1...11).reversed())
        let requests = server.requests.dropFirst(before)
        #expect(requests.count == 1)
        let accept = requests.first?.headers["Accept"]
        #expect(accept?.hasPrefix("application/json;as=PartialObjectMetadataList;") == true)
    }

    @Test func `an application's revisions are not those of one whose name goes on with a dot`() async throws {
        let (shop, other) = (try server.store(), try server.store(application: "shop.1"))
        _ = try await shop.create(.sample(1), .sample(1))
        _ = try await other.create(.sample(1), .sample(2))
        #expect(server.names == ["endstate-revision.shop.1", "endstate-revision.shop.1.1"])
        let recorded = try #require(try await shop.list().first)
        #expect(try await shop.contents(of: recorded) == .sample(1))
        #expect(try await other.list().count == 1)
    }

    @Test func `a set of 3 MB is divided among Secrets and comes back equal`() async throws {
        let store = try server.store()
        let contents = RevisionContents.sample(1, bytes: 3 << 20)
        let created = try await store.create(.sample(4), contents)
        #expect(
            server.writes == [
                "PATCH endstate-revision.shop.4-2", "PATCH endstate-revision.shop.4-3",
                "PATCH endstate-revision.shop.4-4", "POST endstate-revision.shop.4",
            ])
        let part = try #require(server.secret("endstate-revision.shop.4-2"))
        #expect(part.value["type"] == "endstate.dev/revision.v1")
        #expect(
            part.labels == [
                "endstate.dev/application": "shop", "endstate.dev/revision": "4", "endstate.dev/part": "2",
            ])
        #expect(try await store.list() == [created])
        #expect(try await store.contents(of: created) == contents)
    }

    @Test func `nothing of the contents is anywhere but in data`() async throws {
        _ = try await server.store(partSize: 100).create(.sample(1), .sample(1, bytes: 400))
        for name in server.names {
            let metadata = try #require(server.secret(name)?.metadata.json)
            #expect(!metadata.contains("aHVudGVyMg") && !metadata.contains("password"))
        }
    }

    @Test func `a revision whose number is taken is refused, and the other one stays`() async throws {
        let store = try server.store()
        let first = try await store.create(.sample(1), .sample(1))
        let error = await #expect(throws: Diagnostic.self) { try await store.create(.sample(1), .sample(2)) }
        #expect(error?.code == "revision-exists")
        #expect(error?.message.contains("revision 1 of application default/shop") == true)
        #expect(try await store.contents(of: first) == .sample(1))
    }

    @Test func `an update changes label and record, and leaves the contents`() async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        var revision = created.revision
        revision.state = .rolledBack
        revision.failure = "no image"
        revision.endedAt = Date(timeIntervalSince1970: 1_785_000_060)
        let updated = try await store.update(created, to: revision)
        #expect(updated.revision == revision)
        #expect(try await store.list() == [updated])
        #expect(server.secret("endstate-revision.shop.1")?.labels["endstate.dev/state"] == "rolled-back")
        #expect(try await store.contents(of: updated) == .sample(1))
    }

    @Test func `an update goes on where only something else of the Secret has changed`() async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        server.change(created.secret.name) { $0?["metadata"]?["labels"]?["backup"] = "yes" }
        #expect(try await store.update(created, to: .sample(1, .deployed)).revision.state == .deployed)
        #expect(server.secret(created.secret.name)?.labels["backup"] == "yes")
    }

    @Test func `an update is refused where another run has changed the record`() async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        _ = try await store.update(created, to: .sample(1, .failed))
        let error = await #expect(throws: Diagnostic.self) {
            try await store.update(created, to: .sample(1, .deployed))
        }
        #expect(error?.code == "revision-changed")
        #expect(try await store.list().map(\.revision.state) == [.failed])
    }

    @Test(arguments: [false, true])
    func `an update is refused where the record is gone, also if there is a new one`(_ isNew: Bool) async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        server.change(created.secret.name) { $0 = nil }
        if isNew { _ = try await store.create(.sample(1), .sample(1)) }
        let error = await #expect(throws: Diagnostic.self) {
            try await store.update(created, to: .sample(1, .deployed))
        }
        #expect(error?.code == "revision-missing")
    }

    @Test func `new contents take other parts than the old ones, of which prune then rids the cluster`() async throws {
        let store = try server.store(partSize: 200)
        let created = try await store.create(.sample(1), .sample(1, bytes: 400))
        let parts = server.names.count - 1
        var revision = created.revision
        revision.planDigest = "another"
        let replaced = try await store.replace(created, revision: revision, contents: .sample(2, bytes: 400))
        #expect(try await store.list().map(\.revision) == [revision])
        #expect(try await store.contents(of: replaced) == .sample(2, bytes: 400))
        #expect(try await store.orphans().count == parts)
        try await store.prune(keeping: 10)
        #expect(try await store.orphans().isEmpty)
        #expect(try await store.contents(of: replaced) == .sample(2, bytes: 400))
    }
}
