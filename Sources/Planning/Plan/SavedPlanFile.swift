internal import FoundationEssentials
package import Resources

/// A saved plan as a file: JSON of these fields, of which those without a value are left out.
///
///     apiVersion: endstate.dev/v1
///     kind: SavedPlan
///     digest                             SHA-256 of the outline
///     madeAt, madeBy                     madeAt as of RFC 3339
///     source: {repository, revision, commit, subject, path, dirty}
///     configuration, context
///     settings: {adopt, forceConflicts, noPrune, pruneMaxCount, pruneMaxPercent, pruneAllowKinds, allowEmpty, hints,
///       retry, allowUnschedulable, allowBrokenPolicies}
///     members: [{object: OBJECT, uid}]
///     outline                            see `PlanOutline`
///     plan                               see `Plan.json`; for people
///     checksum                           SHA-256 of all the other fields
extension SavedPlan {
    static let apiVersion = "endstate.dev/v1"
    static let kind = "SavedPlan"

    /// The file's bytes: JSON for people, with a line feed at its end.
    package var fileBytes: [UInt8] { Array((json.prettyJSON + "\n").utf8) }

    package var json: Value {
        var value = Value.fields([
            "apiVersion": .string(Self.apiVersion),
            "kind": .string(Self.kind),
            "digest": .string(digest),
            "madeAt": .string(madeAt.formatted(.iso8601)),
            "madeBy": .string(madeBy),
            "source": source.json,
            "configuration": configuration.map(Value.string),
            "context": context.map(Value.string),
            "settings": settings.json,
            "members": .array(
                members.sorted { $0.key < $1.key }.map { ["object": $0.key.json, "uid": .string($0.value)] }),
            "outline": outline.json,
            "plan": plan,
        ])
        value["checksum"] = .string(PlanOutline.hash(value))
        return value
    }

    /// - Parameter file: the file's name, for messages.
    /// - Throws: a diagnostic of code `saved-plan-unreadable` where the bytes are no saved plan, or one that this program
    ///   doesn't understand in full, or one that was changed since it was made.
    package init(file: String, bytes: [UInt8]) throws(Diagnostic) {
        let value: Value
        do {
            value = try Value(json: bytes)
        } catch {
            throw Self.unreadable(file, bytes.isEmpty ? "the file is empty" : "\(error); it may have been cut off")
        }
        if let reason = Self.foreignness(value) { throw Self.unreadable(file, reason) }
        // What follows goes down the tree on the stack.
        if Self.isDeep(value) { throw Self.unreadable(file, "it nests too deep") }
        do {
            self = try SavedPlanReader.read(value)
        } catch {
            throw Self.unreadable(file, error.description)
        }
        guard value["digest"]?.string == digest else {
            throw Self.unreadable(file, "its digest isn't that of what it says: it was changed since it was made")
        }
        // What is not understood is not written again, either.
        guard value == json else { throw Self.unreadable(file, "it was changed since it was made") }
    }

    /// Why the value is another document than a saved plan of this version; nil where it is one.
    private static func foreignness(_ value: Value) -> String? {
        let (version, kind) = (value["apiVersion"]?.string ?? "", value["kind"]?.string ?? "")
        if kind == "Plan", version == apiVersion {
            return "it is a plan as plan -o json prints it, which can be read but not executed"
        }
        if kind == self.kind, version.hasPrefix("endstate.dev/"), version != apiVersion {
            return "it is of \(version), and this program knows \(apiVersion)"
        }
        return kind == self.kind && version == apiVersion ? nil : "it isn't \(apiVersion) \(self.kind)"
    }

    /// Whether the value nests deeper than any plan does.
    private static func isDeep(_ value: Value) -> Bool {
        var level = [value]
        for _ in 0..<500 {
            level = level.flatMap { $0.array ?? ($0.object?.values).map(Array.init) ?? [] }
            if level.isEmpty { return false }
        }
        return true
    }

    private static func unreadable(_ file: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            code: "saved-plan-unreadable",
            "the saved plan \(file) can't be used: \(reason)",
            hint: "make a new plan, with the endstate that will apply it: endstate plan --out \(file)"
        )
    }
}

extension SavedPlan.Settings {
    var json: Value {
        .fields([
            "adopt": .bool(adopt),
            "forceConflicts": .bool(forceConflicts),
            "noPrune": .bool(noPrune),
            "pruneMaxCount": pruneMaxCount.map { .integer(Int64($0)) },
            "pruneMaxPercent": pruneMaxPercent.map { .integer(Int64($0)) },
            "pruneAllowKinds": .array(pruneAllowKinds.map(Value.string)),
            "allowEmpty": .bool(allowEmpty),
            "hints": .bool(hints),
            "retry": .bool(retry),
            "allowUnschedulable": .bool(allowUnschedulable),
            "allowBrokenPolicies": .bool(allowBrokenPolicies),
        ])
    }
}
