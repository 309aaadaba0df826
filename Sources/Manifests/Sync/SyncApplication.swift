package import Resources

/// An application that `endstate sync` keeps in its declared state.
package struct SyncApplication: Sendable {
    package let name: String
    /// With a `source`.
    package var settings: ApplicationSettings
    /// Where it is declared.
    package let location: SourceLocation?
    /// The application whose source declares it; nil where the configuration does.
    package var parent: String?
    /// The repositories that declare it, the nearest first: its parent's, that one's parent's, and so on.
    package var ancestry: [String] = []
    let manifest: Manifest?

    package init(name: String, settings: ApplicationSettings, location: SourceLocation? = nil, parent: String? = nil) {
        self.name = name
        self.settings = settings
        self.location = location
        self.parent = parent
        manifest = nil
    }

    /// Nil where the manifest has no name; what is wrong with it is added to the problems.
    init?(manifest: Manifest, source rule: SourceRule, problems: inout Problems) {
        var reader = SettingsReader(manifest: manifest, source: rule)
        settings = reader.application()
        problems.add(reader.problems)
        guard let name = settings.name else { return nil }
        self.name = name
        location = manifest.location(of: FieldPath(fields: "metadata", "name"))
        self.manifest = manifest
    }

    /// A diagnostic about a field of it.
    func diagnostic(
        code: String, _ message: String, at path: FieldPath, causes: [String] = [], hint: String? = nil
    ) -> Diagnostic {
        manifest?.diagnostic(code: code, message, at: path, causes: causes, hint: hint)
            ?? Diagnostic(code: code, message, at: location, causes: causes, hint: hint)
    }

    func place(of path: FieldPath) -> SourceLocation? { manifest?.location(of: path) ?? location }
}

/// Two that say the same at the same place are the same.
extension SyncApplication: Hashable {
    package static func == (left: SyncApplication, right: SyncApplication) -> Bool {
        left.name == right.name && left.settings == right.settings && left.location == right.location
            && left.parent == right.parent && left.ancestry == right.ancestry
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(settings)
    }
}

extension SyncApplication {
    /// The applications that another one's source declares, with what they inherit from it: its name as their parent's, its
    /// repository and those that declare it, its context and its cluster.
    ///
    /// That their repositories are no directories of this machine was seen to when they were read.
    /// - Throws: `ManifestErrors` where one asks for another cluster than its parent's.
    package static func checkNested(
        _ applications: [SyncApplication], in parent: SyncApplication
    ) throws(ManifestErrors) -> [SyncApplication] {
        var problems: [Diagnostic] = []
        let children = applications.map { application in
            problems += application.clusterProblems(parent)
            var child = application
            child.parent = parent.name
            child.ancestry = [parent.settings.source?.repository].compactMap { $0 } + parent.ancestry
            child.settings.context = parent.settings.context
            child.settings.cluster = parent.settings.cluster
            return child
        }
        guard problems.isEmpty else { throw ManifestErrors(problems) }
        return children
    }

    private func clusterProblems(_ parent: SyncApplication) -> [Diagnostic] {
        let fields = [
            ("context", settings.context, parent.settings.context),
            ("cluster", settings.cluster, parent.settings.cluster),
        ]
        return fields.compactMap { field, own, inherited in
            guard let own, own != inherited else { return nil }
            return diagnostic(
                code: "foreign-cluster",
                "spec.\(field) of \(name) can't be another one than that of \(parent.name), which declares it",
                at: FieldPath(fields: "spec", field),
                hint: "remove it: an application is in its parent's cluster")
        }
    }
}
