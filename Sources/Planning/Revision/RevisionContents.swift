internal import Crypto
package import Resources

/// What a revision needs to be resumed, undone or brought back. It holds Secrets in clear.
package struct RevisionContents: Sendable, Hashable {
    /// The whole desired set, as it is sent to the server.
    package var objects: [KubernetesObject]
    /// What was planned for each object that is written, deletions included.
    package var actions: [ObjectIdentity: Action]
    /// The live objects as they were, where they existed and were not the application's.
    package var before: [ObjectIdentity: KubernetesObject]
    /// The objects that were not healthy before the run.
    package var unhealthyBefore: Set<ObjectIdentity>
    /// Whether the order was made with hints, as it must be again.
    package var usesHints: Bool

    package init(
        objects: [KubernetesObject],
        actions: [ObjectIdentity: Action] = [:],
        before: [ObjectIdentity: KubernetesObject] = [:],
        unhealthyBefore: Set<ObjectIdentity> = [],
        usesHints: Bool = false
    ) {
        self.objects = objects
        self.actions = actions
        self.before = before
        self.unhealthyBefore = unhealthyBefore
        self.usesHints = usesHints
    }

    /// SHA-256 of bytes, in lower-case hexadecimal: what tells whether recorded contents are complete.
    package static func digest(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).hexadecimal
    }
}
