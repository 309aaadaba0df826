internal import Resources
internal import YAML

/// Reads an `Application` of `endstate.dev/v1` and tells all that is wrong with it.
struct SettingsReader {
    private var fields: FieldReader
    var problems: [Diagnostic] { fields.problems }

    init(manifest: Manifest) {
        fields = FieldReader(manifest)
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
        var reader = SettingsReader(manifest: manifest)
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
        settings.name = fields.label(metadata.appending("name"))
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
        return settings
    }

    private static let specFields = [
        "namespace", "context", "cluster", "timeout", "objectTimeout", "concurrency", "adopt", "forceConflicts",
        "prune", "hints", "replace", "protectedKinds", "lockTimeout", "rollback", "keepRevisions", "pauseAfter",
    ]

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
        fields.elements(path).indices.compactMap { index in
            let element = path.appending(.index(index))
            fields.refuseUnknownFields(of: element, known: ["object", "soak"])
            guard fields.value(element)?.object != nil else {
                if fields.value(element) == nil { fields.addWrongType(element, expected: "an object") }
                return nil
            }
            let place = element.appending("object")
            if fields.value(place) == nil { fields.add(place, "is missing") }
            let soak = fields.duration(element.appending("soak"))
            guard let object = fields.text(place) else { return nil }
            return ApplicationSettings.PauseRequest(
                object: object, soak: soak, location: fields.manifest.location(of: place))
        }
    }
}
