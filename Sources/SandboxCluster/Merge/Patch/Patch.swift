package import Resources

/// The patches of the API that aren't applied server-side.
package enum Patch {
    /// Applies a JSON patch (RFC 6902), with the liberties of the server's library.
    /// - Throws: 400 for what is no patch, 413 for more than 10,000 operations, 422 where an operation fails.
    package static func json(
        _ patch: Value, on object: Value, version: KubernetesVersion = .newest
    ) throws(APIStatus) -> Value {
        try JSONPatch(patch, version: version).applied(to: object)
    }

    /// Applies a JSON merge patch (RFC 7386); unlike there, lists lose their nulls, too.
    /// - Throws: 500 for a patch that is neither an object nor a list, as on the server.
    package static func merge(_ patch: Value, on object: Value) throws(APIStatus) -> Value {
        switch patch {
        case .object: merged(object, patch)
        case .array: pruned(patch)
        default: throw .mergeFailure("Invalid JSON Patch")
        }
    }

    /// Applies a strategic merge patch: lists with a merge key are merged item by item.
    /// - Throws: 400 and 422 for directives that can't be followed, 500 for what the server has no status for.
    package static func strategic(
        _ patch: Value, on object: Value, type: SchemaType, registry: SchemaRegistry,
        version: KubernetesVersion = .newest
    ) throws(APIStatus) -> Value {
        if patch.isNull { return object }
        guard case .object(let changes) = patch else {
            let type = GoText.jsonTypeName(patch)
            throw APIStatus(
                code: 400, reason: "BadRequest",
                message: "json: cannot unmarshal \(type) into Go value of type map[string]interface {}")
        }
        let merge = StrategicPatch(registry: registry, version: version)
        return .object(try merge.merged(object.object ?? [:], changes, PatchType(type, registry)))
    }

    /// `jsonpatch.merge`.
    private static func merged(_ old: Value, _ patch: Value) -> Value {
        guard case .object(var fields) = old else { return pruned(patch) }
        guard case .object(let changes) = patch else { return patch }
        for (name, change) in changes {
            if change.isNull {
                fields[name] = nil
            } else if let current = fields[name], !current.isNull {
                fields[name] = merged(current, change)
            } else {
                fields[name] = pruned(change)
            }
        }
        return .object(fields)
    }

    private static func pruned(_ value: Value) -> Value {
        switch value {
        case .object(let fields): .object(fields.filter { !$0.value.isNull }.mapValues(pruned))
        case .array(let list): .array(list.filter { !$0.isNull }.map(pruned))
        default: value
        }
    }
}
