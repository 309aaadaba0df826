import KubeClient
import Planning
import Reconciler
import Resources
import Testing

@Suite struct RevisionDamageTests {
    private let server = RevisionSecretServer()

    /// A revision of several parts, of which a Secret is changed afterwards.
    private func refusal(_ secret: String, _ edit: (inout Value?) -> Void) async throws -> Diagnostic {
        let store = try server.store(partSize: 200)
        let created = try await store.create(.sample(1), .sample(1, bytes: 500))
        server.change(secret, edit)
        let error = await #expect(throws: Diagnostic.self) { _ = try await store.contents(of: created) }
        return try #require(error)
    }

    @Test(arguments: ["endstate-revision.shop.1", "endstate-revision.shop.1-2"])
    func `a missing Secret is named`(_ secret: String) async throws {
        let error = try await refusal(secret) { $0 = nil }
        #expect(error.code == "revision-damaged")
        #expect(error.message.contains("revision 1 of application default/shop is damaged"))
        #expect(error.message.hasSuffix("Secret default/\(secret): it is missing"))
    }

    @Test(arguments: [nil, "%%%", ["a"]] as [Value?])
    func `a Secret without its part is named`(_ value: Value?) async throws {
        let error = try await refusal("endstate-revision.shop.1-3") { $0?["data"]?["contents"] = value }
        #expect(error.code == "revision-damaged")
        #expect(error.message.hasSuffix("Secret default/endstate-revision.shop.1-3: it has no contents"))
    }

    @Test func `contents that were changed are told by their digest`() async throws {
        let error = try await refusal("endstate-revision.shop.1-2") { $0?["data"]?["contents"] = "aHVudGVyMg==" }
        #expect(error.code == "revision-damaged")
        #expect(error.message.hasSuffix("its contents have another digest than the one recorded"))
        #expect(!error.rendered().contains("hunter2") && !error.rendered().contains("aHVudGVyMg"))
    }

    @Test(arguments: [10, 1 << 40])
    func `contents that aren't as large as recorded are damaged`(_ size: Int64) async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        server.change(created.secret.name) { secret in
            let text = secret?[path: "metadata", "annotations", "endstate.dev/contents"]?.string ?? ""
            var index = (try? Value(json: text)) ?? .null
            index["size"] = .integer(size)
            secret?["metadata"]?["annotations"]?["endstate.dev/contents"] = .string(index.json)
        }
        let recorded = try #require(try await store.list().first)
        let error = await #expect(throws: Diagnostic.self) { _ = try await store.contents(of: recorded) }
        #expect(error?.code == "revision-damaged")
    }

    @Test(
        arguments: [
            ("endstate.dev/record", nil), ("endstate.dev/record", "{"), ("endstate.dev/record", "{}"),
            ("endstate.dev/record", .string(Revision.sample(2).json.json)), ("endstate.dev/contents", nil),
            ("endstate.dev/contents", "{}"),
            ("endstate.dev/contents", #"{"digest":"","size":1,"parts":[1],"writing":""}"#),
        ] as [(String, Value?)])
    func `a list with a record that can't be read is refused, and the Secret named`(
        _ annotation: String, _ value: Value?
    ) async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        server.change(created.secret.name) { $0?["metadata"]?["annotations"]?[annotation] = value }
        let error = await #expect(throws: Diagnostic.self) { _ = try await store.list() }
        #expect(error?.code == "revision-unreadable")
        #expect(error?.message.contains("Secret default/endstate-revision.shop.1") == true)
    }

    @Test func `Secrets that others give the application's label are none of its revisions`() async throws {
        let store = try server.store()
        let created = try await store.create(.sample(1), .sample(1))
        let copy = server.secret(created.secret.name)
        server.change("copy-of-a-revision") { secret in
            secret = copy?.value
            secret?["metadata"]?["name"] = "copy-of-a-revision"
        }
        #expect(try await store.list() == [created])
        try await store.deleteAll()
        #expect(server.names == ["copy-of-a-revision"])
    }
}
