package import Resources

/// What `endstate.yaml` says of an application; nil for what it does not say, which flags and defaults decide.
package struct ApplicationSettings: Hashable, Sendable {
    /// Whether an existing object that no set owns may be taken into the application.
    package enum Adoption: String, CaseIterable, Sendable {
        case never
        case unowned
    }

    /// Whether an object may be deleted and created anew where a field cannot be changed.
    package enum Replacement: String, CaseIterable, Sendable {
        case never
        /// Only objects with the annotation `endstate.dev/replace: "true"`.
        case optIn
    }

    /// What may be deleted because the source does not declare it any more.
    package struct Prune: Hashable, Sendable {
        package var enabled: Bool?
        /// The most objects that one run deletes.
        package var maxCount: Int?
        /// The most objects that one run deletes, of 100 members of a kind.
        package var maxPercent: Int?
        /// Protected kinds that may be deleted all the same.
        package var allowKinds: [KindName] = []
        /// Whether a source without any manifest may delete every member.
        package var allowEmpty: Bool?
    }

    /// Whether a failed run is undone.
    package struct Rollback: Hashable, Sendable {
        package var enabled: Bool?
        /// How long undoing may take.
        package var timeout: Duration?
    }

    /// An object whose dependents wait for more than its health.
    package struct PauseRequest: Hashable, Sendable {
        /// The object, as the annotation `config.kubernetes.io/depends-on` writes one.
        package let object: String
        /// How long the object has to stay healthy; nil where a person decides.
        package let soak: Duration?
        /// Where the object is named.
        package let location: SourceLocation

        package init(object: String, soak: Duration? = nil, location: SourceLocation) {
            self.object = object
            self.soak = soak
            self.location = location
        }
    }

    package var name: String?
    package var namespace: String?
    /// The kubeconfig context of the cluster.
    package var context: String?
    /// The UID of the only cluster's namespace `kube-system` that may be written to.
    package var cluster: String?
    /// For a whole run.
    package var timeout: Duration?
    /// For one object to become healthy.
    package var objectTimeout: Duration?
    /// How many writes may be in flight.
    package var concurrency: Int?
    package var adopt: Adoption?
    /// Whether fields that another manager owns are taken over.
    package var forceConflicts: Bool?
    package var prune = Prune()
    /// Whether the graph's hints, such as a Service's DNS name in a workload's environment, order the run.
    package var hints: Bool?
    package var replace: Replacement?
    /// Kinds that are protected from deletion besides those that always are.
    package var protectedKinds: [KindName] = []
    /// How long a run waits for another one of the application to end; zero where it doesn't wait.
    package var lockTimeout: Duration?
    package var rollback = Rollback()
    /// How many revisions are kept, from 1 to 100.
    package var keepRevisions: Int?
    package var pauseAfter: [PauseRequest] = []
    /// Where the application is read from; nil where it doesn't say so itself.
    package var source: SourceSettings?
    /// The names of applications that have to be in their declared state first; for `endstate sync`.
    package var dependsOn: [String] = []
    package var sync = SyncSettings()

    package init() {}

    /// Reads a configuration file that is not part of the source.
    /// - Throws: `ManifestErrors` with all problems of the file.
    package init(configuration file: ManifestFile) throws(ManifestErrors) {
        self = try SettingsReader.read(file)
    }
}

/// A kind by name, of one group or of any: `StatefulSet`, `StatefulSet.apps`.
package struct KindName: Hashable, Sendable, CustomStringConvertible {
    package let kind: String
    /// Nil for any group.
    package let group: String?

    /// Nil where the text names no kind.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = parts.first, kind.first?.isUppercase == true,
            NameSyntax.labelProblem(kind.lowercased()) == nil,
            parts.count == 1 || NameSyntax.subdomainProblem(parts[1]) == nil
        else { return nil }
        self.kind = kind
        group = parts.count == 2 ? parts[1] : nil
    }

    package func matches(_ groupKind: GroupKind) -> Bool {
        groupKind.kind == kind && (group == nil || group == groupKind.group)
    }

    package var description: String { group.map { "\(kind).\($0)" } ?? kind }
}
