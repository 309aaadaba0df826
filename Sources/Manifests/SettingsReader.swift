internal import Resources
internal import YAML

/// Reads an `Application` of `endstate.dev/v1` and tells all that is wrong with it.
struct SettingsReader {
    let manifest: Manifest
    private(set) var problems: [Diagnostic] = []

    init(manifest: Manifest) {
        self.manifest = manifest
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
        refuseUnknownFields(of: root, known: ["apiVersion", "kind", "metadata", "spec"])
        expect("endstate.dev/v1", at: root.appending("apiVersion"))
        expect("Application", at: root.appending("kind"))
        let metadata = root.appending("metadata")
        refuseUnknownFields(of: metadata, known: ["name"])
        settings.name = label(metadata.appending("name"))
        let spec = root.appending("spec")
        refuseUnknownFields(of: spec, known: Self.specFields)
        settings.namespace = label(spec.appending("namespace"))
        settings.context = text(spec.appending("context"))
        settings.cluster = text(spec.appending("cluster"))
        settings.timeout = duration(spec.appending("timeout"))
        settings.objectTimeout = duration(spec.appending("objectTimeout"))
        settings.concurrency = integer(spec.appending("concurrency"), in: 1...256)
        settings.adopt = choice(spec.appending("adopt"))
        settings.forceConflicts = bool(spec.appending("forceConflicts"))
        settings.prune = prune(spec.appending("prune"))
        settings.hints = bool(spec.appending("hints"))
        settings.replace = choice(spec.appending("replace"))
        settings.protectedKinds = kinds(spec.appending("protectedKinds"))
        settings.lockTimeout = duration(spec.appending("lockTimeout"), orZero: true)
        settings.rollback = rollback(spec.appending("rollback"))
        settings.keepRevisions = integer(spec.appending("keepRevisions"), in: 1...100)
        settings.pauseAfter = pauses(spec.appending("pauseAfter"))
        return settings
    }

    private static let specFields = [
        "namespace", "context", "cluster", "timeout", "objectTimeout", "concurrency", "adopt", "forceConflicts",
        "prune", "hints", "replace", "protectedKinds", "lockTimeout", "rollback", "keepRevisions", "pauseAfter",
    ]

    private mutating func prune(_ path: FieldPath) -> ApplicationSettings.Prune {
        var prune = ApplicationSettings.Prune()
        refuseUnknownFields(of: path, known: ["enabled", "maxCount", "maxPercent", "allowKinds", "allowEmpty"])
        prune.enabled = bool(path.appending("enabled"))
        prune.maxCount = integer(path.appending("maxCount"), in: 0...Int(Int32.max))
        prune.maxPercent = integer(path.appending("maxPercent"), in: 0...100)
        prune.allowKinds = kinds(path.appending("allowKinds"))
        prune.allowEmpty = bool(path.appending("allowEmpty"))
        return prune
    }

    private mutating func rollback(_ path: FieldPath) -> ApplicationSettings.Rollback {
        var rollback = ApplicationSettings.Rollback()
        refuseUnknownFields(of: path, known: ["enabled", "timeout"])
        rollback.enabled = bool(path.appending("enabled"))
        rollback.timeout = duration(path.appending("timeout"))
        return rollback
    }

    private mutating func pauses(_ path: FieldPath) -> [ApplicationSettings.PauseRequest] {
        elements(path).indices.compactMap { index in
            let element = path.appending(.index(index))
            refuseUnknownFields(of: element, known: ["object", "soak"])
            guard manifest.object.value[at: element]?.object != nil else {
                if value(element) == nil { addWrongType(element, expected: "an object") }
                return nil
            }
            let place = element.appending("object")
            if value(place) == nil { add(place, "is missing") }
            let soak = duration(element.appending("soak"))
            guard let object = text(place) else { return nil }
            return ApplicationSettings.PauseRequest(
                object: object, soak: soak, location: manifest.location(of: place))
        }
    }

    // MARK: Fields

    /// The value; nil where it is absent or null.
    private func value(_ path: FieldPath) -> Value? {
        guard let value = manifest.object.value[at: path], !value.isNull else { return nil }
        return value
    }

    private mutating func refuseUnknownFields(of path: FieldPath, known: [String]) {
        guard let value = value(path) else { return }
        guard let fields = value.object else {
            return addWrongType(path, expected: "an object")
        }
        for field in fields.keys where !known.contains(field) {
            problems.append(
                manifest.diagnostic(
                    code: "unknown-field",
                    "unknown field \(path.appending(field)) of the Application",
                    at: path.appending(field),
                    isAboutKey: true,
                    hint: Spelling.nearest(to: field, in: known).map { "did you mean \($0)?" }
                        ?? "known are: \(known.joined(separator: ", "))"
                )
            )
        }
    }

    private mutating func expect(_ text: String, at path: FieldPath) {
        guard value(path) != .string(text) else { return }
        add(path, "must be \(text)")
    }

    private mutating func text(_ path: FieldPath) -> String? {
        guard let value = value(path) else { return nil }
        guard let text = value.string else {
            addWrongType(path, expected: "a string")
            return nil
        }
        if text.isEmpty { add(path, "is empty") }
        return text
    }

    /// A name that also goes into the names of the objects that belong to the application.
    private mutating func label(_ path: FieldPath) -> String? {
        guard let text = text(path), !text.isEmpty else { return nil }
        if let problem = NameSyntax.labelProblem(text) { add(path, "is invalid: \(problem)") }
        return text
    }

    private mutating func bool(_ path: FieldPath) -> Bool? {
        guard let value = value(path) else { return nil }
        if value.bool == nil { addWrongType(path, expected: "true or false") }
        return value.bool
    }

    private mutating func integer(_ path: FieldPath, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(path) else { return nil }
        guard let integer = value.integer else {
            addWrongType(path, expected: "an integer")
            return nil
        }
        if !range.contains(integer) {
            add(path, "must be from \(range.lowerBound) to \(range.upperBound), not \(integer)")
        }
        return integer
    }

    private mutating func duration(_ path: FieldPath, orZero: Bool = false) -> Duration? {
        guard let value = value(path) else { return nil }
        guard let duration = value.string.flatMap(Duration.init(goText:)) else {
            add(path, "must be a duration, such as 1m30s")
            return nil
        }
        if orZero, duration < .zero { add(path, "must be 0s or longer") }
        if !orZero, duration <= .zero { add(path, "must be longer than 0") }
        return duration
    }

    private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ path: FieldPath) -> Choice? {
        guard let value = value(path) else { return nil }
        let choice = value.string.flatMap(Choice.init(rawValue:))
        if choice == nil {
            add(path, "must be \(Choice.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return choice
    }

    private mutating func kinds(_ path: FieldPath) -> [KindName] {
        var kinds: [KindName] = []
        for (index, element) in elements(path).enumerated() {
            if let kind = element.string.flatMap(KindName.init) {
                kinds.append(kind)
            } else {
                add(path.appending(.index(index)), "must be a kind, such as Namespace or StatefulSet.apps")
            }
        }
        return kinds
    }

    /// The elements of a list; none where it is absent or no list.
    private mutating func elements(_ path: FieldPath) -> [Value] {
        guard let value = value(path) else { return [] }
        if value.array == nil { addWrongType(path, expected: "a list") }
        return value.array ?? []
    }

    private mutating func addWrongType(_ path: FieldPath, expected: String) {
        add(path, "must be \(expected), not \((value(path) ?? .null).described)")
    }

    private mutating func add(_ path: FieldPath, _ problem: String) {
        problems.append(manifest.diagnostic(code: "invalid-setting", "\(path) \(problem)", at: path))
    }
}
