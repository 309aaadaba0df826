import Diffing
import Manifests
import Planning
import Resources
import Testing

@Suite struct `prune guardrails` {
    /// Members, how many of them would be deleted, and how many may be.
    @Test(arguments: [
        (1, 1, nil), (2, 1, nil), (2, 2, 1), (3, 2, nil), (3, 3, 2), (6, 5, nil), (6, 6, 5), (10, 5, nil), (10, 6, 5),
        (20, 6, nil), (20, 7, 6), (60, 18, nil), (60, 19, 18), (100, 20, nil), (100, 21, 20), (1_000, 20, nil),
        (1_000, 21, 20),
    ])
    func `a budget limits how many members go`(members: Int, deleted: Int, allowed: Int?) throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 Service shop/new"), .create)
        for number in 0..<members {
            // Each of a kind of its own, so that the budget of a kind doesn't matter.
            let member = try object("example.org/v1 Kind\(number) shop/x")
            if number < deleted { fixture.delete(member) } else { fixture.declare(member) }
        }
        let messages = try fixture.plan().violations.filter { $0.code == .pruneBudget }.map(\.message)
        let expected = allowed.map { "\(deleted) of \(members) members would be deleted, and at most \($0) may be" }
        #expect(messages == [expected].compactMap(\.self))
    }

    @Test func `a budget limits how many of a kind go`() throws {
        var fixture = try PlanFixture()
        for number in 0..<100 { fixture.declare(try object("v1 ConfigMap shop/c\(number)")) }
        for number in 0..<6 { fixture.delete(try object("v1 Service shop/s\(number)")) }
        #expect(
            try fixture.violations() == [
                "prune-budget-of-kind: 6 of 6 members of kind Service would be deleted, and at most 5 may be "
                    + "(check the source; if it is meant, pass --prune-max-percent 100)"
            ]
        )
        fixture.settings.maximumPercent = 100
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `the remedy names the flags with the numbers that are needed`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/stays"))
        for number in 0..<30 { fixture.delete(try object("example.org/v1 Kind\(number) shop/x")) }
        #expect(
            try fixture.violations() == [
                "prune-budget: 30 of 31 members would be deleted, and at most 9 may be "
                    + "(check the source; if it is meant, pass --prune-max-count 30 --prune-max-percent 97)"
            ]
        )
        (fixture.settings.maximumCount, fixture.settings.maximumPercent) = (30, 97)
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `a source without objects prunes nothing unless it is allowed`() throws {
        var fixture = try PlanFixture()
        for number in 0..<30 { fixture.delete(try object("v1 ConfigMap shop/c\(number)")) }
        #expect(
            try fixture.violations() == [
                "empty-set: the source declares no objects, so all 30 members of default/shop would be deleted "
                    + "(check the path and the revision; if it is meant, pass --allow-empty)"
            ]
        )
        fixture.settings.allowsEmpty = true
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `an empty source without members is no accident`() throws {
        let plan = try PlanFixture().plan()
        #expect(plan.violations.isEmpty)
        #expect(!plan.summary.hasChanges)
    }

    @Test func `deleting the application has no budget`() throws {
        var fixture = try PlanFixture()
        fixture.intent = .deleteApplication
        for number in 0..<30 { fixture.delete(try object("v1 ConfigMap shop/c\(number)")) }
        #expect(try fixture.violations().isEmpty)
    }

    @Test(arguments: [
        ("v1 Namespace x", "Namespace", "Namespace x"),
        (
            "apiextensions.k8s.io/v1 CustomResourceDefinition x", "CustomResourceDefinition.apiextensions.k8s.io",
            "CustomResourceDefinition x"
        ),
        ("v1 PersistentVolume x", "PersistentVolume", "PersistentVolume x"),
        ("v1 PersistentVolumeClaim shop/x", "PersistentVolumeClaim", "PersistentVolumeClaim shop/x"),
        ("apps/v1 StatefulSet shop/x", "StatefulSet.apps", "StatefulSet shop/x"),
        ("example.org/v1 Database shop/x", "Database.example.org", "Database.example.org shop/x"),
    ])
    func `protected kinds need a permission`(title: String, kind: String, name: String) throws {
        let protected = try object(title)
        var fixture = try PlanFixture()
        fixture.settings.furtherProtectedKinds = [try #require(KindName("Database"))]
        fixture.declare(try object("v1 ConfigMap shop/y"))
        fixture.observations.contents = [protected.identity: ForeignContents(objects: [])]
        fixture.delete(protected)
        #expect(
            try fixture.violations() == [
                "protected-kind: \(name) would be deleted, and objects of kind \(kind) are protected "
                    + "(if it is meant, pass --prune-allow-kind \(kind))"
            ]
        )
        fixture.intent = .deleteApplication
        #expect(try fixture.plan().violations.map(\.code) == [.protectedKind])
        fixture.settings.allowedKinds = [try #require(KindName(kind))]
        #expect(try fixture.violations().isEmpty)
    }

    @Test(arguments: ["v1 Namespace x", "apiextensions.k8s.io/v1 CustomResourceDefinition x"])
    func `nothing foreign goes with its container`(title: String) throws {
        let container = try object(title)
        var fixture = try PlanFixture()
        fixture.settings.allowedKinds = GuardrailSettings.protectedKinds.compactMap { KindName($0.description) }
        fixture.declare(try object("v1 ConfigMap shop/y"))
        fixture.delete(container)
        let place = container.kind == "Namespace" ? "in it" : "of its kind"
        let remedy = "(remove them, or keep the object with the annotation helm.sh/resource-policy: keep)"
        let start = "foreign-contents: \(container.identity) would be deleted, but"
        #expect(try fixture.violations() == ["\(start) it isn't known what is \(place): nobody has looked \(remedy)"])

        let pods = (1...5).map { ObjectIdentity(group: "", kind: "Pod", namespace: "x", name: "p\($0)") }
        fixture.observations.contents[container.identity] = ForeignContents(
            objects: pods, unknown: "metrics.k8s.io: timeout")
        let names = "Pod x/p1, Pod x/p2, Pod x/p3 and 2 more"
        #expect(
            try fixture.violations() == [
                "\(start) there are objects \(place) that aren't the application's: \(names); "
                    + "it isn't known what is \(place): metrics.k8s.io: timeout \(remedy)"
            ]
        )
        fixture.observations.contents[container.identity] = ForeignContents(objects: [])
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `nothing is deleted where not everything could be read`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"))
        fixture.observations.unreadKinds = [
            GroupKind(group: "", kind: "Secret"): "forbidden",
            GroupKind(group: "example.com", kind: "Widget"): "timeout",
        ]
        #expect(try fixture.violations().isEmpty)
        fixture.delete(try object("v1 ConfigMap shop/b"))
        #expect(
            try fixture.violations() == [
                "incomplete-read: nothing can be deleted, because the cluster could not be read completely: "
                    + "Secret: forbidden; Widget.example.com: timeout (remove the cause, or set prune.enabled to false)"
            ]
        )
    }

    /// What is changed about a live member, and why it is not deleted then.
    @Test(arguments: [
        (
            "{labels: {applyset.kubernetes.io/part-of: other}, uid: u}",
            "its label applyset.kubernetes.io/part-of isn't the application's"
        ),
        ("{uid: u}", "its label applyset.kubernetes.io/part-of isn't the application's"),
        ("{labels: {applyset.kubernetes.io/part-of: OURS}}", "its UID isn't known"),
    ])
    func `only members are deleted`(metadata: String, reason: String) throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/y"))
        let deleted = try object("v1 ConfigMap shop/x")
        var live = deleted
        live.value["metadata"]?["managedFields"] = fixture.member(deleted).metadata["managedFields"]
        let changed = try value(metadata.replacing("OURS", with: fixture.application.applySetID)).object ?? [:]
        live.value["metadata"] = .object((live.metadata.object ?? [:]).merging(changed) { _, new in new })
        fixture.delete(deleted, live: live)
        #expect(
            try fixture.violations()
                == ["not-a-member: ConfigMap shop/x would be deleted, but \(reason) (make a new plan)"]
        )
    }

    @Test func `what has the label without our writing it is kept`() throws {
        var fixture = try PlanFixture()
        let copied = try object("v1 Endpoints shop/x")
        var live = fixture.member(copied)
        live.value["metadata"]?["managedFields"] = nil
        fixture.delete(copied, live: live)
        let plan = try fixture.plan()
        #expect(plan.deletions.isEmpty)
        #expect(
            plan.kept.map(\.keptBecause) == ["it has the application's label, but was not written by endstate"])
    }

    @Test func `what could not be read stays recorded`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/a"))
        let widget = GroupKind(group: "example.com", kind: "Widget")
        fixture.observations.unreadKinds = [widget: "timeout"]
        fixture.observations.recordedNamespaces = ["default", "widgets"]
        let set = try fixture.plan().applySet
        #expect(set.groupKinds.contains(widget))
        #expect(set.additionalNamespaces == ["shop", "widgets"])
    }

    @Test func `an application is not removed while some of it could not be read`() throws {
        var fixture = try PlanFixture()
        fixture.intent = .deleteApplication
        fixture.observations.unreadKinds = [GroupKind(group: "example.com", kind: "Widget"): "timeout"]
        #expect(
            try fixture.violations() == [
                "incomplete-read: nothing can be deleted, because the cluster could not be read completely: "
                    + "Widget.example.com: timeout (remove the cause)"
            ]
        )
    }

    @Test func `another cluster than the expected one is refused`() throws {
        var fixture = try PlanFixture()
        fixture.observations.cluster = ClusterFingerprint(uid: "b")
        #expect(try fixture.violations().isEmpty)
        fixture.settings.expectedCluster = ClusterFingerprint(uid: "a")
        let start = "cluster-mismatch: this is another cluster: the UID of its namespace kube-system"
        let remedy = "(check --context and KUBECONFIG, or make a new plan)"
        #expect(try fixture.violations() == ["\(start) is b, and a is expected \(remedy)"])
        fixture.observations.cluster = nil
        #expect(try fixture.violations() == ["\(start) is unknown, and a is expected \(remedy)"])
    }
}

@Suite struct `write guardrails` {
    @Test func `another set's object is never taken`() throws {
        var fixture = try PlanFixture()
        fixture.settings.adoption = .unowned
        let live = "{metadata: {labels: {applyset.kubernetes.io/part-of: applyset-x-v1}}}"
        fixture.declare(
            try object("v1 ConfigMap shop/x", adopting), .update, live: try object("v1 ConfigMap shop/x", live))
        #expect(
            try fixture.violations() == [
                "belongs-to-another-set: ConfigMap shop/x belongs to another ApplySet: applyset-x-v1 "
                    + "(remove it from the other set, or from this source)"
            ]
        )
    }

    @Test func `nobody's object is adopted where the flag or the annotation says so`() throws {
        let live = try object("v1 ConfigMap shop/x")
        var fixture = try PlanFixture()
        fixture.declare(live, .unchanged, live: live)
        #expect(try fixture.plan().changes.map(\.action) == [.adopt])
        #expect(
            errorText { try fixture.plan().checkGuardrails() } == """
                error[not-adopted]: ConfigMap shop/x exists and isn't part of the application
                 --> app.yaml:1:1
                hint: pass --adopt, or annotate the manifest with endstate.dev/adopt: "true"
                """
        )
        fixture.settings.adoption = .unowned
        #expect(try fixture.violations().isEmpty)

        var annotated = try PlanFixture()
        annotated.declare(try object("v1 ConfigMap shop/x", adopting), .update, live: live)
        #expect(try annotated.violations().isEmpty)
        #expect(
            try annotated.plan().summary.description
                == "Plan: 0 to create, 0 to update, 1 to adopt, 0 to delete; 0 unchanged.")
    }

    @Test func `what another tool manages is adopted only by annotation`() throws {
        let live = try object("v1 ConfigMap shop/x", "{metadata: {annotations: {meta.helm.sh/release-name: web}}}")
        var fixture = try PlanFixture()
        fixture.settings.adoption = .unowned
        fixture.declare(try object("v1 ConfigMap shop/x"), .update, live: live)
        #expect(
            try fixture.violations() == [
                "belongs-to-another-tool: ConfigMap shop/x is managed by Helm release web "
                    + "(remove it there, or annotate the manifest with endstate.dev/adopt: \"true\")"
            ]
        )
        var annotated = try PlanFixture()
        annotated.declare(try object("v1 ConfigMap shop/x", adopting), .update, live: live)
        #expect(try annotated.violations().isEmpty)
    }

    /// A kind, whether the manifest opts in, the setting, and the refusal.
    @Test(arguments: [
        ("apps/v1 Deployment shop/x", true, ApplicationSettings.Replacement.optIn, nil),
        (
            "apps/v1 Deployment shop/x", false, .optIn,
            "replace-not-allowed: Deployment shop/x has a change that the server refuses, so it would have to be deleted and "
                + "created anew (if it is meant, annotate the manifest with endstate.dev/replace: \"true\")"
        ),
        (
            "apps/v1 Deployment shop/x", true, .never,
            "replace-not-allowed: Deployment shop/x has a change that the server refuses, so it would have to be deleted and "
                + "created anew (undo the change, or set replace to optIn and annotate the manifest with "
                + "endstate.dev/replace: \"true\")"
        ),
        ("v1 PersistentVolumeClaim shop/x", true, .optIn, "never"),
        ("v1 PersistentVolume x", true, .optIn, "never"),
        ("v1 Namespace x", true, .optIn, "never"),
        ("apiextensions.k8s.io/v1 CustomResourceDefinition x", true, .optIn, "never"),
        ("apps/v1 StatefulSet shop/x", true, .optIn, "never"),
    ])
    func `replacing needs the object's word, and some kinds never are`(
        title: String,
        optsIn: Bool,
        setting: ApplicationSettings.Replacement,
        refusal: String?
    ) throws {
        let annotation = optsIn ? "{metadata: {annotations: {endstate.dev/replace: 'true'}}}" : "{}"
        let object = try object(title, annotation)
        var fixture = try PlanFixture()
        fixture.settings.replacement = setting
        fixture.declare(object, .replace)
        let never =
            "never-replaced: \(object.identity) has a change that the server refuses, so it would have to be deleted and "
            + "created anew, which is never done to a \(object.kind) (undo the change, or give the object another name)"
        #expect(try fixture.violations() == (refusal.map { [$0 == "never" ? never : $0] } ?? []))
    }

    @Test func `a protected object isn't replaced`() throws {
        var fixture = try PlanFixture()
        let annotations = "{helm.sh/resource-policy: keep, endstate.dev/replace: 'true'}"
        fixture.declare(try object("v1 Service shop/x", "{metadata: {annotations: \(annotations)}}"), .replace)
        #expect(
            try fixture.violations() == [
                "never-replaced: Service shop/x has a change that the server refuses, so it would have to be deleted and created "
                    + "anew, but its annotation helm.sh/resource-policy: keep protects it "
                    + "(undo the change, or give the object another name)"
            ]
        )
    }

    @Test func `other managers' fields are taken over only when asked`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("apps/v1 Deployment shop/x"), .update) { change in
            let path = FieldPath(fields: "spec", "replicas")
            change.conflicts = [OwnershipConflict(path: path, manager: "hpa", theirs: 3, ours: 1)]
        }
        #expect(
            try fixture.violations() == [
                "ownership-conflict: Deployment shop/x has fields that others manage: spec.replicas (hpa) "
                    + "(leave the fields out of the manifest, or take them over with --force-conflicts)"
            ]
        )
        fixture.settings.forcesConflicts = true
        #expect(try fixture.violations().isEmpty)
    }

    @Test func `settings come from the configuration, the rest from the defaults`() {
        var configuration = ApplicationSettings()
        #expect(GuardrailSettings(configuration) == GuardrailSettings())
        configuration.prune.maxCount = 3
        configuration.prune.enabled = false
        configuration.prune.allowEmpty = true
        configuration.adopt = .unowned
        configuration.forceConflicts = true
        var expected = GuardrailSettings()
        expected.maximumCount = 3
        expected.isPruneEnabled = false
        expected.allowsEmpty = true
        expected.adoption = .unowned
        expected.forcesConflicts = true
        #expect(GuardrailSettings(configuration) == expected)
    }

    private let adopting = "{metadata: {annotations: {endstate.dev/adopt: 'true'}}}"
}
