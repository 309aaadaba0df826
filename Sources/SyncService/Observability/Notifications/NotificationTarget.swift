package import KubeClient

/// Where notifications go.
package struct NotificationTarget: Sendable, Hashable {
    package enum Format: String, Sendable, CaseIterable {
        case generic
        /// Of Slack's incoming webhooks, which other chats understand, too.
        case slack
    }

    /// What logs and errors call it.
    package var name: String
    /// Whoever knows it can post: it is a secret.
    package var url: Confidential<String>
    package var format: Format
    package var kinds: Set<SyncNotification.Kind>

    package init(
        name: String, url: Confidential<String>, format: Format,
        kinds: Set<SyncNotification.Kind> = Set(SyncNotification.Kind.allCases)
    ) {
        self.name = name
        self.url = url
        self.format = format
        self.kinds = kinds
    }
}
