internal import Resources

/// What has been told a short time ago, so that it isn't told again.
struct RecentNotifications: Sendable {
    private struct Key: Hashable {
        var kind: SyncNotification.Kind
        var application: String
        var revision: String
        var message: String
        var objects: [ObjectIdentity]
    }

    static let window = Duration.seconds(600)
    /// How many are remembered at most; the oldest go first.
    static let most = 1000
    /// Of the objects of each, so many tell it from others.
    private static let mostObjects = 20

    /// In the order in which they came.
    private var told: [(key: Key, time: Duration)] = []

    /// Whether kind, application, revision, message and objects were all the same less than ten minutes ago; if they were
    /// not, they are remembered.
    ///
    /// - Parameter now: on a clock that never goes back.
    mutating func isRepeated(_ notification: SyncNotification, now: Duration) -> Bool {
        let key = Key(
            kind: notification.kind, application: notification.application, revision: notification.revision,
            message: notification.message, objects: Array(notification.objects.prefix(Self.mostObjects)))
        told.removeAll { now - $0.time >= Self.window }
        guard !told.contains(where: { $0.key == key }) else { return true }
        if told.count == Self.most { told.removeFirst() }
        told.append((key, now))
        return false
    }
}
