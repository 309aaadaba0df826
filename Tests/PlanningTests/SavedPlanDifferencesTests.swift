import Manifests
import Planning
import Resources
import Testing

@Suite struct `a saved plan and a new one` {
    /// The reasons against executing the plan that the fixture gives, after the edit of source or cluster.
    private func reasons(_ edit: (inout SavedPlanFixture) throws -> Void) throws -> [GuardrailViolation] {
        var fixture = try SavedPlanFixture()
        let saved = try fixture.saved()
        try edit(&fixture)
        return saved.differences(from: try Planner.plan(fixture.input), members: fixture.members)
    }

    @Test func `are the same while nothing changes`() throws {
        #expect(try reasons { _ in }.isEmpty)
        #expect(
            try reasons { fixture in
                // What others do to an object that stays as it is, and words for people, change no plan.
                fixture.edit("idle") { $0?.value["metadata"]?["resourceVersion"] = "99" }
                fixture.input.warnings = [Diagnostic(.warning, code: "x", "a warning")]
                fixture.input.source.revision = "c0ffee0123456789"
            }.isEmpty)
    }

    private static let changes: [Edit<SavedPlanFixture>] = [
        Edit(
            "another cluster", { $0.input.observations.cluster = ClusterFingerprint(uid: "c2") },
            [
                "the plan was made for another cluster: its fingerprint was c1 (context production), and this one's is c2"
            ]
        ),
        Edit(
            "another cluster, and all that goes with it",
            { fixture in
                fixture.input.observations.cluster = nil
                fixture.edit("key") { $0?.value["metadata"]?["resourceVersion"] = "1" }
            },
            [
                "the plan was made for another cluster: its fingerprint was c1 (context production), "
                    + "and this one's is unknown"
            ]
        ),
        Edit(
            "another application",
            { $0.input.application = try ApplicationIdentity(name: "other", namespace: "default") },
            ["the plan was made for application default/shop, not for default/other"]
        ),
        Edit(
            "another commit", { $0.input.source.commit = "decade0123456789" },
            ["main has moved from commit c0ffee012345 to commit decade012345"]
        ),
        Edit(
            "a directory that left git",
            { fixture in
                fixture.input.source.revision = nil
                fixture.input.source.commit = nil
            }, ["main has moved from commit c0ffee012345 to no commit"]
        ),
        Edit(
            "other manifests", { $0.input.manifestDigest = "another" },
            ["the manifests in deploy changed, though the commit is still commit c0ffee012345"]
        ),
        Edit(
            "a newer version", { $0.edit("key") { $0?.value["metadata"]?["resourceVersion"] = "15" } },
            ["Secret shop/key changed since: resourceVersion 12 → 15"]
        ),
        Edit(
            "a newer version of what goes", { $0.edit("old") { $0?.value["metadata"]?["resourceVersion"] = "15" } },
            ["ConfigMap shop/old changed since: resourceVersion 14 → 15"]
        ),
        Edit(
            "a namesake",
            { fixture in
                fixture.edit("key") {
                    $0?.value["metadata"]?["uid"] = "new"
                    $0?.value["metadata"]?["resourceVersion"] = "15"
                }
            },
            ["Secret shop/key was deleted and created anew since"]
        ),
        Edit("a deleted object", { $0.edit("key") { $0 = nil } }, ["Secret shop/key was deleted since"]),
        Edit(
            "an object that was to be created",
            { fixture in
                let live = fixture.plan.member(try deployment("web"))
                fixture.edit("web") { $0 = live }
            }, ["Deployment shop/web exists now"]
        ),
        Edit(
            "a new member",
            { fixture in
                let live = fixture.plan.member(try object("v1 ConfigMap shop/foreign"))
                fixture.members[live.identity] = live
            }, ["ConfigMap shop/foreign became a member since"]
        ),
        Edit(
            "a member that went", { fixture in fixture.members = fixture.members.filter { $0.key.name != "idle" } },
            ["ConfigMap shop/idle is no longer a member"]
        ),
        Edit(
            "a member that was replaced", { $0.edit("idle") { $0?.value["metadata"]?["uid"] = "new" } },
            ["ConfigMap shop/idle was deleted and created anew since"]
        ),
        Edit(
            "drift",
            { fixture in
                for index in fixture.input.changes.indices
                where fixture.input.changes[index].identity.name == "idle" {
                    fixture.input.changes[index].action = .update
                }
            }, ["the plan does something else now to ConfigMap shop/idle (unchanged → update)"]
        ),
        Edit(
            "other settings", { $0.input.settings.isPruneEnabled = false },
            ["the plan does something else now to ConfigMap shop/old (delete → keep)"]
        ),
        Edit("another pause", { $0.input.pauses = [] }, ["the order of the plan, or its pauses, changed"]),
        Edit(
            "several things at once",
            { fixture in
                fixture.input.source.commit = "decade0123456789"
                fixture.input.manifestDigest = "another"
                fixture.edit("key") { $0?.value["metadata"]?["resourceVersion"] = "15" }
                fixture.edit("old") { $0?.value["metadata"]?["resourceVersion"] = "16" }
                fixture.members = fixture.members.filter { $0.key.name != "idle" }
            },
            [
                "main has moved from commit c0ffee012345 to commit decade012345",
                "Secret shop/key changed since: resourceVersion 12 → 15",
                "ConfigMap shop/old changed since: resourceVersion 14 → 16",
                "ConfigMap shop/idle is no longer a member",
            ]
        ),
    ]

    @Test(arguments: changes)
    func `differ, and say why`(edit: Edit<SavedPlanFixture>) throws {
        let reasons = try reasons(edit.apply)
        #expect(reasons.map(\.message) == edit.messages)
        #expect(reasons.allSatisfy { $0.code == .stalePlan })
        #expect(reasons.allSatisfy { $0.remedy == "make a new plan: endstate plan --out FILE" })
    }

    @Test func `differ in an object, which the violation names`() throws {
        let reasons = try reasons { $0.edit("key") { $0?.value["metadata"]?["resourceVersion"] = "15" } }
        #expect(reasons.map(\.objects.description) == ["[Secret shop/key]"])
        #expect(
            GuardrailError(violations: reasons).rendered() == """
                error[stale-plan]: Secret shop/key changed since: resourceVersion 12 → 15
                hint: make a new plan: endstate plan --out FILE
                """)
    }

    @Test func `differ where a saved plan that was read back is compared`() throws {
        var fixture = try SavedPlanFixture()
        let saved = try SavedPlan(file: "f", bytes: fixture.saved().fileBytes)
        let plan = try Planner.plan(fixture.input)
        #expect(saved.differences(from: plan, members: fixture.members).isEmpty)
        fixture.edit("key") { $0 = nil }
        #expect(saved.differences(from: try Planner.plan(fixture.input), members: fixture.members).count == 1)
    }
}
