package import Resources

/// A field that another manager owns and that an apply without force would not take over.
package struct OwnershipConflict: Sendable, Hashable {
    package let path: FieldPath
    /// The other manager's name.
    package let manager: String
    /// The subresource through which it wrote, such as `scale`; nil for the object itself.
    package let subresource: String?
    /// The value in the cluster; nil where the field does not exist there.
    package let theirs: Value?
    /// The value in the manifest; nil where the whole field is absent there.
    package let ours: Value?
    /// Whether the values are secret, and masked.
    package let isSecret: Bool

    package init(
        path: FieldPath, manager: String, subresource: String? = nil, theirs: Value?, ours: Value?,
        isSecret: Bool = false
    ) {
        self.path = path
        self.manager = manager
        self.subresource = subresource
        self.theirs = theirs
        self.ours = ours
        self.isSecret = isSecret
    }

    /// Reads the causes of a 409's `Status` whose reason is `FieldManagerConflict`, as an apply gets them.
    ///
    /// - Parameters:
    ///   - causes: `field`, such as `.spec.replicas`, and `message`, such as
    ///     `conflict with "kubectl-client-side-apply" using apps/v1`.
    ///   - desired: What was applied.
    ///   - live: The object in the cluster.
    /// - Returns: The conflicts, sorted by path and manager.
    package static func parse(
        _ causes: [(field: String, message: String)], desired: KubernetesObject, live: KubernetesObject?
    ) -> [OwnershipConflict] {
        let kind = desired.groupVersionKind.groupKind
        return causes.map { cause in
            let path = ServerPathText.path(cause.field, in: [desired.value] + (live.map { [$0.value] } ?? []))
            let theirs = live?.value.value(at: path).map { Redaction.masked($0, at: path, of: kind) }
            let ours = desired.value.value(at: path).map { Redaction.masked($0, at: path, of: kind) }
            let names = quoted(in: cause.message)
            return OwnershipConflict(
                path: path,
                manager: names.first ?? cause.message,
                subresource: cause.message.contains(" with subresource ") && names.count > 1 ? names[1] : nil,
                theirs: theirs?.value, ours: ours?.value,
                isSecret: theirs?.isSecret ?? false || ours?.isSecret ?? false)
        }
        .sorted { ($0.path.description, $0.manager) < ($1.path.description, $1.manager) }
    }

    /// What stands between quotation marks in a message; names of managers have none inside.
    private static func quoted(in message: String) -> [String] {
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count - 1, by: 2).map { String(parts[$0]) }
    }
}
