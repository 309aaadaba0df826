import FoundationEssentials
import Planning
import Resources
import Testing

@Suite struct RevisionTests {
    private static let secret = ObjectIdentity(
        group: "", kind: "Secret", namespace: "default", name: "endstate-revision.shop.7")

    private static func revision(_ edit: (inout Revision) -> Void = { _ in }) -> Revision {
        var revision = Revision(
            number: 7,
            manifestDigest: "aa11",
            planDigest: "bb22",
            source: PlanSource(
                repository: "https://git.test/shop", revision: "main", commit: "c0ffee", path: "deploy", isDirty: true,
                subject: "Make the shop \u{1B}[31mred\u{1B}[0m"),
            cluster: "uid-1",
            who: "alice@ci-7",
            tool: "endstate/v0.1.0",
            startedAt: Date(timeIntervalSince1970: 1_785_000_000.75),
            summary: [.create: 2, .delete: 1],
            restores: 3
        )
        edit(&revision)
        return revision
    }

    private static func readAgain(_ revision: Revision) throws -> Revision {
        try Revision(json: try Value(json: revision.json.jsonBytes), secret: secret)
    }

    @Test(arguments: Revision.State.allCases, Revision.Phase.allCases)
    func `a revision of any state and phase reads back equal`(_ state: Revision.State, _ phase: Revision.Phase) throws {
        let revision = Self.revision { revision in
            revision.state = state
            revision.phase = phase
            revision.isInterrupted = state == .pending
            revision.endedAt = state == .pending ? nil : Date(timeIntervalSince1970: 1_785_000_060.9)
            revision.failure = state == .failed ? "Deployment default/web: no image" : nil
        }
        #expect(try Self.readAgain(revision) == revision)
    }

    @Test func `a revision of which little is known reads back equal`() throws {
        let revision = Revision(
            number: 1, manifestDigest: "a", planDigest: "b", source: PlanSource(path: "."), who: "", tool: "",
            startedAt: Date(timeIntervalSince1970: 0))
        #expect(try Self.readAgain(revision) == revision)
    }

    @Test func `times are kept in whole seconds, as the record has them`() {
        let revision = Self.revision { $0.endedAt = Date(timeIntervalSince1970: 1_785_000_060.9) }
        #expect(revision.startedAt == Date(timeIntervalSince1970: 1_785_000_000))
        #expect(revision.json["startedAt"] == "2026-07-25T17:20:00Z")
        #expect(revision.json["endedAt"] == "2026-07-25T17:21:00Z")
    }

    @Test func `a failure and a subject of any length fit into an annotation`() throws {
        let endless = "e" + String(repeating: "\u{301}", count: 1 << 20)
        var revision = Self.revision { $0.failure = endless }
        revision = Revision(
            number: 1, manifestDigest: "a", planDigest: "b", source: PlanSource(path: ".", subject: endless), who: "",
            tool: "", startedAt: Date(timeIntervalSince1970: 0), failure: endless)
        #expect(revision.json.jsonBytes.count < 64 << 10)
        #expect(try Self.readAgain(revision).number == 1)
    }

    static let damages: [(field: String, value: Value?)] = [
        ("apiVersion", "endstate.dev/v2"), ("apiVersion", nil), ("kind", "Plan"), ("number", nil), ("number", "7"),
        ("state", "half-done"), ("state", nil), ("phase", "hoping"), ("manifests", nil), ("plan", nil),
        ("source", nil), ("startedAt", "yesterday"), ("endedAt", "soon"), ("who", nil), ("tool", 1),
        ("summary", ["destroy": 1]), ("summary", ["create": "one"]), ("summary", nil),
    ]

    @Test(arguments: damages)
    func `a record of another format is refused by the name of its Secret`(_ field: String, _ value: Value?) {
        var json = Self.revision().json
        json[field] = value
        let error = #expect(throws: Diagnostic.self) { try Revision(json: json, secret: Self.secret) }
        #expect(error?.code == "revision-unreadable")
        #expect(error?.message.contains("Secret default/endstate-revision.shop.7") == true)
        #expect(error?.hint?.contains("a newer endstate") == true)
    }
}

@Suite struct RevisionSecretNameTests {
    @Test(arguments: [
        ("shop", 7, 1, "endstate-revision.shop.7"), ("shop", 7, 2, "endstate-revision.shop.7-2"),
        ("shop.eu", 1, 1, "endstate-revision.shop.eu.1"), ("shop.7", 12, 3, "endstate-revision.shop.7.12-3"),
    ])
    func `a name says application, revision and part, and reads back`(
        _ application: String, _ revision: Int, _ part: Int, _ name: String
    ) throws {
        let application = try ApplicationIdentity(name: application, namespace: "default")
        let expected = RevisionSecretName(application: application, revision: revision, part: part)
        #expect(expected.description == name)
        #expect(RevisionSecretName(name, of: application) == expected)
    }

    @Test(arguments: [
        "endstate.shop", "endstate-revision.shop", "endstate-revision.shop.", "endstate-revision.shop.0",
        "endstate-revision.shop.07", "endstate-revision.shop.+7", "endstate-revision.shop.7-1",
        "endstate-revision.shop.7-02", "endstate-revision.shop.7-2-3", "endstate-revision.shop.7-",
        "endstate-revision.shop.eu.7", "endstate-revision.sho.7", "copy-of-endstate-revision.shop.7", "7", "",
    ])
    func `other names, also those of another application's revisions, are none of the application's`(
        _ name: String
    ) throws {
        #expect(RevisionSecretName(name, of: try ApplicationIdentity(name: "shop", namespace: "default")) == nil)
    }
}
