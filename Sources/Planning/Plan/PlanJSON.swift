internal import Diffing
internal import Manifests
internal import Placement
package import Resources

/// A plan's representation for machines and files.
///
/// The fields are stable; a field without a value is left out. No secret value is in it, and nothing that changes from one
/// planning to the next while source and cluster stay the same.
///
///     apiVersion: endstate.dev/v1
///     kind: Plan
///     intent: apply | deleteApplication
///     application: {name, namespace, applySet}
///     source: {repository, revision, commit, subject, path, dirty}
///     cluster: {uid}
///     manifests: {count, digest}
///     summary: {create, update, replace, delete, adopt, unchanged, keep}
///     steps, deletions:                  in the order of execution
///     - object | external: OBJECT        or barrier: NAME
///       action: create | …               for an object; so are all that follow but dependsOn
///       uid: of the live object
///       location: {file, line, column}
///       verification: {by: server | schema | assumed | proven, reason}
///       changes: [{path, old, new, secret, reordered}]
///       conflicts: [{path, manager, subresource, theirs, ours}]
///       policies: [{name, added: [text]}]  what policies added to the manifest
///       warnings: [text]
///       dependsOn: [{object | external | barrier, kind: declared | inferred | hint, reason, location}]
///       pause: {until: person}           or {until: healthy, seconds}: what its dependents wait for
///     kept: [{object, uid, reason}]
///     hints: [{dependent: NODE, dependency: NODE, reason}]
///     dropped: [{dependent: NODE, dependency: NODE, reason, gaveWayBecause}]
///     placement:                         of the workloads that pods come of
///     - object: OBJECT
///       certainty: guaranteed | possible | impossible
///       pods: how many come
///       nodes: [{name, pods}]            where a trial run put them
///       message: the scheduler's about a pod that finds no node
///       reason, hint: text
///       scaling: [{pods, certainty}]     the least and the most that a HorizontalPodAutoscaler may ask for
///     wayBack: as placement, if the plan is undone
///     losses:                            of nodes to do without
///     - nodes: [name]
///       zones: [name]                    that they make up, where zones were named
///       trial: whether the plan brings pods, which are where a trial run put them
///       survived: whether all pods may find other nodes, and all may be evicted
///       placement: as above, of the pods that were there
///       blocked: [text]                  PodDisruptionBudgets that let no pod go
///       lost: [OBJECT]                   pods that nobody makes anew
///     policies:                          of the source, where pods come
///     - name, rule, mode
///       outcome: kept | unconcerned | open | broken | unknown
///       findings: [text]                 what breaks it, or might
///       objects: [OBJECT]                the workloads that it is about
///       location: {file, line, column}
///     warnings: [{code, message, location, hint}]
///     violations: [{code, objects: [OBJECT], message, remedy, location}]
///
/// OBJECT is `{group, kind, namespace, name}`, NODE is `{object | external | barrier}`.
extension Plan {
    package var json: Value {
        [
            "apiVersion": "endstate.dev/v1",
            "kind": "Plan",
            "intent": .string(intent.rawValue),
            "application": [
                "name": .string(application.name),
                "namespace": .string(application.namespace),
                "applySet": .string(application.applySetID),
            ],
            "source": source.json,
            "cluster": .fields(["uid": cluster.map { .string($0.uid) }]),
            "manifests": ["count": .integer(Int64(manifestCount)), "digest": .string(manifestDigest)],
            "summary": .object(
                Dictionary(uniqueKeysWithValues: Action.allCases.map { ($0.rawValue, .integer(Int64(summary[$0]))) })
            ),
            "steps": .array(steps.map(\.json)),
            "deletions": .array(deletions.map(\.json)),
            "kept": .array(kept.map(\.keptJSON)),
            "hints": .array(graph.hints.map(\.pairJSON)),
            "dropped": .array(graph.dropped.map(\.json)),
            "placement": .array(placement.verdicts.map(\.json)),
            "wayBack": .array(placement.wayBack.map(\.json)),
            "losses": .array(placement.losses.map(\.json)),
            "policies": .array(placement.policies.map(\.json)),
            "warnings": .array(warnings.map(\.planJSON)),
            "violations": .array(violations.map(\.json)),
        ]
    }
}

extension Value {
    /// An object without the fields that have no value.
    static func fields(_ fields: [String: Value?]) -> Value {
        .object(fields.compactMapValues { $0 })
    }

    static func list(_ elements: [Value]) -> Value? {
        elements.isEmpty ? nil : .array(elements)
    }
}

extension PlanSource {
    var json: Value {
        .fields([
            "repository": repository.map(Value.string),
            "revision": revision.map(Value.string),
            "commit": commit.map(Value.string),
            "subject": subject.map(Value.string),
            "path": .string(path),
            "dirty": .bool(isDirty),
        ])
    }
}

extension Pause {
    var json: Value {
        switch self {
        case .person: ["until": "person"]
        case .soak(let duration): ["until": "healthy", "seconds": Value(duration.seconds)]
        }
    }
}

extension ObjectIdentity {
    var json: Value {
        .fields([
            "group": .string(groupKind.group),
            "kind": .string(groupKind.kind),
            "namespace": namespace.isEmpty ? nil : .string(namespace),
            "name": .string(name),
        ])
    }
}

extension SourceLocation {
    var json: Value {
        ["file": .string(file), "line": .integer(Int64(line)), "column": .integer(Int64(column))]
    }
}

extension GraphNode {
    var json: [String: Value?] {
        switch self {
        case .object(let identity): ["object": identity.json]
        case .external(let identity): ["external": identity.json]
        case .barrier(let name): ["barrier": .string(name)]
        }
    }
}

extension Edge {
    fileprivate var dependencyJSON: Value {
        var fields = dependency.json
        fields["kind"] = .string(kind.rawValue)
        fields["reason"] = .string(reason)
        fields["location"] = location?.json
        return .fields(fields)
    }

    fileprivate var pairJSON: Value {
        ["dependent": .fields(dependent.json), "dependency": .fields(dependency.json), "reason": .string(reason)]
    }
}

extension DroppedEdge {
    fileprivate var json: Value {
        var value = edge.pairJSON
        value["gaveWayBecause"] = .string(reason)
        return value
    }
}

extension Step {
    fileprivate var json: Value {
        var fields = node.json
        if let change { fields.merge(change.json) { _, new in new } }
        fields["dependsOn"] = Value.list(dependsOn.map(\.dependencyJSON))
        fields["pause"] = pause?.json
        return .fields(fields)
    }
}

extension ObjectChange {
    fileprivate var json: [String: Value?] {
        let isSecret = Redaction.isSecret(identity.groupKind)
        return [
            "action": .string(action.rawValue),
            "uid": live?.uid.map(Value.string),
            "location": manifest?.location(of: FieldPath()).json,
            "verification": verification.json,
            "changes": Value.list(fieldChanges.map { $0.json(ofSecret: isSecret) }),
            "conflicts": Value.list(conflicts.map { $0.json(ofSecret: isSecret) }),
            "policies": Value.list(additions.map(\.json)),
            "warnings": Value.list(warnings.map(Value.string)),
        ]
    }

    fileprivate var keptJSON: Value {
        .fields([
            "object": identity.json,
            "uid": live?.uid.map(Value.string),
            "reason": keptBecause.map(Value.string),
        ])
    }
}

extension Verification {
    fileprivate var json: Value {
        switch self {
        case .server: ["by": "server"]
        case .schema: ["by": "schema"]
        case .assumed(let why): ["by": "assumed", "reason": .string(why)]
        case .proven: ["by": "proven"]
        }
    }
}

extension FieldChange {
    /// The values have been masked where the change was found; they are masked once more, because a file is for ever.
    fileprivate func json(ofSecret isOfSecret: Bool) -> Value {
        let hasParts = [old, new].contains { $0?.object != nil || $0?.array != nil }
        let isHidden = isSecret || isOfSecret && (Redaction.hides(path) || hasParts)
        return .fields([
            "path": .string(path.description),
            "old": isHidden ? old.map { _ in .string(Redaction.mask) } : old,
            "new": isHidden ? new.map { _ in .string(Redaction.mask) } : new,
            "secret": isHidden ? true : nil,
            "reordered": isReordering ? true : nil,
        ])
    }
}

extension OwnershipConflict {
    fileprivate func json(ofSecret isOfSecret: Bool) -> Value {
        let isHidden = isSecret || isOfSecret && Redaction.hides(path)
        return .fields([
            "path": .string(path.description),
            "manager": .string(manager),
            "subresource": subresource.map(Value.string),
            "theirs": isHidden ? theirs.map { _ in .string(Redaction.mask) } : theirs,
            "ours": isHidden ? ours.map { _ in .string(Redaction.mask) } : ours,
        ])
    }
}

extension Diagnostic {
    fileprivate var planJSON: Value {
        .fields([
            "code": .string(code),
            "message": .string(message),
            "location": location?.json,
            "hint": hint.map(Value.string),
        ])
    }
}

extension GuardrailViolation {
    fileprivate var json: Value {
        .fields([
            "code": .string(code.rawValue),
            "objects": .array(objects.map(\.json)),
            "message": .string(message),
            "remedy": .string(remedy),
            "location": location?.json,
        ])
    }
}
