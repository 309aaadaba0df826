internal import Resources

/// The annotation of client-side `kubectl apply`, which its server-side one takes over from (`lastappliedmanager.go`).
enum LastApplied {
    static let manager = "kubectl"
    private static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

    /// What the annotation has applied and is unchanged; nil without such an annotation.
    static func fields(of live: Value, _ schema: MergeSchema, _ type: MergeType, apiVersion: String) -> FieldTree? {
        guard let text = live["metadata"]?["annotations"]?[annotation]?.string,
            let applied = try? Value(json: text), applied["apiVersion"]?.string == apiVersion,
            schema.problems(of: applied, type).isEmpty
        else { return nil }
        let comparison = schema.comparison(of: applied, with: live, type)
        return schema.fieldSet(of: applied, type).subtracting(comparison.changed).subtracting(comparison.removed)
    }

    /// The object with the annotation, where it has one, as client-side apply would have set it.
    static func refreshed(in object: Value, by manager: String, _ applied: Value) -> Value {
        guard manager == self.manager, object["metadata"]?["annotations"]?[annotation] != nil else { return object }
        var configuration = applied
        configuration["metadata"]?["annotations"]?[annotation] = nil
        var result = object
        result["metadata"]?["annotations"]?[annotation] = .string(GoText.json(configuration) + "\n")
        return result
    }
}
