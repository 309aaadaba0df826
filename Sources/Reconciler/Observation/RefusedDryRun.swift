internal import Diffing
internal import KubeClient
internal import Manifests
internal import Planning
internal import Resources

extension ChangeFinder {
    /// What a refused dry run means for the plan.
    /// - Throws: What says nothing about the object: the server is out of order or may not be asked.
    func explain(_ error: APIError, _ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        if !error.fieldManagerConflicts.isEmpty { return try await conflicting(error, desired, live: live) }
        if error.isImmutableField { return try await immutable(error, desired, live: live) }
        if error.isDryRunUnsupported { return try await untried(error, desired, live: live) }
        if error.status == 500 { return try await unfit(error, desired) }
        guard (400...499).contains(error.status), error.status != 401, error.status != 429 else { throw error }
        return Finding(problems: [refusal(error, of: desired)])
    }

    /// Other managers own fields that the manifest declares: the plan shows both values, and what force would do.
    private func conflicting(_ error: APIError, _ desired: DesiredObject, live: KubernetesObject?) async throws
        -> Finding
    {
        guard let live = try await known(live, desired) else { return Finding(change: change(desired, .create)) }
        let forced: WriteResult
        do {
            forced = try await dryRun(desired, force: true)
        } catch let error as APIError where error.fieldManagerConflicts.isEmpty {
            return try await explain(error, desired, live: live)
        }
        var change = change(desired, .update, live: live, verification: .server)
        change.action = Membership(of: live, in: application) == .ours ? .update : .adopt
        change.fieldChanges = ObjectDiff.changes(from: live, to: forced.object)
        change.conflicts = OwnershipConflict.parse(
            error.fieldManagerConflicts.map { ($0.field, $0.message) }, desired: desired.object, live: live)
        if change.action == .adopt {
            change.conflicts.removeAll { formerManagers.contains($0.manager) }
            change.fieldChanges += losses(desired, live, besides: change.fieldChanges)
        }
        return Finding(change: change)
    }

    /// Managers whose fields pass to us when their object is adopted: client-side applies of the same manifest.
    private var formerManagers: [String] {
        [ManagedFieldsMigration.clientSideApply, ManagedFieldsMigration.beforeFirstApply]
    }

    /// The object would have to be replaced; whether it may be is the guardrails' to say. Under another name the new one
    /// is tried out first, so that nothing is deleted for an object that the server would refuse.
    private func immutable(_ error: APIError, _ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding
    {
        guard let live = try await known(live, desired) else { throw error }
        var change = change(desired, .replace, live: live, verification: .server)
        change.warnings = ["\(error.immutableFields.joined(separator: ", ")) can't be changed: the object is replaced"]
        let isRefusedAnyway =
            GuardrailSettings.protectedKinds.contains(desired.identity.groupKind) || !change.optsIn("replace")
        if isRefusedAnyway { return Finding(change: change) }
        do {
            _ = try await client.create(trial(of: desired.object), as: desired.resource, dryRun: true)
        } catch let error as APIError where error.isDryRunUnsupported {
            change.verification = .assumed(why: Self.noDryRun)
        } catch let error as APIError where error.status == 422 || error.status == 403 {
            return Finding(problems: [refusal(error, of: desired)])
        }
        return Finding(change: change)
    }

    /// The object under another name, without what the old one holds as long as it is there.
    private func trial(of object: KubernetesObject) -> KubernetesObject {
        var trial = object
        trial.value["metadata"]?["name"] = .string(object.name.prefix(40) + "-endstate-trial")
        guard object.groupVersionKind.groupKind == GroupKind(group: "", kind: "Service") else { return trial }
        if trial.value[path: "spec", "clusterIP"]?.string != "None" { trial.value["spec"]?["clusterIP"] = nil }
        for field in ["clusterIPs", "healthCheckNodePort"] where trial.value[path: "spec", field]?[0]?.string != "None"
        {
            trial.value["spec"]?[field] = nil
        }
        let ports = (trial.value[path: "spec", "ports"]?.array ?? []).map { port in
            var port = port
            port["nodePort"] = nil
            return port
        }
        trial.value["spec"]?["ports"] = .array(ports)
        return trial
    }

    private static let noDryRun = "an admission webhook does not support dry runs"

    /// A webhook cannot take part in a dry run: the plan says so, and shows what the manifest itself changes.
    private func untried(_ error: APIError, _ desired: DesiredObject, live: KubernetesObject?) async throws -> Finding {
        let live = try await known(live, desired)
        let verification = Verification.assumed(why: Self.noDryRun)
        guard let live else { return Finding(change: change(desired, .create, verification: verification)) }
        return Finding(change: untriedChange(desired, live, verification))
    }

    /// Old servers answer with 500 where a manifest does not fit their schema, which itself tells the exact places.
    private func unfit(_ error: APIError, _ desired: DesiredObject) async throws -> Finding {
        let found = try await schemas.problems(of: desired).problems
        return Finding(problems: found.isEmpty ? [refusal(error, of: desired)] : found)
    }

    private func refusal(_ error: APIError, of desired: DesiredObject) -> Diagnostic {
        let field = error.causes.lazy.compactMap { FieldPath(apiField: $0.field) }.first ?? FieldPath()
        let told = error.diagnostics.first
        let lines = error.message.split(separator: "\n").map(String.init)
        return desired.manifest.diagnostic(
            code: told?.code ?? "refused",
            "the server refuses \(desired.identity): \(lines.first ?? "")",
            at: field,
            causes: lines.dropFirst() + (told?.causes ?? []),
            hint: error.isForbidden ? told?.hint : nil
        )
    }
}

extension FieldPath {
    /// A path as the API's error causes write it: `spec.template.spec.containers[0].image`; nil for other forms.
    init?(apiField text: String) {
        guard !text.isEmpty else { return nil }
        var elements: [Element] = []
        for part in text.split(separator: ".") {
            let pieces = part.split(separator: "[")
            guard let name = pieces.first else { return nil }
            elements.append(.field(String(name)))
            for piece in pieces.dropFirst() {
                guard piece.hasSuffix("]") else { return nil }
                let inner = String(piece.dropLast())
                elements.append(Int(inner).map(Element.index) ?? .field(inner))
            }
        }
        self.init(elements)
    }
}
