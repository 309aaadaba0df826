internal import Crypto
package import Resources

/// What makes two plans the same: what would be done to which objects in which order, to the cluster's state that the
/// plan was made from.
///
/// Nothing of an object's contents is in it but the manifests' digest and the server's resource versions, so that it
/// tells nothing about a Secret.
package struct PlanOutline: Hashable, Sendable {
    /// A step's part.
    package struct Entry: Hashable, Sendable {
        package let node: GraphNode
        /// Nil for external objects and barriers.
        package let action: Action?
        /// The live object's; nil where there is none.
        package let uid: String?
        /// The live object's, where the plan writes it: what others do to objects that stay as they are changes no plan.
        package let resourceVersion: String?
        /// Sorted, each once.
        package let dependsOn: [GraphNode]
        package let pause: Pause?
    }

    package let intent: PlanIntent
    /// The application's name and namespace.
    package let name: String
    package let namespace: String
    package let cluster: ClusterFingerprint?
    package let commit: String?
    package let manifestDigest: String
    /// In the order of execution, as are the deletions.
    package let steps: [Entry]
    package let deletions: [Entry]
    package let kept: [Entry]

    /// Every object that the plan is about, in the order of execution.
    package var objects: [(identity: ObjectIdentity, entry: Entry)] {
        (steps + deletions + kept).compactMap { entry in
            guard case .object(let identity) = entry.node else { return nil }
            return (identity, entry)
        }
    }

    /// SHA-256 in lower-case hexadecimal. Steps that may be done in any order may come in any order.
    package var digest: String {
        var value = json
        for list in ["steps", "deletions", "kept"] {
            value[list] = .array((value[list]?.array ?? []).map(\.json).sorted().map(Value.string))
        }
        return Self.hash(value)
    }

    /// SHA-256 of the value's canonical JSON, in lower-case hexadecimal.
    static func hash(_ value: Value) -> String {
        SHA256.hash(data: value.jsonBytes).hexadecimal
    }
}

extension Plan {
    package var outline: PlanOutline {
        PlanOutline(
            intent: intent,
            name: application.name,
            namespace: application.namespace,
            cluster: cluster,
            commit: source.commit,
            manifestDigest: manifestDigest,
            steps: steps.map(PlanOutline.Entry.init),
            deletions: deletions.map(PlanOutline.Entry.init),
            kept: kept.map { PlanOutline.Entry(.object($0.identity), $0) }
        )
    }

    /// SHA-256 of the outline, in lower-case hexadecimal: equal for plans that do the same to the same state.
    package var digest: String { outline.digest }
}

extension PlanOutline.Entry {
    fileprivate init(_ step: Step) {
        self.init(step.node, step.change, dependsOn: step.dependsOn.map(\.dependency), pause: step.pause)
    }

    fileprivate init(_ node: GraphNode, _ change: ObjectChange?, dependsOn: [GraphNode] = [], pause: Pause? = nil) {
        self.init(
            node: node,
            action: change?.action,
            uid: change?.live?.uid,
            resourceVersion: change?.action.isWrite == true ? change?.live?.resourceVersion : nil,
            dependsOn: Set(dependsOn).sorted(),
            pause: pause
        )
    }
}

/// In a file, and for the digest.
///
///     intent, application: {name, namespace}, cluster, commit, manifestDigest
///     steps, deletions, kept:
///     - object | external: OBJECT        or barrier: NAME
///       action, uid, resourceVersion, pause
///       dependsOn: [{object | external | barrier}]
extension PlanOutline {
    var json: Value {
        .fields([
            "intent": .string(intent.rawValue),
            "application": ["name": .string(name), "namespace": .string(namespace)],
            "cluster": cluster.map { .string($0.uid) },
            "commit": commit.map(Value.string),
            "manifestDigest": .string(manifestDigest),
            "steps": .array(steps.map(\.json)),
            "deletions": .array(deletions.map(\.json)),
            "kept": .array(kept.map(\.json)),
        ])
    }
}

extension PlanOutline.Entry {
    fileprivate var json: Value {
        var fields = node.json
        fields["action"] = action.map { .string($0.rawValue) }
        fields["uid"] = uid.map(Value.string)
        fields["resourceVersion"] = resourceVersion.map(Value.string)
        fields["dependsOn"] = dependsOn.isEmpty ? nil : .array(dependsOn.map { .fields($0.json) })
        fields["pause"] = pause?.json
        return .fields(fields)
    }
}
