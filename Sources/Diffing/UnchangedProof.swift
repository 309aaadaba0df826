package import Resources

/// Whether applying an object can be known to change nothing, from the live object alone and with no request.
///
/// The server computes two things in an apply: the live object merged with the desired one, and the set of fields that
/// the desired object has, which becomes our entry in `managedFields`. An apply therefore changes nothing when our
/// entry holds exactly the fields of the desired object and each of them has the live value already; nothing is pruned
/// then either. The server finds the fields by its schema; here the entry's own shape stands for the schema: `k:` marks
/// an associative list with its keys, `v:` a set, `f:` a granular map, a leaf what is replaced as a whole.
///
/// Two things lie outside of it, as of every proof without a request: admission webhooks, which might change an object
/// that nobody touched, and a schema that has changed since our last apply, after which the server would write the same
/// ownership in another way.
package enum UnchangedProof: Hashable, Sendable {
    /// Applying the desired object changes no field and no ownership.
    case unchanged
    /// It may change something, first at this place: ask the server.
    case unknown(at: FieldPath, why: String)

    /// Compares what would be applied with the object as the cluster has it.
    ///
    /// - Parameters:
    ///   - desired: The object exactly as it would be sent.
    ///   - live: The object as read at the same version, with its `managedFields`.
    ///   - manager: The field manager that applies.
    ///   - isLegacyServer: Whether the server is of version 1.20 or older: those don't note an empty map
    ///     (`emptyDir: {}`) in `managedFields`, and refuse a number at a quantity's place.
    package static func prove(
        desired: KubernetesObject, live: KubernetesObject, manager: String, isLegacyServer: Bool = false
    ) -> UnchangedProof {
        do {
            try requireSameObject(desired, live)
            let entries = live.metadata["managedFields"]?.array ?? []
            let applied = try entry(of: manager, in: entries, apiVersion: desired.apiVersion)
            var walk = ProofWalk(
                isBuiltIn: BuiltInTypes.serves(desired.groupVersionKind.group),
                isLegacyServer: isLegacyServer,
                others: entries.filter { !isApply($0, by: manager) }.compactMap { $0["fieldsV1"] }
            )
            try walk.root(applied: applied, desired: desired.value, live: live.value)
            return .unchanged
        } catch {
            return .unknown(at: error.path, why: error.why)
        }
    }

    private static func requireSameObject(
        _ desired: KubernetesObject, _ live: KubernetesObject
    ) throws(Doubt) {
        for (field, isSame) in [
            ("apiVersion", desired.apiVersion == live.apiVersion), ("kind", desired.kind == live.kind),
        ] where !isSame {
            throw Doubt(path: FieldPath(fields: field), why: "the cluster's object was read as another \(field)")
        }
        guard desired.name == live.name else {
            throw Doubt(path: FieldPath(fields: "metadata", "name"), why: "the cluster's object has another name")
        }
        guard desired.namespace.isEmpty || desired.namespace == live.namespace else {
            throw Doubt(path: FieldPath(fields: "metadata", "namespace"), why: "the cluster's object is elsewhere")
        }
        guard !live.isBeingDeleted else {
            throw Doubt(path: FieldPath(fields: "metadata", "deletionTimestamp"), why: "the object is being deleted")
        }
    }

    /// What we applied last: the one entry of ours, which must be of the version that would be applied.
    ///
    /// The entries stay as they came: for a thousand objects, reading all of them takes longer than the proofs.
    private static func entry(
        of manager: String, in entries: [Value], apiVersion: String
    ) throws(Doubt) -> Value {
        let place = FieldPath(fields: "metadata", "managedFields")
        let own = entries.filter { isApply($0, by: manager) }
        guard let entry = own.first else { throw Doubt(path: place, why: "\(manager) has not applied it yet") }
        guard own.count == 1 else { throw Doubt(path: place, why: "\(manager) has applied it at several versions") }
        let version = entry["apiVersion"]?.string ?? ""
        guard version == apiVersion else { throw Doubt(path: place, why: "\(manager) applied it last at \(version)") }
        guard entry["fieldsType"]?.string == "FieldsV1", let fields = entry["fieldsV1"] else {
            throw Doubt(path: place, why: "its managed fields are of an unknown type")
        }
        return fields
    }

    private static func isApply(_ entry: Value, by manager: String) -> Bool {
        entry["operation"]?.string == "Apply" && entry["manager"]?.string == manager
            && entry["subresource"]?.string ?? "" == ""
    }
}

/// Where a proof of "unchanged" ends, and why.
struct Doubt: Error {
    let path: FieldPath
    let why: String
}
