import Diffing
import Resources
import Testing

/// Generated objects against a model of the server: a proof of "unchanged" may never be wrong.
struct UnchangedProofPropertyTests {
    private static let container = ModelType.structure(
        [
            "name": .scalar, "image": .scalar, "args": .atomicList,
            "env": .associative(keys: ["name"], element: .structure(["name": .scalar, "value": .scalar])),
            "ports": .associative(
                keys: ["containerPort", "protocol"], defaults: ["protocol": "TCP"],
                element: .structure(["containerPort": .scalar, "protocol": .scalar, "note": .scalar])),
            "resources": .structure(["limits": .map(.scalar)]), "pullPolicy": .scalar,
        ], defaults: ["pullPolicy": "Always", "resources": [:]])

    private static let spec: [String: ModelType] = [
        "replicas": .scalar, "selector": .atomicMap, "nodeSelector": .map(.scalar), "tolerations": .atomicList,
        "strategy": .structure(["type": .scalar, "limit": .scalar], defaults: ["type": "Rolling"]),
        "emptyDir": .structure(["medium": .scalar]),
        "containers": .associative(keys: ["name"], element: container),
        "finalizers": .set,
    ]

    /// What custom resources may have besides: maps of structures, and a granular map under a name that is atomic in
    /// Kubernetes' own types.
    private static let customSpec = spec.merging([
        "podSelector": .structure(["a": .scalar, "b": .scalar]),
        "sections": .map(.structure(["a": .scalar, "tags": .set])),
        "elements": .associative(keys: ["id"], element: .structure(["id": .scalar, "v": .scalar])),
    ]) { $1 }

    @Test(arguments: [
        ("apps/v1", true), ("apps/v1", false), ("example.dev/v1", true), ("example.dev/v1", false),
    ])
    func `no proof of unchanged disagrees with the server`(apiVersion: String, recordsEmptyMaps: Bool) throws {
        let fields = apiVersion == "apps/v1" ? Self.spec : Self.customSpec
        let model = ServerSideApplyModel(type: .structure(fields), recordsEmptyMaps: recordsEmptyMaps)
        var generator = ModelGenerator(seed: 20_261_121)
        var counts = (unchanged: 0, provable: 0, ownership: 0)
        for _ in 0..<2_000 {
            let applied = generator.value(of: model.type, emptiness: 12)
            var live = model.completed(model.merge([:], applied))
            var ours = model.fieldSet(of: applied)
            var theirs = FieldSet()
            if generator.isOne(in: 2) {
                let updated = model.completed(generator.mutated(live, model.type))
                (ours, theirs) = model.afterUpdate(from: live, to: updated, ours: ours)
                live = updated
            }
            let desired = generator.nextDesired(after: applied, live: live, model.type)

            if ours.isEmpty { continue }
            let isSame = model.merge(live, desired).isIdentical(to: live)
            let isUnchanged = isSame && model.fieldSet(of: desired) == ours
            let proof = prove(
                desired, live: live, ours: ours, theirs: theirs, apiVersion: apiVersion, isLegacy: !recordsEmptyMaps)
            if proof == .unchanged {
                #expect(isUnchanged, "desired \(desired.json) live \(live.json) ours \(ours.fieldsV1.json)")
                counts.unchanged += 1
            }
            if isUnchanged { counts.provable += 1 }
            if isSame && !isUnchanged { counts.ownership += 1 }
        }
        // The test would say nothing if these never occurred.
        #expect(counts.unchanged > 100)
        #expect(counts.unchanged * 2 > counts.provable)
        #expect(counts.ownership > 10)
    }

    private func prove(
        _ desired: Value, live: Value, ours: FieldSet, theirs: FieldSet, apiVersion: String, isLegacy: Bool
    ) -> UnchangedProof {
        let entries = [
            Fixtures.entry(fields: ["f:spec": ours.fieldsV1], apiVersion: apiVersion),
            Fixtures.entry(
                fields: ["f:spec": theirs.fieldsV1], manager: "other", operation: "Update", apiVersion: apiVersion),
        ]
        let object: Value = ["apiVersion": .string(apiVersion), "kind": "Thing"]
        var wanted = object
        wanted["metadata"] = ["name": "web", "namespace": "shop"]
        wanted["spec"] = desired
        var found = object
        found["metadata"] = ["name": "web", "namespace": "shop", "managedFields": .array(entries)]
        found["spec"] = live
        return UnchangedProof.prove(
            desired: KubernetesObject(wanted), live: KubernetesObject(found), manager: Fixtures.manager,
            isLegacyServer: isLegacy)
    }
}
