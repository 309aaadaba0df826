package import Diffing
package import Manifests
package import Placement
package import Resources

/// What a plan does to an object.
package enum Action: String, Hashable, Sendable, CaseIterable {
    case create
    case update
    /// Delete and create anew, because a field cannot be changed.
    case replace
    case delete
    /// Take in an object that exists and isn't a member; it may change on the way.
    case adopt
    case unchanged
    /// Leave an object alone that is no longer declared and must not be deleted. It stays a member.
    case keep

    /// Whether the action writes to the cluster.
    package var isWrite: Bool { self != .unchanged && self != .keep }
}

/// How much is known of what the server will say to a change.
package enum Verification: Hashable, Sendable {
    /// A dry run of the server accepted it.
    case server
    /// It fits the server's schema or, where the plan creates the kind, that of its CustomResourceDefinition.
    case schema
    /// It could not be checked.
    case assumed(why: String)
    /// There is nothing to check: the live object shows that nothing changes.
    case proven
}

/// One object's part of a plan.
package struct ObjectChange: Sendable {
    package let identity: ObjectIdentity
    package var action: Action
    /// Nil where the object is no longer declared.
    package var manifest: Manifest?
    /// What is sent to the server.
    package var desired: KubernetesObject?
    package var live: KubernetesObject?
    /// What the object will be, as far as that is known: what the server made of it in a dry run, else what is sent.
    package var planned: KubernetesObject?
    package var fieldChanges: [FieldChange]
    package var conflicts: [OwnershipConflict]
    package var verification: Verification
    /// The server's, for people.
    package var warnings: [String]
    /// What policies added to the manifest.
    package var additions: [PolicyAddition] = []
    /// Why an object that is no longer declared is not deleted.
    package var keptBecause: String?

    package init(
        identity: ObjectIdentity,
        action: Action,
        manifest: Manifest? = nil,
        desired: KubernetesObject? = nil,
        live: KubernetesObject? = nil,
        fieldChanges: [FieldChange] = [],
        conflicts: [OwnershipConflict] = [],
        verification: Verification = .proven,
        warnings: [String] = []
    ) {
        self.identity = identity
        self.action = action
        self.manifest = manifest
        self.desired = desired
        self.live = live
        planned = desired
        self.fieldChanges = fieldChanges
        self.conflicts = conflicts
        self.verification = verification
        self.warnings = warnings
    }

    /// Whether the manifest has the annotation `endstate.dev/NAME: "true"`.
    package func optsIn(_ name: String) -> Bool {
        (manifest?.object ?? desired)?.annotations["endstate.dev/\(name)"] == "true"
    }
}
