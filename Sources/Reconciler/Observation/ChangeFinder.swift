internal import Diffing
internal import KubeClient
internal import Manifests
internal import Planning
internal import Resources

/// What was found of one desired object: its change, or why the plan cannot be made.
struct Finding: Sendable {
    var change: ObjectChange?
    var problems: [Diagnostic] = []
}

/// Compares desired objects with the cluster: by proof where that is possible, else by a dry run on the server.
struct ChangeFinder: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    let discovery: Discovery
    let guardrails: GuardrailSettings
    /// Namespaces that do not exist yet, so that nothing in them can be tried.
    let missingNamespaces: Set<String>
    /// Objects that are certainly not there and that are not to be tried out.
    let untried: Set<ObjectIdentity>
    let schemas: SchemaSource
    let scaledWorkloads: Set<ObjectIdentity>

    /// - Parameter live: The member of the same identity, if there is one.
    func find(_ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        var desired = desired
        let live = try await inSameVersion(live, desired)
        let scaled = ScaledReplicas.withoutScaledReplicas(
            desired.object, live: live, manager: KubeClient.fieldManager, targets: scaledWorkloads)
        desired.object = scaled.desired
        var finding = try await compare(desired, live: live)
        if let note = scaled.note { finding.change?.warnings.append(note) }
        if live?.isBeingDeleted ?? false, finding.change?.action == .unchanged || finding.change?.action == .update {
            finding.change?.action = .update
            finding.change?.warnings.append("it is being deleted: it is created anew when it is gone")
        }
        return finding
    }

    /// Members are listed in one version of their kind; objects of different versions can't be compared.
    private func inSameVersion(_ live: KubernetesObject?, _ desired: DesiredObject) async throws -> KubernetesObject? {
        if let former = desired.formerResource {
            if let live { return live }
            return try await client.get(former, namespace: desired.object.namespace, name: desired.object.name)
        }
        guard let live, live.apiVersion != desired.object.apiVersion else { return live }
        return try await known(nil, desired)
    }

    private func compare(_ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        if let live, client.provesUnchanged(desired.object, live: live) {
            return Finding(change: change(desired, .unchanged, live: live))
        }
        if desired.definition != nil || missingNamespaces.contains(desired.object.namespace)
            || untried.contains(desired.identity)
        {
            return try await assume(desired, live: live)
        }
        if let live, discovery.hasObsoleteFields(live) {
            let why = "fields are owned in a version that is no longer served, which is put right first"
            return Finding(change: untriedChange(desired, live, .assumed(why: why)))
        }
        return try await tryOut(desired, live: live)
    }

    func change(
        _ desired: DesiredObject, _ action: Action, live: KubernetesObject? = nil, verification: Verification = .proven
    ) -> ObjectChange {
        ObjectChange(
            identity: desired.identity,
            action: action,
            manifest: desired.manifest,
            desired: desired.object,
            live: live,
            fieldChanges: action == .unchanged ? [] : ObjectDiff.changes(from: live, to: desired.object),
            verification: verification
        )
    }

    /// An object that can't be tried out, for example because the plan creates its namespace: only a schema can be asked.
    private func assume(_ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        let (problems, isKnown) = try await schemas.problems(of: desired)
        guard problems.isEmpty else { return Finding(problems: problems) }
        let verification = isKnown ? Verification.schema : .assumed(why: "no schema of the kind is known")
        if let live { return Finding(change: untriedChange(desired, live, verification)) }
        return Finding(change: change(desired, .create, verification: verification))
    }

    /// What the manifest itself changes of an object where the server can't be asked.
    func untriedChange(
        _ desired: DesiredObject, _ live: KubernetesObject, _ verification: Verification
    ) -> ObjectChange {
        var change = change(desired, .update, live: live, verification: verification)
        change.fieldChanges = ObjectDiff.drift(
            desired: desired.object, live: live, manager: KubeClient.fieldManager
        )
        .map { FieldChange(path: $0.path, old: $0.live, new: $0.desired, isSecret: $0.isSecret) }
        if Membership(of: live, in: application) != .ours { change.action = .adopt }
        return change
    }

    private func tryOut(_ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        do {
            let result = try await dryRun(desired, force: guardrails.forcesConflicts)
            if result.created { return created(desired, result) }
            guard let live = try await known(live, desired) else { return Finding(change: change(desired, .create)) }
            return Finding(change: changed(desired, live, result))
        } catch let error as APIError {
            return try await explain(error, desired, live: live)
        }
    }

    func dryRun(_ desired: DesiredObject, force: Bool) async throws -> WriteResult {
        try await client.apply(desired.object, as: desired.resource, options: ApplyOptions(dryRun: true, force: force))
    }

    private func created(_ desired: DesiredObject, _ result: WriteResult) -> Finding {
        var change = change(desired, .create, verification: .server)
        change.planned = result.object
        change.warnings = result.warnings
        return Finding(change: change)
    }

    /// The live object; read from the cluster where it is no member.
    func known(_ live: KubernetesObject?, _ desired: DesiredObject) async throws -> KubernetesObject? {
        if let live { return live }
        return try await client.get(
            desired.resource, namespace: desired.object.namespace, name: desired.object.name)
    }

    private func changed(_ desired: DesiredObject, _ live: KubernetesObject, _ result: WriteResult) -> ObjectChange {
        var change = change(desired, .update, live: live, verification: .server)
        change.planned = result.object
        change.fieldChanges = ObjectDiff.changes(from: live, to: result.object)
        change.warnings = result.warnings
        if Membership(of: live, in: application) != .ours {
            change.action = .adopt
            change.fieldChanges += losses(desired, live, besides: change.fieldChanges)
        } else if change.fieldChanges.isEmpty, ownedFields(of: live) == ownedFields(of: result.object) {
            change.action = .unchanged
        }
        return change
    }

    /// The fields that go with an adoption: what kubectl applied becomes ours first, and what of it the manifest does not
    /// declare is then removed. A dry run cannot show it.
    func losses(_ desired: DesiredObject, _ live: KubernetesObject, besides known: [FieldChange]) -> [FieldChange] {
        let patch = ManagedFieldsMigration.patch(
            for: live, manager: KubeClient.fieldManager, apiVersion: desired.object.apiVersion)
        guard let fields = patch?.first?["value"] else { return [] }
        var migrated = live
        migrated.value["metadata"]?["managedFields"] = fields
        let shown = Set(known.map(\.path))
        return ObjectDiff.drift(desired: desired.object, live: migrated, manager: KubeClient.fieldManager)
            .filter { $0.desired == nil && $0.managers.isEmpty && !shown.contains($0.path) }
            .map { FieldChange(path: $0.path, old: $0.live, new: nil, isSecret: $0.isSecret) }
    }

    /// What we own, without the time at which we wrote it.
    private func ownedFields(of object: KubernetesObject) -> [Value] {
        (object.metadata["managedFields"]?.array ?? [])
            .filter { $0["manager"]?.string == KubeClient.fieldManager && $0["operation"]?.string == "Apply" }
            .map { ["apiVersion": $0["apiVersion"] ?? .null, "fieldsV1": $0["fieldsV1"] ?? .null] }
    }
}
