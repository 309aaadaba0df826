package import Resources
internal import YAML

/// Objects of a cluster that were written to a file, as by `kubectl get -o yaml`.
package enum RecordedCluster {
    /// Of all nodes and pods of a large cluster.
    private static let maximumFileSize = 1 << 30

    /// The objects as they are, with what the server wrote into them; Lists are taken apart.
    /// - Throws: `ManifestErrors` where the file is no YAML.
    package static func objects(in file: ManifestFile) throws(ManifestErrors) -> [KubernetesObject] {
        let (documents, errors) = YAMLReader.documents(
            in: file.bytes,
            limits: YAMLLimits(maximumBytes: maximumFileSize, maximumDepth: ManifestReader.maximumDepth))
        let source = SourceText(file: file.path, bytes: file.bytes)
        if !errors.isEmpty { throw ManifestErrors(errors.map { $0.diagnostic(in: source) }) }
        return documents.flatMap { ListedObject.all(in: $0.value) }.map { KubernetesObject($0.value) }
    }
}
