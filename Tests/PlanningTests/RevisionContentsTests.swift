import Planning
import Resources
import Testing

@Suite struct RevisionContentsTests {
    private static let secret = ObjectIdentity(group: "", kind: "Secret", namespace: "default", name: "a")

    private static func object(_ kind: String, _ name: String, apiVersion: String = "v1") -> KubernetesObject {
        KubernetesObject([
            "apiVersion": .string(apiVersion), "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": "default"],
            "data": ["password": "aHVudGVyMg=="], "number": .double(0.25), "list": [nil, true, [:]],
        ])
    }

    private static let contents = RevisionContents(
        objects: [object("Secret", "a"), object("Deployment", "web", apiVersion: "apps/v1")],
        actions: [
            object("Secret", "a").identity: .adopt,
            object("Deployment", "web", apiVersion: "apps/v1").identity: .update,
            ObjectIdentity(group: "", kind: "Namespace", name: "old"): .delete,
        ],
        before: [object("Secret", "a").identity: object("Secret", "a")],
        unhealthyBefore: [object("Deployment", "web", apiVersion: "apps/v1").identity],
        usesHints: true
    )

    @Test(arguments: [contents, RevisionContents(objects: [])])
    func `contents read back equal`(_ contents: RevisionContents) throws {
        let json = try Value(json: contents.json.jsonBytes)
        #expect(try RevisionContents(json: json, secret: Self.secret) == contents)
    }

    @Test(
        arguments: [
            ("apiVersion", "endstate.dev/v2"), ("kind", "Revision"), ("objects", "all"), ("objects", ["aHVudGVyMg=="]),
            ("actions", [["object": ["kind": "aHVudGVyMg=="], "action": "create"]]),
            ("actions", [["object": ["kind": "Pod", "name": "a"], "action": "aHVudGVyMg=="]]),
            ("before", [["object": ["kind": "Pod", "name": "a"]]]), ("unhealthyBefore", ["aHVudGVyMg=="]),
            ("usesHints", nil),
        ] as [(String, Value?)])
    func `contents of another format are refused without a word of what is in them`(
        _ field: String, _ value: Value?
    ) {
        var json = Self.contents.json
        json[field] = value
        let error = #expect(throws: Diagnostic.self) { try RevisionContents(json: json, secret: Self.secret) }
        #expect(error?.code == "revision-unreadable")
        #expect(error?.rendered().contains("Secret default/a") == true)
        #expect(error?.rendered().contains("aHVudGVyMg") == false)
    }

    @Test func `a digest is that of SHA-256`() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(RevisionContents.digest(of: []) == empty)
    }
}
