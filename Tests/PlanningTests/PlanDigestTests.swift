import Diffing
import Manifests
import Planning
import Resources
import Testing

@Suite struct `a plan's digest` {
    /// A Secret, a workload that mounts it, one that is as declared, one that is kept and one that goes.
    private func fixture(
        secretVersion: String = "7", idleVersion: String = "9", secretUID: String = "u1"
    ) throws -> PlanFixture {
        var fixture = try PlanFixture()
        fixture.observations.cluster = ClusterFingerprint(uid: "c1")
        fixture.source = PlanSource(
            repository: "https://git.example.com/shop", revision: "main", commit: "c0ffee", path: "")
        let key = try object("v1 Secret shop/key", "{data: {password: czNjcmV0}}")
        fixture.declare(
            key, .update, live: versioned(fixture.member(key), secretVersion, uid: secretUID))
        fixture.declare(try deployment("web", "{volumes: [{name: v, secret: {secretName: key}}]}"), .create)
        let idle = try object("v1 ConfigMap shop/idle")
        fixture.declare(idle, .unchanged, live: versioned(fixture.member(idle), idleVersion, uid: "u2"))
        fixture.delete(try object("v1 ConfigMap shop/old"))
        let kept = try object("v1 ConfigMap shop/kept", "{metadata: {annotations: {helm.sh/resource-policy: keep}}}")
        fixture.delete(kept)
        return fixture
    }

    private func versioned(_ object: KubernetesObject, _ version: String, uid: String) -> KubernetesObject {
        var object = object
        object.value["metadata"]?["resourceVersion"] = .string(version)
        object.value["metadata"]?["uid"] = .string(uid)
        return object
    }

    @Test func `is a SHA-256 that is the same each time`() throws {
        let digest = try fixture().plan().digest
        #expect(digest.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        for _ in 0..<5 { #expect(try fixture().plan().digest == digest) }
    }

    private static let edits: [Edit<PlanFixture>] = [
        Edit("the cluster", { $0.observations.cluster = ClusterFingerprint(uid: "c2") }),
        Edit("an unknown cluster", { $0.observations.cluster = nil }),
        Edit("the commit", { $0.source.commit = "decade" }),
        Edit("an object more", { $0.declare(try object("v1 Service shop/new"), .create) }),
        Edit("a deletion more", { $0.delete(try object("v1 Service shop/gone")) }),
        Edit("what is kept", { $0.settings.isPruneEnabled = false }),
        Edit("a pause", { $0.pause(after: "/namespaces/shop/Secret/key", soak: .seconds(1)) }),
    ]

    @Test(arguments: edits)
    func `tells apart`(edit: Edit<PlanFixture>) throws {
        var other = try fixture()
        try edit.apply(&other)
        #expect(try other.plan().digest != fixture().plan().digest)
    }

    private static let pauseEdits: [Edit<PlanFixture>] = [
        Edit("the time of the pause", { $0.pauses[0] = request(.seconds(2)) }),
        Edit("who ends the pause", { $0.pauses[0] = request(nil) }),
    ]

    @Test(arguments: pauseEdits)
    func `tells pauses apart`(edit: Edit<PlanFixture>) throws {
        var one = try fixture()
        one.pauses = [Self.request(.seconds(1))]
        var other = one
        try edit.apply(&other)
        #expect(try other.plan().digest != one.plan().digest)
    }

    private static func request(_ soak: Duration?) -> ApplicationSettings.PauseRequest {
        let place = SourceLocation(file: "endstate.yaml", line: 1, column: 1)
        return ApplicationSettings.PauseRequest(object: "/namespaces/shop/Secret/key", soak: soak, location: place)
    }

    @Test func `tells apart what is known of the objects that are written, and of no others`() throws {
        let digest = try fixture().plan().digest
        #expect(try fixture(secretVersion: "8").plan().digest != digest)
        #expect(try fixture(secretUID: "u9").plan().digest != digest)
        #expect(try fixture(idleVersion: "10").plan().digest == digest)
    }

    @Test func `tells apart manifests, applications, purposes and orders`() throws {
        let input = try fixture().input
        let digest = try Planner.plan(input).digest
        var other = input
        other.manifestDigest = "another"
        #expect(try Planner.plan(other).digest != digest)
        other = input
        other.intent = .deleteApplication
        #expect(try Planner.plan(other).digest != digest)
        other = input
        other.graph = try DependencyGraph.build(
            manifests: input.changes.compactMap(\.manifest).map { manifest in
                var object = manifest.object
                if object.name == "idle" {
                    object.annotations["config.kubernetes.io/depends-on"] = "/namespaces/shop/Secret/key"
                }
                return Manifest(object: object, file: "app.yaml")
            })
        #expect(try Planner.plan(other).digest != digest)
    }

    @Test func `does not depend on the order of what is planned, nor on words for people`() throws {
        var input = try fixture().input
        let digest = try Planner.plan(input).digest
        input.changes.reverse()
        input.warnings = [Diagnostic(.warning, code: "x", "a warning")]
        input.source.revision = "HEAD"
        input.source.subject = "a change"
        for index in input.changes.indices { input.changes[index].warnings = ["deprecated"] }
        #expect(try Planner.plan(input).digest == digest)
    }

    @Test func `knows nothing of a Secret but its manifest's digest`() throws {
        var input = try fixture().input
        let digest = try Planner.plan(input).digest
        for index in input.changes.indices where input.changes[index].identity.groupKind.kind == "Secret" {
            input.changes[index].desired?.value["data"] = ["password": "YW5vdGhlcg=="]
            input.changes[index].live?.value["data"] = ["password": "b2xk"]
            input.changes[index].fieldChanges = [
                FieldChange(path: FieldPath(fields: "data", "password"), old: "x", new: "y", isSecret: true)
            ]
        }
        #expect(try Planner.plan(input).digest == digest)
    }
}
