internal import Resources

/// A strategic merge patch (`k8s.io/apimachinery/pkg/util/strategicpatch/patch.go`).
struct StrategicPatch {
    let registry: SchemaRegistry
    let version: KubernetesVersion

    private static let directive = "$patch"
    private static let retainKeys = "$retainKeys"
    private static let deleteFromList = "$deleteFromPrimitiveList"
    private static let setElementOrder = "$setElementOrder"

    /// `mergeMap`.
    func merged(
        _ original: [String: Value], _ patch: [String: Value], _ type: PatchType
    ) throws(APIStatus) -> [String: Value] {
        if let directive = patch[Self.directive] { return try followed(directive, patch) }
        var result = original
        var rest = patch
        try retainKeys(&result, &rest)
        try mergeOrdered(&result, &rest, type)
        for (name, change) in rest.sorted(by: { $0.key < $1.key }) {
            let isDeletion = name.hasPrefix(Self.deleteFromList)
            let key = isDeletion ? try Self.suffix(name, Self.deleteFromList, "primitive list") : name
            if change.isNull {
                result[key] = nil
                continue
            }
            result[key] = try merged(result[key], change, key, type, isDeletion: isDeletion)
        }
        return result
    }

    private func merged(
        _ old: Value?, _ change: Value, _ key: String, _ type: PatchType, isDeletion: Bool
    ) throws(APIStatus) -> Value? {
        switch (old, change) {
        case (nil, _):
            if version.minor < 27 { return change }
            return isDeletion ? Optional.none : Self.withoutDirectives(change)
        case (.object(let fields), .object(let changes)):
            let field = try type.structure(key)
            if field.strategy == "replace" { return change }
            return .object(try merged(fields, changes, field.type))
        case (.array(let list), .array(let changes)):
            let field = try type.list(key)
            if field.strategy != "merge" { return change }
            return .array(try StrategicList(self, field).merged(list, changes, isDeletion: isDeletion))
        default: return change
        }
    }

    /// `$patch` of an object.
    private func followed(_ directive: Value, _ patch: [String: Value]) throws(APIStatus) -> [String: Value] {
        switch directive {
        case "replace": return patch.filter { $0.key != Self.directive }
        case "delete": return [:]
        default: throw Self.unknown(directive, patch)
        }
    }

    static func unknown(_ directive: Value, _ patch: [String: Value]) -> APIStatus {
        let name =
            directive.string ?? "%!s(\(GoText.typeName(directive))="
            + GoText.plain(directive) + ")"
        return .mergeFailure("unknown patch type: \(name) in map: \(GoText.plain(.object(patch)))")
    }

    /// What a new field has, without what only patches know.
    private static func withoutDirectives(_ value: Value) -> Value? {
        switch value {
        case .object(let fields):
            if fields[directive] == "delete" { return Optional.none }
            let rest = fields.filter { key, value in
                !value.isNull && key != directive && key != retainKeys && !key.hasPrefix(deleteFromList)
                    && !key.hasPrefix(setElementOrder)
            }
            return .object(rest.compactMapValues(withoutDirectives))
        case .array(let list): return .array(list.compactMap(withoutDirectives))
        default: return value
        }
    }

    /// `$retainKeys`: everything else goes.
    private func retainKeys(_ original: inout [String: Value], _ patch: inout [String: Value]) throws(APIStatus) {
        guard let directive = patch.removeValue(forKey: Self.retainKeys) else { return }
        let keys = directive.array.map(Set.init)
        let changes = patch.filter { key, value in
            !value.isNull && !key.hasPrefix(Self.deleteFromList) && !key.hasPrefix(Self.setElementOrder)
        }
        guard let keys, changes.keys.allSatisfy({ keys.contains(.string($0)) }) else {
            throw Self.badFormat("retainKeys")
        }
        original = original.filter { keys.contains(.string($0.key)) }
    }

    static func badFormat(_ what: String) -> APIStatus {
        APIStatus(code: 400, reason: "BadRequest", message: "invalid patch format of \(what)")
    }

    private static func suffix(_ key: String, _ prefix: String, _ what: String) throws(APIStatus) -> String {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == prefix else { throw badFormat(what) }
        return String(parts[1])
    }

    /// `$setElementOrder`: merges the lists that have one, and takes them out of the patch.
    private func mergeOrdered(
        _ original: inout [String: Value], _ patch: inout [String: Value], _ type: PatchType
    ) throws(APIStatus) {
        for name in patch.keys.filter({ $0.hasPrefix(Self.setElementOrder) }).sorted() {
            guard let directive = patch.removeValue(forKey: name) else { continue }
            let order = try Self.list(directive)
            let key = try Self.suffix(name, Self.setElementOrder, "setElementOrder list")
            let old = try original[key].map(Self.list)
            let change = try patch[key].map(Self.list)
            let list = try StrategicList(self, type.list(key))
            try list.check(change ?? [], against: order)
            let merged: [Value]
            switch (old, change) {
            case (nil, nil): continue
            case (let old?, nil): merged = old
            case (nil, let change?): merged = change
            case (let old?, let change?):
                merged = list.field.strategy == "merge" ? try list.merged(old, change, isDeletion: false) : change
            }
            original[key] = .array(try list.ordered(merged, by: order, original: old ?? []))
            patch[key] = nil
        }
    }

    private static func list(_ value: Value) throws(APIStatus) -> [Value] {
        if let list = value.array { return list }
        throw .mergeFailure(
            "expected a []interface {}, but received a \(GoText.typeName(value))")
    }
}
