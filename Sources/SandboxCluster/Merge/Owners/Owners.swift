internal import Resources

/// What a manager owns.
struct OwnedFields: Equatable {
    var set: FieldTree
    /// The version that the fields are fields of.
    var apiVersion: String
    /// RFC 3339; nil where the entry has none.
    var time: String?

    init(_ set: FieldTree, apiVersion: String, time: String? = nil) {
        self.set = set
        self.apiVersion = apiVersion
        self.time = time
    }
}

/// All managers of an object (`k8s.io/apimachinery/pkg/util/managedfields/internal/managedfields.go`).
typealias Owners = [FieldManager: OwnedFields]

extension Owners {
    /// Reads `metadata.managedFields`; nil where it isn't what the server writes.
    /// - Parameter isOwn: whether a server has written it, so that its sets need no check.
    init?(managedFields list: [Resources.Value], isOwn: Bool) {
        self.init(minimumCapacity: list.count)
        for entry in list {
            guard let operation = entry["operation"]?.string, operation == "Apply" || operation == "Update",
                entry["fieldsType"]?.string == "FieldsV1"
            else { return nil }
            let apiVersion = entry["apiVersion"]?.string ?? ""
            let manager = FieldManager(
                name: entry["manager"]?.string ?? "", isApplier: operation == "Apply", apiVersion: apiVersion,
                subresource: entry["subresource"]?.string ?? "")
            let fieldsV1 = entry["fieldsV1"] ?? .object([:])
            guard let set = isOwn ? FieldTree(fieldsV1) : FieldTree(foreign: fieldsV1) else { return nil }
            self[manager] = OwnedFields(set, apiVersion: apiVersion, time: entry["time"]?.string)
        }
    }

    /// The entries in the server's order: by operation, time, name and version.
    var managedFields: [Resources.Value] {
        let ordered = sorted { left, right in
            if left.key.isApplier != right.key.isApplier { return left.key.isApplier }
            let times = (left.value.time ?? "", right.value.time ?? "")
            if times.0 != times.1 { return times.0 < times.1 }
            if left.key.name != right.key.name { return left.key.name < right.key.name }
            if left.value.apiVersion != right.value.apiVersion { return left.value.apiVersion < right.value.apiVersion }
            return left.key.subresource < right.key.subresource
        }
        return ordered.map(Self.entry)
    }

    private static func entry(_ manager: FieldManager, _ fields: OwnedFields) -> Resources.Value {
        var entry: [String: Resources.Value] = [
            "operation": .string(manager.operation), "apiVersion": .string(fields.apiVersion),
            "fieldsType": "FieldsV1", "fieldsV1": fields.set.value,
        ]
        if !manager.name.isEmpty { entry["manager"] = .string(manager.name) }
        if !manager.subresource.isEmpty { entry["subresource"] = .string(manager.subresource) }
        if let time = fields.time { entry["time"] = .string(time) }
        return .object(entry)
    }
}
