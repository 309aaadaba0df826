package import Resources
internal import YAML

/// What `endstate sync` is told to do: its server, and the applications that it keeps.
package struct SyncConfiguration: Hashable, Sendable {
    package let server: SyncServerSettings
    /// In the order of files and documents.
    package let applications: [SyncApplication]

    package init(server: SyncServerSettings, applications: [SyncApplication]) {
        self.server = server
        self.applications = applications
    }

    /// Reads the files of a configuration: documents of the kinds `Application`, each with a name and a source, and
    /// `SyncServer`, at most one.
    /// - Throws: `ManifestErrors` with all problems of all files.
    package static func read(files: [ManifestFile]) throws(ManifestErrors) -> SyncConfiguration {
        var reading = Reading()
        for file in files { reading.read(file) }
        return try reading.finish()
    }

    /// What is wrong between applications, those that sources declare included: a name that is taken twice, a dependency
    /// that nobody has, dependencies in a circle.
    ///
    /// An application's record is known by its name and namespace, so that no two of different names are the same.
    package static func problems(between applications: [SyncApplication]) -> [Diagnostic] {
        ApplicationGraph(applications).problems
    }

    /// The code of the diagnostic that tells of dependencies in a circle.
    package static let cycleCode = "application-cycle"
}

private struct Reading {
    private var problems = Problems()
    private var applications: [SyncApplication] = []
    private var servers: [(settings: SyncServerSettings, location: SourceLocation)] = []

    mutating func read(_ file: ManifestFile) {
        let (documents, errors) = YAMLReader.documents(
            in: file.bytes,
            limits: YAMLLimits(
                maximumBytes: SyncConfiguration.maximumFileSize, maximumDepth: ManifestReader.maximumDepth))
        let source = SourceText(file: file.path, bytes: file.bytes)
        problems.add(errors.map { $0.diagnostic(in: source) })
        for document in documents where !document.value.isNull {
            for object in ListedObject.all(in: document.value) {
                add(object.manifest(positions: document.positions, source: source))
            }
        }
    }

    private mutating func add(_ manifest: Manifest) {
        if let refusal = OwnKinds.refusalInConfiguration(of: manifest) {
            problems.add(refusal)
        } else if OwnKinds.isServer(manifest) {
            addServer(manifest)
        } else if let application = SyncApplication(manifest: manifest, source: .required, problems: &problems) {
            applications.append(application)
        }
    }

    private mutating func addServer(_ manifest: Manifest) {
        if let first = servers.first {
            problems.add(
                manifest.diagnostic(
                    code: "duplicate-server", "there is a second SyncServer", at: FieldPath(),
                    causes: ["the first is at \(first.location)"], hint: "remove one of them"))
        }
        var reader = SyncServerReader(manifest: manifest)
        servers.append((reader.server(), manifest.location(of: FieldPath())))
        problems.add(reader.problems)
    }

    mutating func finish() throws(ManifestErrors) -> SyncConfiguration {
        problems.add(SyncConfiguration.problems(between: applications))
        guard !problems.hasErrors else { throw ManifestErrors(problems.all) }
        return SyncConfiguration(
            server: servers.first?.settings ?? SyncServerSettings(), applications: applications)
    }
}
