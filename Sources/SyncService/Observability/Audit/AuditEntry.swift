package import FoundationEssentials
package import Planning
package import Resources

/// One write to a cluster, as a line of JSON for those who must know later who changed what, and why:
///
///     time            RFC 3339, in UTC, to the millisecond
///     run             the run's identifier
///     who             USER@HOST
///     pid             of the process
///     application, cluster
///     action          create, update, adopt, replace, delete, restore
///     object          {group, kind, namespace, name}
///     why             start, commit, drift, person, retry
///     revision        the commit
///     before, after   digests of the object; left out where there was none, or is none any more
package struct AuditEntry: Sendable {
    package enum Action: String, Sendable, CaseIterable {
        case create, update, adopt, replace, delete
        /// What a run had changed is brought back.
        case restore
    }

    package var time: Date
    package var run: RunID
    /// `USER@HOST`.
    package var who: String
    package var pid: Int32
    package var application: String
    package var cluster: String
    package var action: Action
    package var object: ObjectIdentity
    package var why: SyncReason
    /// The commit; nil where the manifests are not from one.
    package var revision: String?
    package var before: ObjectDigest?
    package var after: ObjectDigest?

    package init(
        time: Date, run: RunID, who: String, pid: Int32, application: String, cluster: String, action: Action,
        object: ObjectIdentity, why: SyncReason, revision: String?, before: ObjectDigest? = nil,
        after: ObjectDigest? = nil
    ) {
        self.time = time
        self.run = run
        self.who = who
        self.pid = pid
        self.application = application
        self.cluster = cluster
        self.action = action
        self.object = object
        self.why = why
        self.revision = revision
        self.before = before
        self.after = after
    }

    /// One JSON object and a line feed.
    package var bytes: [UInt8] {
        JSONLine.bytes([
            ("time", .string(time.milliseconds)),
            ("run", .string(run.text)),
            ("who", .string(who)),
            ("pid", .integer(Int64(pid))),
            ("application", .string(application)),
            ("cluster", .string(cluster)),
            ("action", .string(action.rawValue)),
            ("object", object.record),
            ("why", .string(why.rawValue)),
            ("revision", revision.map(Value.string)),
            ("before", (before?.text).map(Value.string)),
            ("after", (after?.text).map(Value.string)),
        ])
    }
}

extension ObjectIdentity {
    /// `{group, kind, namespace, name}`; without a namespace where there is none.
    var record: Value {
        var fields: [String: Value] = [
            "group": .string(groupKind.group), "kind": .string(groupKind.kind), "name": .string(name),
        ]
        if !namespace.isEmpty { fields["namespace"] = .string(namespace) }
        return .object(fields)
    }
}
