internal import Manifests
internal import Resources

/// An object whose order is to be found: one of a manifest, or a live one.
struct GraphSource {
    let object: KubernetesObject
    let identity: ObjectIdentity
    /// Nil for a live object.
    let manifest: Manifest?
    let pods: PodTemplate?
    let references: [Reference]

    init(_ manifest: Manifest) {
        self.init(manifest.object, manifest: manifest)
    }

    init(_ object: KubernetesObject, manifest: Manifest? = nil) {
        self.object = object
        self.manifest = manifest
        identity = object.identity
        pods = PodTemplate(of: object)
        references = ReferenceList.references(of: object, pods: pods)
    }

    func location(ofAnnotation key: String) -> SourceLocation? {
        manifest?.location(of: Self.path(ofAnnotation: key))
    }

    func diagnostic(code: String, _ message: String, atAnnotation key: String, causes: [String] = [], hint: String?)
        -> Diagnostic
    {
        guard let manifest else { return Diagnostic(code: code, message, causes: causes, hint: hint) }
        return manifest.diagnostic(code: code, message, at: Self.path(ofAnnotation: key), causes: causes, hint: hint)
    }

    private static func path(ofAnnotation key: String) -> FieldPath {
        FieldPath(fields: "metadata", "annotations", key)
    }
}
