internal import Resources
internal import YAML

/// Reads an `Application` of `endstate.dev/v1` and tells all that is wrong with it.
struct SettingsReader {
    private var fields: FieldReader
    private let sourceRule: SourceRule
    var problems: [Diagnostic] { fields.problems }

    init(manifest: Manifest, source rule: SourceRule) {
        fields = FieldReader(manifest.hidingAddress)
        sourceRule = rule
    }

    static func read(_ file: ManifestFile) throws(ManifestErrors) -> ApplicationSettings {
        let source = SourceText(file: file.path, bytes: file.bytes)
        let (documents, errors) = YAMLReader.documents(in: file.bytes)
        guard errors.isEmpty else { throw ManifestErrors(errors.map { $0.diagnostic(in: source) }) }
        guard let document = documents.first, documents.count == 1 else {
            throw ManifestErrors([
                source.diagnostic(
                    code: "not-an-application", "the configuration must have one document, not \(documents.count)",
                    line: 1, column: 1)
            ])
        }
        let manifest = Manifest(
            object: KubernetesObject(document.value),
            source: source,
            positions: document.positions,
            root: FieldPath()
        )
        let isOwn = file.name == ManifestReader.configurationFile
        var reader = SettingsReader(manifest: manifest, source: isOwn ? .refused : .optional)
        let settings = reader.application()
        guard reader.problems.isEmpty else { throw ManifestErrors(reader.problems) }
        return settings
    }

    mutating func application() -> ApplicationSettings {
        var settings = ApplicationSettings()
        let root = FieldPath()
        fields.refuseUnknownFields(of: root, known: ["apiVersion", "kind", "metadata", "spec"])
        fields.expect("endstate.dev/v1", at: root.appending("apiVersion"))
        fields.expect("Application", at: root.appending("kind"))
        let metadata = root.appending("metadata")
        fields.refuseUnknownFields(of: metadata, known: ["name"])
        settings.name = name(metadata.appending("name"))
        let spec = root.appending("spec")
        fields.refuseUnknownFields(of: spec, known: Self.specFields)
        settings.namespace = fields.label(spec.appending("namespace"))
        settings.context = fields.text(spec.appending("context"))
        settings.cluster = fields.text(spec.appending("cluster"))
        settings.timeout = fields.duration(spec.appending("timeout"))
        settings.objectTimeout = fields.duration(spec.appending("objectTimeout"))
        settings.concurrency = fields.integer(spec.appending("concurrency"), in: 1...256)
        settings.adopt = fields.choice(spec.appending("adopt"))
        settings.forceConflicts = fields.bool(spec.appending("forceConflicts"))
        settings.prune = prune(spec.appending("prune"))
        settings.hints = fields.bool(spec.appending("hints"))
        settings.replace = fields.choice(spec.appending("replace"))
        settings.protectedKinds = fields.kinds(spec.appending("protectedKinds"))
        settings.lockTimeout = fields.duration(spec.appending("lockTimeout"), orZero: true)
        settings.rollback = rollback(spec.appending("rollback"))
        settings.keepRevisions = fields.integer(spec.appending("keepRevisions"), in: 1...100)
        settings.pauseAfter = pauses(spec.appending("pauseAfter"))
        settings.source = fields.source(spec.appending("source"), rule: sourceRule)
        settings.dependsOn = fields.dependencies(spec.appending("dependsOn"), of: settings.name)
        settings.sync = fields.sync(spec.appending("sync"))
        return settings
    }

    private static let specFields = [
        "namespace", "context", "cluster", "timeout", "objectTimeout", "concurrency", "adopt", "forceConflicts",
        "prune", "hints", "replace", "protectedKinds", "lockTimeout", "rollback", "keepRevisions", "pauseAfter",
        "source", "dependsOn", "sync",
    ]

    /// One of several applications is told from the others by its name.
    private mutating func name(_ path: FieldPath) -> String? {
        switch sourceRule {
        case .refused, .optional: fields.label(path)
        case .required, .remote: fields.required(path) { $0.label($1) }
        }
    }

    private mutating func prune(_ path: FieldPath) -> ApplicationSettings.Prune {
        var prune = ApplicationSettings.Prune()
        fields.refuseUnknownFields(of: path, known: ["enabled", "maxCount", "maxPercent", "allowKinds", "allowEmpty"])
        prune.enabled = fields.bool(path.appending("enabled"))
        prune.maxCount = fields.integer(path.appending("maxCount"), in: 0...Int(Int32.max))
        prune.maxPercent = fields.integer(path.appending("maxPercent"), in: 0...100)
        prune.allowKinds = fields.kinds(path.appending("allowKinds"))
        prune.allowEmpty = fields.bool(path.appending("allowEmpty"))
        return prune
    }

    private mutating func rollback(_ path: FieldPath) -> ApplicationSettings.Rollback {
        var rollback = ApplicationSettings.Rollback()
        fields.refuseUnknownFields(of: path, known: ["enabled", "timeout"])
        rollback.enabled = fields.bool(path.appending("enabled"))
        rollback.timeout = fields.duration(path.appending("timeout"))
        return rollback
    }

    private mutating func pauses(_ path: FieldPath) -> [ApplicationSettings.PauseRequest] {
        fields.objects(path) { fields, element in
            fields.refuseUnknownFields(of: element, known: ["object", "soak"])
            let place = element.appending("object")
            let object = fields.required(place) { $0.text($1) }
            let soak = fields.duration(element.appending("soak"))
            return object.map {
                ApplicationSettings.PauseRequest(
                    object: $0, soak: soak, location: fields.manifest.location(of: place))
            }
        }
    }
}

extension Manifest {
    /// The same, whose excerpts don't show the line of an address with a password or a token in it.
    fileprivate var hidingAddress: Manifest {
        let path = FieldPath(fields: "spec", "source", "repository")
        guard let text = object.value[at: path]?.string, text.contains("@"), RepositoryAddress(text)?.hasSecret != false
        else { return self }
        return hidingLines(below: [path])
    }

    /// The same, whose excerpts don't show the lines of any values at or below some paths.
    func hidingLines(below paths: [FieldPath]) -> Manifest {
        var result = self
        var pending = paths
        while let path = pending.popLast() {
            switch object.value[at: path] {
            case nil: break
            case .object(let fields): pending += fields.keys.map { path.appending($0) }
            case .array(let elements): pending += elements.indices.map { path.appending(.index($0)) }
            default:
                let line = location(of: path).line
                result.source.hiddenLines.append(line...line)
            }
        }
        return result
    }
}
