package import Resources

/// Whether objects are as the API wants them, in the words of the real server.
package enum Validation {
    /// What is wrong with an object that is to be stored, after defaults were filled in.
    ///
    /// Errors come as often as the real server reports them, which is not always once: a status names each in its
    /// `causes`. Whether the resource version is the right one is not looked at.
    /// - Parameters:
    ///   - old: what is stored; nil where the object is to be created.
    ///   - subresource: `status`, `scale`, `finalize`; empty for the object itself.
    ///   - checksServiceRanges: whether addresses and node ports must be in the server's ranges.
    package static func check(
        _ object: Value, old: Value?, of resource: ResourceDefinition, subresource: String, registry: SchemaRegistry,
        checksServiceRanges: Bool = true
    ) -> [FieldError] {
        let new = Field(object)
        var findings = Findings()
        if subresource == "scale" {
            AutoscalerRules.checkScale(new, &findings)
            return findings.errors
        }
        let rules =
            resource.isCustom ? KindRules.custom(resource, registry) : KindRules.builtIn(resource)
        let before = old.flatMap { $0.isNull ? nil : Field($0) }
        if let before {
            checkUpdate(new, before, resource, subresource, rules, &findings)
        } else {
            rules.create(new, &findings)
            if findings.isEmpty { checkAnyMetadata(new, resource, &findings) }
        }
        let isWhole = before == nil || !["status", "finalize"].contains(subresource)
        if isWhole, findings.isEmpty { rules.reserve?(new, before, checksServiceRanges, &findings) }
        return findings.errors
    }

    /// What holds for the metadata of every object; looked at where its kind found nothing.
    private static func checkAnyMetadata(_ object: Field, _ resource: ResourceDefinition, _ findings: inout Findings) {
        MetadataRules.check(
            object["metadata"], isNamespaced: resource.isNamespaced, name: Names.segment, &findings)
    }

    private static func checkUpdate(
        _ new: Field, _ old: Field, _ resource: ResourceDefinition, _ subresource: String, _ rules: KindRules,
        _ findings: inout Findings
    ) {
        checkAnyMetadata(new, resource, &findings)
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        switch subresource {
        case "status": rules.status(new, old, &findings)
        case "finalize": NamespaceRules.checkFinalize(new, old: old, &findings)
        default: rules.update(new, old, &findings)
        }
    }
}
