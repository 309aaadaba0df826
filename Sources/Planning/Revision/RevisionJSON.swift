internal import FoundationEssentials
package import Resources

/// A revision as its Secret's annotation has it. A field without a value is left out.
///
///     apiVersion: endstate.dev/v1
///     kind: Revision
///     number, state, phase, interrupted
///     manifests: {digest}
///     plan: {digest}
///     source: {repository, revision, commit, subject, path, dirty}
///     cluster: {uid}
///     who, tool, startedAt, endedAt      times as of RFC 3339
///     summary: {create, update, replace, delete, adopt}
///     restores: the number of another revision
///     failure: text
extension Revision {
    package var json: Value {
        .record(
            "Revision",
            [
                "number": .integer(Int64(number)),
                "state": .string(state.rawValue),
                "phase": .string(phase.rawValue),
                "interrupted": isInterrupted ? true : nil,
                "manifests": ["digest": .string(manifestDigest)],
                "plan": ["digest": .string(planDigest)],
                "source": source.revisionJSON,
                "cluster": cluster.map { ["uid": .string($0)] },
                "who": .string(who),
                "tool": .string(tool),
                "startedAt": .string(startedAt.formatted(.iso8601)),
                "endedAt": endedAt.map { .string($0.formatted(.iso8601)) },
                "summary": .object(
                    Dictionary(uniqueKeysWithValues: summary.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
                "restores": restores.map { .integer(Int64($0)) },
                "failure": failure.map(Value.clipped),
            ]
        )
    }

    /// - Parameter secret: the Secret that the record is from, for messages.
    /// - Throws: a diagnostic of code `revision-unreadable` where this program doesn't know the format.
    package init(json: Value, secret: ObjectIdentity) throws(Diagnostic) {
        let record = try RecordReader(json, kind: "Revision", secret: secret)
        let summary = try record.map("summary") { key, count throws(Diagnostic) in
            (try record.known(Action(rawValue: key), "summary"), try record.known(count.integer, "summary"))
        }
        self.init(
            number: try record.known(record["number"]?.integer, "number"),
            state: try record.known(State(rawValue: record.text("state")), "state"),
            phase: try record.known(Phase(rawValue: record.text("phase")), "phase"),
            isInterrupted: record["interrupted"]?.bool ?? false,
            manifestDigest: try record.known(record["manifests"]?["digest"]?.string, "manifests.digest"),
            planDigest: try record.known(record["plan"]?["digest"]?.string, "plan.digest"),
            source: try record.known(record["source"].flatMap(PlanSource.init(revisionJSON:)), "source"),
            cluster: record["cluster"]?["uid"]?.string,
            who: try record.text("who"),
            tool: try record.text("tool"),
            startedAt: try record.date("startedAt"),
            endedAt: record["endedAt"] == nil ? nil : try record.date("endedAt"),
            summary: Dictionary(summary) { $1 },
            restores: record["restores"]?.integer,
            failure: record["failure"]?.string
        )
    }
}

/// Contents as they are compressed.
///
///     apiVersion: endstate.dev/v1
///     kind: RevisionContents
///     objects: [the objects whole]
///     actions: [{object: OBJECT, action}]
///     before: [{object: OBJECT, live: the object whole}]
///     unhealthyBefore: [OBJECT]
///     usesHints
///
/// OBJECT is `{group, kind, namespace, name}`.
extension RevisionContents {
    /// Equal for equal contents.
    package var json: Value {
        .record(
            "RevisionContents",
            [
                "objects": .array(objects.map(\.value)),
                "actions": .array(
                    actions.sorted { $0.key < $1.key }.map {
                        ["object": $0.key.revisionJSON, "action": .string($0.value.rawValue)]
                    }),
                "before": .array(
                    before.sorted { $0.key < $1.key }.map { ["object": $0.key.revisionJSON, "live": $0.value.value] }),
                "unhealthyBefore": .array(unhealthyBefore.sorted().map(\.revisionJSON)),
                "usesHints": .bool(usesHints),
            ]
        )
    }

    /// - Parameter secret: the Secret that the contents are from, for messages, which never show what is in them.
    /// - Throws: a diagnostic of code `revision-unreadable` where this program doesn't know the format.
    package init(json: Value, secret: ObjectIdentity) throws(Diagnostic) {
        let record = try RecordReader(json, kind: "RevisionContents", secret: secret)
        let actions = try record.list("actions") { element throws(Diagnostic) in
            (
                try record.known(element["object"].flatMap(ObjectIdentity.init(revisionJSON:)), "actions"),
                try record.known((element["action"]?.string).flatMap(Action.init), "actions")
            )
        }
        let before = try record.list("before") { element throws(Diagnostic) in
            (
                try record.known(element["object"].flatMap(ObjectIdentity.init(revisionJSON:)), "before"),
                KubernetesObject(try record.known(element["live"], "before"))
            )
        }
        let unhealthy = try record.list("unhealthyBefore") { element throws(Diagnostic) in
            try record.known(ObjectIdentity(revisionJSON: element), "unhealthyBefore")
        }
        self.init(
            objects: try record.list("objects") { element throws(Diagnostic) in
                KubernetesObject(.object(try record.known(element.object, "objects")))
            },
            actions: Dictionary(actions) { $1 },
            before: Dictionary(before) { $1 },
            unhealthyBefore: Set(unhealthy),
            usesHints: try record.known(record["usesHints"]?.bool, "usesHints")
        )
    }
}

/// The fields of a record; each of its errors says that the record can't be read, and where.
private struct RecordReader {
    static let apiVersion = "endstate.dev/v1"

    private let fields: [String: Value]
    private let secret: ObjectIdentity

    init(_ value: Value, kind: String, secret: ObjectIdentity) throws(Diagnostic) {
        fields = value.object ?? [:]
        self.secret = secret
        guard fields["apiVersion"]?.string == Self.apiVersion, fields["kind"]?.string == kind else {
            throw Diagnostic.unreadableRevision(secret, "it isn't \(Self.apiVersion) \(kind)")
        }
    }

    subscript(field: String) -> Value? { fields[field] }

    func known<T>(_ value: T?, _ field: String) throws(Diagnostic) -> T {
        guard let value else { throw Diagnostic.unreadableRevision(secret, "its field \(field) isn't understood") }
        return value
    }

    func text(_ field: String) throws(Diagnostic) -> String {
        try known(fields[field]?.string, field)
    }

    func date(_ field: String) throws(Diagnostic) -> Date {
        try known(try? Date(text(field), strategy: .iso8601), field)
    }

    func list<T>(_ field: String, _ element: (Value) throws(Diagnostic) -> T) throws(Diagnostic) -> [T] {
        var result: [T] = []
        for value in try known(fields[field]?.array, field) { result.append(try element(value)) }
        return result
    }

    func map<T>(_ field: String, _ entry: (String, Value) throws(Diagnostic) -> T) throws(Diagnostic) -> [T] {
        var result: [T] = []
        for (key, value) in try known(fields[field]?.object, field) { result.append(try entry(key, value)) }
        return result
    }
}

extension Diagnostic {
    /// A record that this program doesn't understand, so that nothing may be done on the ground of it.
    /// - Parameter reason: why; never shows contents.
    package static func unreadableRevision(_ secret: ObjectIdentity, _ reason: String) -> Diagnostic {
        Diagnostic(
            code: "revision-unreadable",
            "the revision in \(secret) can't be read: \(reason)",
            hint: "a newer endstate may have written it: use that one"
        )
    }
}

extension Value {
    fileprivate static func record(_ kind: String, _ fields: [String: Value?]) -> Value {
        var record = fields.compactMapValues { $0 }
        record["apiVersion"] = .string(RecordReader.apiVersion)
        record["kind"] = .string(kind)
        return .object(record)
    }

    /// A text from elsewhere: annotations of an object hold 256 KiB in all. Counted in scalars, of which one character
    /// can have any number.
    fileprivate static func clipped(_ text: String) -> Value {
        .string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(4096))))
    }
}

extension PlanSource {
    fileprivate var revisionJSON: Value {
        let fields: [String: Value?] = [
            "repository": repository.map(Value.string),
            "revision": revision.map(Value.string),
            "commit": commit.map(Value.string),
            "subject": subject.map(Value.clipped),
            "path": .string(path),
            "dirty": isDirty ? true : nil,
        ]
        return .object(fields.compactMapValues { $0 })
    }

    fileprivate init?(revisionJSON json: Value) {
        guard let path = json["path"]?.string else { return nil }
        self.init(
            repository: json["repository"]?.string,
            revision: json["revision"]?.string,
            commit: json["commit"]?.string,
            path: path,
            isDirty: json["dirty"]?.bool ?? false,
            subject: json["subject"]?.string
        )
    }
}

extension ObjectIdentity {
    fileprivate var revisionJSON: Value {
        var fields: [String: Value] = [
            "group": .string(groupKind.group), "kind": .string(groupKind.kind), "name": .string(name),
        ]
        if !namespace.isEmpty { fields["namespace"] = .string(namespace) }
        return .object(fields)
    }

    fileprivate init?(revisionJSON json: Value) {
        guard let kind = json["kind"]?.string, let name = json["name"]?.string else { return nil }
        self.init(
            group: json["group"]?.string ?? "", kind: kind, namespace: json["namespace"]?.string ?? "", name: name)
    }
}
