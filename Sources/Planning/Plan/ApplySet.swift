package import Resources

/// Which kinds and namespaces an application's members are found in: what the ApplySet's parent object says
/// (KEP-3659, as kubectl's `applyset.go` has it).
package struct ApplySet: Hashable, Sendable {
    /// The label of every member; its value is the set's id.
    package static let memberLabel = "applyset.kubernetes.io/part-of"
    /// The parent's label; its value is the set's id.
    package static let idLabel = "applyset.kubernetes.io/id"
    package static let toolingAnnotation = "applyset.kubernetes.io/tooling"
    package static let groupKindsAnnotation = "applyset.kubernetes.io/contains-group-kinds"
    package static let namespacesAnnotation = "applyset.kubernetes.io/additional-namespaces"
    /// What comes before the slash in the tooling annotation.
    package static let toolName = "endstate"

    package let application: ApplicationIdentity
    package let groupKinds: Set<GroupKind>
    /// Namespaces of members other than the parent's own.
    package let additionalNamespaces: Set<String>

    package init(_ application: ApplicationIdentity, groupKinds: Set<GroupKind> = [], namespaces: Set<String> = []) {
        self.application = application
        self.groupKinds = groupKinds
        additionalNamespaces = namespaces.subtracting([application.namespace, ""])
    }

    /// The set of the given members.
    package init(_ application: ApplicationIdentity, members: some Sequence<ObjectIdentity>) {
        let members = Array(members)
        self.init(
            application,
            groupKinds: Set(members.map(\.groupKind)),
            namespaces: Set(members.map(\.namespace))
        )
    }

    package var id: String { application.applySetID }

    /// The label selector that finds the members.
    package var memberSelector: String { "\(Self.memberLabel)=\(id)" }

    /// Every namespace that members may be in, sorted.
    package var namespaces: [String] { additionalNamespaces.union([application.namespace]).sorted() }

    /// What the parent says before the first apply: members may be anywhere the old or the new set has some.
    package func union(_ other: ApplySet) -> ApplySet {
        ApplySet(
            application,
            groupKinds: groupKinds.union(other.groupKinds),
            namespaces: additionalNamespaces.union(other.additionalNamespaces)
        )
    }

    /// Whether the object's label is our own writing, by its `managedFields`: what copies labels, as the Endpoints
    /// controller and many operators do, makes no members.
    package static func isWritten(_ object: KubernetesObject) -> Bool {
        object.managedFields.contains { entry in
            entry.isApply(by: toolName)
                && entry.fieldsV1[path: "f:metadata", "f:labels", "f:" + memberLabel] != nil
        }
    }

    /// The object as a member: with the label.
    package func member(_ object: KubernetesObject) -> KubernetesObject {
        var member = object
        member.labels[Self.memberLabel] = id
        return member
    }
}

// MARK: the parent object
extension ApplySet {
    /// The parent object to apply. It holds no data.
    /// - Parameter version: the program's own, such as `0.1.0`.
    package func parent(version: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1",
            "kind": "Secret",
            "type": "endstate.dev/applyset",
            "metadata": [
                "name": .string(application.parent.name),
                "namespace": .string(application.namespace),
                "labels": [Self.idLabel: .string(id)],
                "annotations": [
                    Self.toolingAnnotation: .string("\(Self.toolName)/v\(version)"),
                    Self.groupKindsAnnotation: .string(groupKinds.map(\.description).sorted().joined(separator: ",")),
                    Self.namespacesAnnotation: .string(additionalNamespaces.sorted().joined(separator: ",")),
                ],
            ],
        ])
    }

    /// Reads a live parent object.
    /// - Throws: a diagnostic where the object is no ApplySet's parent, is another tool's, has another id than it must
    ///   have, or doesn't say which kinds its members are of.
    package init(_ application: ApplicationIdentity, parent: KubernetesObject) throws(Diagnostic) {
        let annotations = parent.annotations
        guard let tooling = annotations[Self.toolingAnnotation] else {
            throw Self.refusal(
                parent, "exists, and isn't the record of an application: it has no annotation \(Self.toolingAnnotation)"
            )
        }
        // As in kubectl, the version is what follows the last slash.
        let tool = tooling.lastIndex(of: "/").map { String(tooling[..<$0]) } ?? tooling
        guard tool == Self.toolName else {
            throw Self.refusal(parent, "belongs to another tool: \(tooling)")
        }
        let id = parent.labels[Self.idLabel]
        guard id == application.applySetID else {
            let found = id.map { "is \($0)" } ?? "is missing"
            throw Self.refusal(
                parent, "has a wrong id: its label \(Self.idLabel) \(found), and must be \(application.applySetID)")
        }
        guard let kinds = annotations[Self.groupKindsAnnotation] else {
            throw Self.refusal(
                parent, "is damaged: it has no annotation \(Self.groupKindsAnnotation), so members may be of any kind")
        }
        self.init(
            application,
            groupKinds: Set(kinds.split(separator: ",").map { Self.groupKind($0.trimmed) }),
            namespaces: Set((annotations[Self.namespacesAnnotation] ?? "").split(separator: ",").map(\.trimmed))
        )
    }

    /// `Kind.group`, or `Kind` for the core group.
    private static func groupKind(_ text: String) -> GroupKind {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return GroupKind(group: parts.count == 2 ? parts[1] : "", kind: parts.first ?? "")
    }

    private static func refusal(_ parent: KubernetesObject, _ message: String) -> Diagnostic {
        Diagnostic(
            code: "applyset-parent",
            "\(parent.identity) \(message)",
            hint: "give the application another name (--name) or namespace (--namespace), or restore the object; "
                + "look at it with: kubectl get secret \(parent.name) -n \(parent.namespace) -o yaml"
        )
    }
}
