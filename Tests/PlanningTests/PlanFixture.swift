import Manifests
import Placement
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
    var source = PlanSource(path: "shop", isDirty: true)
    var pauses: [ApplicationSettings.PauseRequest] = []
    var placement = PlacementReport()

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

    /// Asks for a pause after an object, in the line of `endstate.yaml` that is its number, counted from 1.
    mutating func pause(after object: String, soak: Duration? = nil) {
        let location = SourceLocation(file: "endstate.yaml", line: pauses.count + 1, column: 7)
        pauses.append(ApplicationSettings.PauseRequest(object: object, soak: soak, location: location))
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
                source: source,
                manifestDigest: ManifestSet.digest(of: manifests.map(\.object)),
                manifestCount: manifests.count,
                changes: declared + deleted,
                graph: try DependencyGraph.build(manifests: manifests),
                existing: existing,
                settings: settings,
                observations: observations,
                pauses: pauses,
                placement: placement
            )
        }
    }

    func plan() throws -> Plan { try Planner.plan(input) }

    /// Each violation as `code: message (remedy)`.
    func violations() throws -> [String] {
        try plan().violations.map { "\($0.code.rawValue): \($0.message) (\($0.remedy))" }
    }
}
