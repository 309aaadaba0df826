internal import Resources

extension SyncNotification {
    /// The notification for programs:
    ///
    ///     apiVersion: endstate.dev/v1
    ///     kind: Notification
    ///     event                  success, failure, rollback, drift, breaker
    ///     application, cluster
    ///     commit: {id, subject}
    ///     message
    ///     objects                the first ten: {group, kind, namespace, name}
    ///     objectCount            of all
    ///     run, time              time as of RFC 3339, in UTC, to the millisecond
    ///
    /// Control characters in texts are written as `\u{1B}`; what is too long ends in `…`.
    var genericPayload: Value {
        [
            "apiVersion": "endstate.dev/v1",
            "kind": "Notification",
            "event": .string(kind.rawValue),
            "application": name(application),
            "cluster": name(cluster),
            "commit": ["id": name(revision), "subject": name(subject)],
            "message": .string(PayloadText.cut(message, to: Self.longestMessage)),
            "objects": .array(objects.prefix(Self.mostObjects).map(\.record)),
            "objectCount": .integer(Int64(objects.count)),
            "run": .string(run.text),
            "time": .string(time.milliseconds),
        ]
    }

    private func name(_ text: String) -> Value {
        .string(PayloadText.cut(text, to: Self.longestName))
    }
}
