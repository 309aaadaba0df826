import Manifests
import Planning
import Resources

/// What a plan for application `shop` in namespace `default` is made of.
struct PlanFixture {
    let application: ApplicationIdentity
    private var declared: [ObjectChange] = []
    private var deleted: [ObjectChange] = []
    var intent = PlanIntent.apply
    var settings = GuardrailSettings()
    var observations = ClusterObservations()
    var existing: Set<ObjectIdentity>?

    init() throws {
        application = try ApplicationIdentity(name: "shop", namespace: "default")
    }

    /// The object as a live member.
    func member(_ object: KubernetesObject) -> KubernetesObject {
        var live = ApplySet(application).member(object)
        live.value["metadata"]?["uid"] = .string("uid of \(object.identity)")
        live.value["metadata"]?["managedFields"] = [
            [
                "manager": "endstate", "operation": "Apply", "apiVersion": "v1",
                "fieldsV1": ["f:metadata": ["f:labels": ["f:applyset.kubernetes.io/part-of": [:]]]],
            ]
        ]
        return live
    }

    /// Declares an object; all actions but `create` have a live one, which is a member unless `live` says otherwise.
    mutating func declare(
        _ object: KubernetesObject,
        _ action: Action = .unchanged,
        live: KubernetesObject? = nil,
        edit: (inout ObjectChange) -> Void = { _ in }
    ) {
        var change = ObjectChange(
            identity: object.identity,
            action: action,
            manifest: Manifest(object: object, file: "app.yaml"),
            desired: ApplySet(application).member(object),
            live: action == .create ? nil : live ?? member(object)
        )
        edit(&change)
        declared.append(change)
    }

    /// Has a live object deleted, which is a member unless `live` says otherwise.
    mutating func delete(_ object: KubernetesObject, live: KubernetesObject? = nil) {
        deleted.append(ObjectChange(identity: object.identity, action: .delete, live: live ?? member(object)))
    }

    var input: PlanInput {
        get throws {
            let manifests = declared.compactMap(\.manifest)
            return PlanInput(
                intent: intent,
                application: application,
                source: PlanSource(path: "shop", isDirty: true),
                manifestDigest: ManifestSet.digest(of: manifests.map(\.object)),
                manifestCount: manifests.count,
                changes: declared + deleted,
                graph: try DependencyGraph.build(manifests: manifests),
                existing: existing,
                settings: settings,
                observations: observations
            )
        }
    }

    func plan() throws -> Plan { try Planner.plan(input) }

    /// Each violation as `code: message (remedy)`.
    func violations() throws -> [String] {
        try plan().violations.map { "\($0.code.rawValue): \($0.message) (\($0.remedy))" }
    }
}
