import Manifests
import Resources

/// The set that texts declare, by their paths.
func read(_ files: [(path: String, text: String)]) throws(ManifestErrors) -> (set: ManifestSet, warnings: [Diagnostic])
{
    try ManifestReader.read(files.map { ManifestFile(path: $0.path, bytes: Array($0.text.utf8)) })
}

/// The set that one file declares.
func read(
    _ text: String,
    schema: SchemaDocument? = nil
) throws(ManifestErrors) -> (set: ManifestSet, warnings: [Diagnostic]) {
    try ManifestReader.read([ManifestFile(path: "shop.yaml", bytes: Array(text.utf8))], schema: schema)
}

/// Everything that is said of one file, errors and warnings, as a person reads it; empty where there is nothing.
func report(_ text: String, file: String = "shop.yaml", schema: SchemaDocument? = nil) -> String {
    report([(file, text)], schema: schema)
}

func report(_ files: [(path: String, text: String)], schema: SchemaDocument? = nil, defaultNamespace: String? = nil)
    -> String
{
    let files = files.map { ManifestFile(path: $0.path, bytes: Array($0.text.utf8)) }
    do {
        let warnings = try ManifestReader.read(files, defaultNamespace: defaultNamespace, schema: schema).warnings
        return warnings.map { $0.rendered() }.joined(separator: "\n\n")
    } catch {
        return error.rendered()
    }
}

/// The codes of everything that is said of one file.
func codes(_ text: String) -> [String] {
    do {
        return try read(text).warnings.map(\.code)
    } catch {
        return error.diagnostics.map(\.code)
    }
}
