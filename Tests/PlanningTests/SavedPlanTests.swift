import Foundation
import Manifests
import Planning
import Resources
import Testing

@Suite struct `a saved plan` {
    @Test func `reads back as it was written`() throws {
        var fixture = try SavedPlanFixture()
        #expect(try read(fixture.saved().fileBytes) == fixture.saved())
        fixture.configuration = "/srv/shop.yaml"
        fixture.context = nil
        fixture.settings.adopt = true
        fixture.settings.forceConflicts = true
        fixture.settings.noPrune = true
        fixture.settings.pruneMaxCount = 3
        fixture.settings.pruneMaxPercent = 50
        fixture.settings.pruneAllowKinds = ["StatefulSet.apps"]
        fixture.settings.allowEmpty = true
        fixture.settings.hints = true
        fixture.settings.retry = true
        let saved = try fixture.saved()
        let again = try read(saved.fileBytes)
        #expect(again == saved)
        #expect(again.settings == fixture.settings)
        #expect(again.configuration == "/srv/shop.yaml")
        #expect(again.madeAt == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(try again.application() == fixture.plan.application)
        #expect(again.source == fixture.plan.source)
        #expect(try again.digest == Planner.plan(fixture.input).digest)
    }

    @Test func `of a deletion, of nothing, and with every kind of step reads back`() throws {
        let depending =
            "{metadata: {annotations: {config.kubernetes.io/depends-on: /Namespace/infra, argocd.argoproj.io/sync-wave: '1'}}}"
        var fixture = try SavedPlanFixture { plan in
            plan.declare(try object("v1 ConfigMap shop/x", depending), .create)
            plan.existing = [ObjectIdentity(group: "", kind: "Namespace", name: "infra")]
            plan.delete(
                try object("v1 ConfigMap shop/kept", "{metadata: {annotations: {helm.sh/resource-policy: keep}}}"))
            plan.source = PlanSource(path: "/srv/größer \u{1B}[31m", isDirty: true)
        }
        #expect(try read(fixture.saved().fileBytes) == fixture.saved())
        fixture.input.observations = ClusterObservations()
        #expect(try read(fixture.saved().fileBytes).outline.cluster == nil)

        var deletion = try PlanFixture()
        deletion.intent = .deleteApplication
        let saved = SavedPlan(try deletion.plan(), members: [:], madeAt: Date(), madeBy: "")
        #expect(try read(saved.fileBytes) == saved)
    }

    @Test func `holds no secret`() throws {
        let text = String(decoding: try SavedPlanFixture().saved().fileBytes, as: UTF8.self)
        #expect(text.contains("data.password") && text.contains("******"))
        #expect(!text.contains(SavedPlanFixture.secretValue))
        #expect(!text.contains(Base64.encode(Array(SavedPlanFixture.secretValue.utf8)).prefix(8)))
    }

    @Test func `says what it is for whoever opens the file`() throws {
        let fixture = try SavedPlanFixture()
        let plan = try Planner.plan(fixture.input)
        let value = try Value(json: fixture.saved().fileBytes)
        #expect(
            Set(value.object?.keys.map { $0 } ?? []) == [
                "apiVersion", "kind", "digest", "madeAt", "madeBy", "source", "context", "settings", "members",
                "outline", "plan", "checksum",
            ])
        #expect(value["apiVersion"] == "endstate.dev/v1" && value["kind"] == "SavedPlan")
        #expect(value["digest"] == .string(plan.digest))
        #expect(value["madeAt"] == "2023-11-14T22:13:20Z")
        #expect(value["plan"] == plan.json)
        #expect(
            value[path: "outline", "steps"]?[1] == [
                "object": ["group": "", "kind": "Secret", "namespace": "shop", "name": "key"],
                "action": "update", "uid": "uid of Secret shop/key", "resourceVersion": "12",
                "pause": ["until": "healthy", "seconds": .double(1.5)],
            ])
    }

    @Test(
        arguments: [
            ([], "the file is empty"),
            (Array("not JSON".utf8), nil),
            (Array("[]".utf8), "it isn't endstate.dev/v1 SavedPlan"),
            (Array("{}".utf8), "it isn't endstate.dev/v1 SavedPlan"),
            (Array(#"{"apiVersion": "v1", "kind": "SavedPlan"}"#.utf8), "it isn't endstate.dev/v1 SavedPlan"),
            (
                Array(#"{"apiVersion": "endstate.dev/v1", "kind": "Plan"}"#.utf8),
                "it is a plan as plan -o json prints it, which can be read but not executed"
            ),
            (
                Array(#"{"apiVersion": "endstate.dev/v2", "kind": "SavedPlan"}"#.utf8),
                "it is of endstate.dev/v2, and this program knows endstate.dev/v1"
            ),
            (
                Array(#"{"apiVersion": "endstate.dev/v1", "kind": "SavedPlan"}"#.utf8),
                "its field outline.intent isn't understood"
            ),
        ] as [([UInt8], String?)])
    func `that is another document is refused`(bytes: [UInt8], reason: String?) throws {
        let problem = try #require(throws: Diagnostic.self) { try read(bytes) }
        #expect(problem.code == "saved-plan-unreadable")
        #expect(problem.message.hasPrefix("the saved plan out/shop.plan can't be used: "))
        if let reason { #expect(problem.message.hasSuffix(": " + reason)) }
        #expect(
            problem.hint
                == "make a new plan, with the endstate that will apply it: endstate plan --out out/shop.plan")
    }

    @Test func `that was cut off anywhere is refused`() throws {
        let bytes = try SavedPlanFixture().saved().fileBytes
        for length in stride(from: 0, to: bytes.count - 2, by: 97) {
            #expect(throws: Diagnostic.self) { try read(Array(bytes.prefix(length))) }
        }
        // The last line feed is no loss.
        #expect(try read(bytes.dropLast()) == SavedPlanFixture().saved())
    }

    private static let edits: [Edit<Value>] = [
        Edit("an object's version", { $0["outline"]?["manifestDigest"] = "0" }, [digest]),
        Edit("the digest", { $0["digest"] = "0" }, [digest]),
        Edit("a digest that is missing", { $0["digest"] = nil }, [digest]),
        Edit("a setting", { $0["settings"]?["forceConflicts"] = true }, [changed]),
        Edit("a setting that nobody knows", { $0["settings"]?["force"] = true }, [changed]),
        Edit("a field that nobody knows", { $0["more"] = true }, [changed]),
        Edit("a field of another type", { $0["context"] = 3 }, [changed]),
        Edit("the plan for people", { $0["plan"]?["summary"] = [:] }, [changed]),
        Edit("the members", { $0["members"] = [] }, [changed]),
        Edit("the source", { $0["source"]?["path"] = "elsewhere" }, [changed]),
        Edit("the checksum", { $0["checksum"] = nil }, [changed]),
        Edit(
            "a setting of another type", { $0["settings"]?["adopt"] = "yes" },
            ["its field settings.adopt isn't understood"]
        ),
        Edit("a missing list", { $0["outline"]?["kept"] = nil }, ["its field outline.kept isn't understood"]),
        Edit(
            "an unknown action", { $0["outline"]?["kept"] = [["barrier": "x", "action": "smash"]] },
            ["its field outline.kept[0].action isn't understood"]
        ),
        Edit(
            "a node of no kind",
            { $0["outline"]?["steps"] = [["barrier": "x", "dependsOn": [["barrier": "y"], [:]]]] },
            ["its field outline.steps[0].dependsOn[1] isn't understood"]
        ),
        Edit(
            "a pause without end",
            {
                $0["outline"]?["steps"] = [
                    ["barrier": "x", "pause": ["until": "healthy", "seconds": .double(1e300)]]
                ]
            },
            ["its field outline.steps[0].pause isn't understood"]
        ),
        Edit("a time that is none", { $0["madeAt"] = "yesterday" }, ["its field madeAt isn't understood"]),
        Edit("a member without name", { $0["members"] = [[:]] }, ["its field members[0].object isn't understood"]),
    ]

    @Test(arguments: edits)
    func `that was edited is refused`(edit: Edit<Value>) throws {
        var value = try SavedPlanFixture().saved().json
        try edit.apply(&value)
        let problem = try #require(throws: Diagnostic.self) { try read(value.jsonBytes) }
        #expect(problem.message == "the saved plan out/shop.plan can't be used: " + edit.messages.joined())
    }

    private static let digest = "its digest isn't that of what it says: it was changed since it was made"
    private static let changed = "it was changed since it was made"

    @Test func `may be formatted anew`() throws {
        let saved = try SavedPlanFixture().saved()
        #expect(try read(saved.json.jsonBytes) == saved)
    }

    @Test(arguments: [500, 9_000, 100_000]) func `that nests deep is refused`(depth: Int) throws {
        let nest = String(repeating: #"{"a":["#, count: depth) + String(repeating: "]}", count: depth)
        let text = #"{"apiVersion": "endstate.dev/v1", "kind": "SavedPlan", "plan": \#(nest)}"#
        let problem = try #require(throws: Diagnostic.self) { try read(Array(text.utf8)) }
        #expect(problem.code == "saved-plan-unreadable" && !problem.message.contains("outline"))
    }

    private func read(_ bytes: [UInt8]) throws -> SavedPlan {
        try SavedPlan(file: "out/shop.plan", bytes: bytes)
    }
}
