import Diffing
import Foundation
import Manifests
import Planning
import Resources

/// What a saved plan is made from and compared with: a Secret that changes, a workload that is new and has a canary's
/// pause before it, a ConfigMap that stays, and one that goes.
struct SavedPlanFixture {
    var plan: PlanFixture
    var members: [ObjectIdentity: KubernetesObject] = [:]
    var input: PlanInput
    var settings = SavedPlan.Settings()
    var configuration: String?
    var context: String? = "production"
    var madeAt = Date(timeIntervalSince1970: 1_700_000_000.5)

    static let secretValue = "s3cret-password"

    init(edit: (inout PlanFixture) throws -> Void = { _ in }) throws {
        var plan = try PlanFixture()
        plan.observations.cluster = ClusterFingerprint(uid: "c1")
        plan.source = PlanSource(
            repository: "https://git.example.com/shop", revision: "main", commit: "c0ffee0123456789", path: "deploy",
            subject: "a change")
        let value = Base64.encode(Array(Self.secretValue.utf8))
        let key = try object("v1 Secret shop/key", "{data: {password: \(value)}}")
        plan.declare(key, .update, live: Self.live(plan.member(key), "12")) { change in
            let path = FieldPath(fields: "data", "password")
            change.fieldChanges = [.init(path: path, old: .string(value), new: .string(value + "x"), isSecret: false)]
        }
        plan.declare(try deployment("web", "{volumes: [{name: v, secret: {secretName: key}}]}"), .create)
        let idle = try object("v1 ConfigMap shop/idle")
        plan.declare(idle, .unchanged, live: Self.live(plan.member(idle), "13"))
        let old = try object("v1 ConfigMap shop/old")
        plan.delete(old, live: Self.live(plan.member(old), "14"))
        plan.pause(after: "/namespaces/shop/Secret/key", soak: .milliseconds(1500))
        try edit(&plan)
        self.plan = plan
        input = try plan.input
        for live in input.changes.compactMap(\.live) { members[live.identity] = live }
    }

    private static func live(_ object: KubernetesObject, _ version: String) -> KubernetesObject {
        var object = object
        object.value["metadata"]?["resourceVersion"] = .string(version)
        return object
    }

    func saved() throws -> SavedPlan {
        SavedPlan(
            try Planner.plan(input), members: members, configuration: configuration, context: context,
            settings: settings, madeAt: madeAt, madeBy: "alice@ci-7")
    }

    /// Changes an object on the cluster: as a member, and as what its change was found from.
    mutating func edit(_ name: String, _ edit: (inout KubernetesObject?) -> Void) {
        for (identity, object) in members where identity.name == name {
            var live: KubernetesObject? = object
            edit(&live)
            members[identity] = live
        }
        for index in input.changes.indices where input.changes[index].identity.name == name {
            edit(&input.changes[index].live)
        }
    }
}
