package import Resources
internal import YAML

/// Turns files into manifests, and tells everything that is wrong with them at once.
package enum ManifestReader {
    /// The largest file that is read, in bytes; an object in a cluster can have about a tenth of that.
    package static let maximumFileSize = 16 << 20

    /// The deepest nesting that is read: no real object comes near, and what is done with objects recurses.
    package static let maximumDepth = 1_000

    /// The name, at the source's root, of the file that configures the application.
    package static let configurationFile = "endstate.yaml"

    /// Reads files; those that are neither YAML nor JSON by their names, and hidden ones, are left out.
    ///
    /// - Parameter defaultNamespace: where namespaced objects live that name no namespace; without it, the one that
    ///   `endstate.yaml` has. It decides which objects are the same, and is not written into the objects.
    /// - Parameter schema: what every object must agree with; without it, only objects whose CustomResourceDefinition is
    ///   among the files are held against a schema.
    /// - Parameter takesApplications: whether the applications that the source declares are of use; else each is told with a
    ///   warning.
    /// - Returns: the objects, and warnings in the order of files and lines.
    /// - Throws: `ManifestErrors` with all problems of all files.
    package static func read(
        _ files: [ManifestFile],
        defaultNamespace: String? = nil,
        schema: SchemaDocument? = nil,
        takesApplications: Bool = false
    ) throws(ManifestErrors) -> (set: ManifestSet, warnings: [Diagnostic]) {
        var reading = Reading(takesApplications: takesApplications)
        let foreign = ForeignDirectory.all(among: files)
        reading.problems.add(foreign.map(\.diagnostic))
        for file in files where file.holdsManifests && !foreign.contains(where: { $0.contains(file) }) {
            reading.read(file)
        }
        reading.problems.add(SchemaRules.problems(of: reading.manifests, schema: schema))
        return try reading.finish(defaultNamespace: defaultNamespace)
    }
}

private struct Reading {
    let takesApplications: Bool
    var problems = Problems()
    private(set) var manifests: [Manifest] = []
    private var applications: [(settings: ApplicationSettings, location: SourceLocation)] = []
    private var nested: [SyncApplication] = []
    private var policies: [PlacementPolicy] = []
    private var localOnly = 0
    private var fileCount = 0

    init(takesApplications: Bool) {
        self.takesApplications = takesApplications
    }

    mutating func read(_ file: ManifestFile) {
        fileCount += 1
        guard file.bytes.count <= ManifestReader.maximumFileSize else {
            problems.add(tooLarge(file))
            return
        }
        let (documents, errors) = YAMLReader.documents(
            in: file.bytes,
            limits: YAMLLimits(maximumBytes: ManifestReader.maximumFileSize, maximumDepth: ManifestReader.maximumDepth)
        )
        var source = SourceText(file: file.path, bytes: file.bytes)
        var parts: [(document: YAMLDocument, objects: [ListedObject])] = []
        for document in documents where !document.value.isNull {
            parts.append((document, ListedObject.all(in: document.value)))
        }
        source.hiddenLines = SecretLines.all(in: parts, errors: errors, of: source)
        problems.add(errors.map { $0.diagnostic(in: source) })
        for part in parts {
            for object in part.objects {
                add(object.manifest(positions: part.document.positions, source: source), isListed: object.isListed)
            }
        }
    }

    private func tooLarge(_ file: ManifestFile) -> Diagnostic {
        let limit = ManifestReader.maximumFileSize >> 20
        return Diagnostic(
            code: "file-too-large",
            "the file has \(file.bytes.count >> 20) MiB; at most \(limit) MiB are read",
            at: SourceLocation(file: file.path, line: 1, column: 1),
            hint: "split it, or move what is no manifest out of the path"
        )
    }

    private mutating func add(_ manifest: Manifest, isListed: Bool) {
        guard manifest.object.value.object != nil else {
            problems.add(manifest.isNoObject(isListed: isListed))
            return
        }
        if let problem = manifest.isNoList {
            problems.add(problem)
        } else if OwnKinds.owns(manifest) {
            addOwn(manifest)
        } else if manifest.isLocalOnly {
            localOnly += 1
        } else {
            let checked = ManifestRules.check(manifest, into: &problems)
            manifests.append(checked)
        }
    }

    private mutating func addOwn(_ manifest: Manifest) {
        if let refusal = OwnKinds.refusal(of: manifest) {
            problems.add(refusal)
            return
        }
        if OwnKinds.isPolicy(manifest) { return addPolicy(manifest) }
        if OwnKinds.isNested(manifest) { return addNested(manifest) }
        let location = manifest.location(of: FieldPath())
        if let first = applications.first {
            problems.add(
                manifest.diagnostic(
                    code: "duplicate-application",
                    "the file has a second Application",
                    at: FieldPath(),
                    causes: ["the first is at \(first.location)"],
                    hint: "remove one of them"
                )
            )
        }
        var reader = SettingsReader(manifest: manifest, source: .refused)
        applications.append((reader.application(), location))
        problems.add(reader.problems)
    }

    private mutating func addNested(_ manifest: Manifest) {
        guard let application = SyncApplication(manifest: manifest, source: .remote, problems: &problems) else {
            return
        }
        nested.append(application)
        guard !takesApplications else { return }
        problems.add(
            manifest.diagnostic(
                .warning, code: "nested-application",
                "the Application \(application.name) is only used by endstate sync", at: FieldPath()))
    }

    private mutating func addPolicy(_ manifest: Manifest) {
        var reader = PolicyReader(manifest: manifest)
        let policy = reader.policy()
        problems.add(reader.problems)
        guard let policy else { return }
        if let first = policies.first(where: { $0.name == policy.name }) {
            problems.add(
                manifest.diagnostic(
                    code: "duplicate-policy", "there is a second PlacementPolicy \(policy.name)",
                    at: FieldPath(fields: "metadata", "name"), causes: ["the first is at \(first.location)"],
                    hint: "give it another name"))
        }
        policies.append(policy)
    }

    mutating func finish(defaultNamespace: String?) throws(ManifestErrors) -> (set: ManifestSet, warnings: [Diagnostic])
    {
        let application = applications.first?.settings
        let namespace = defaultNamespace ?? application?.namespace
        problems.add(RepeatedObjects.diagnostics(manifests, defaultNamespace: namespace))
        problems.add(ApplicationGraph(nested).repeated)
        guard !problems.hasErrors else { throw ManifestErrors(problems.all) }
        let set = ManifestSet(
            manifests: manifests,
            application: application,
            policies: policies,
            applications: nested,
            localOnly: localOnly,
            fileCount: fileCount
        )
        return (set, problems.all.inOrder)
    }
}

extension Manifest {
    /// Whether the object serves tools alone, by the annotation that kpt and kustomize agreed on.
    fileprivate var isLocalOnly: Bool { object.annotations["config.kubernetes.io/local-config"] == "true" }

    /// What is wrong with a List of which no items could be read; nil for other objects.
    fileprivate var isNoList: Diagnostic? {
        guard object.kind == "List", object.apiVersion == "v1" else { return nil }
        let path = FieldPath(fields: "items")
        let found = object.value["items"].map { ", not \($0.described)" } ?? ", and there are none"
        return diagnostic(
            code: "invalid-list",
            "items of the List must be a list\(found)",
            at: path,
            hint: "write each object as an item, or items: [] for none"
        )
    }

    fileprivate func isNoObject(isListed: Bool) -> Diagnostic {
        let what = object.value.described
        return diagnostic(
            code: isListed && object.value.isNull ? "null-item" : "not-an-object",
            isListed
                ? "an item of the List must be an object, not \(what)" : "a manifest must be an object, not \(what)",
            at: FieldPath(),
            hint: isListed
                ? "remove the item, or give it apiVersion, kind and metadata"
                : "give it apiVersion, kind and metadata, or move the file out of the path"
        )
    }
}
