internal import HTTPTypes

/// A way to show that a webhook comes from who knows the secret, as the senders document it.
///
/// The order is the preference, the strongest first: Standard Webhooks sign their id and time, too; the next four sign the
/// body alone; GitLab's token signs nothing. Among equals the sender's own header comes before those that Gitea and
/// Forgejo send as well, so that the right sender is named.
enum WebhookScheme: CaseIterable {
    /// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md; GitLab's signing tokens.
    case standard
    /// https://forgejo.org/docs/latest/user/webhooks
    case forgejo
    /// https://docs.gitea.com/usage/webhooks
    case gitea
    /// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    case gitHub
    /// https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks
    case bitbucket
    /// https://docs.gitlab.com/user/project/integrations/webhooks
    case gitLab

    /// The one that a request has to pass: the first whose header is there, be it empty; nil where there is none.
    static func chosen(by headers: HTTPFields) -> WebhookScheme? {
        allCases.first { headers.contains($0.header) }
    }

    var header: HTTPField.Name {
        switch self {
        case .standard: .webhookSignature
        case .forgejo: .forgejoSignature
        case .gitea: .giteaSignature
        case .gitHub: .hubSignature256
        case .bitbucket: .hubSignature
        case .gitLab: .gitLabToken
        }
    }

    var sender: WebhookSender {
        switch self {
        case .standard: .standard
        case .forgejo: .forgejo
        case .gitea: .gitea
        case .gitHub: .gitHub
        case .bitbucket: .bitbucket
        case .gitLab: .gitLab
        }
    }

    /// What stands before the hexadecimal digits; nil where the header has none.
    var hexadecimalPrefix: String? {
        switch self {
        case .forgejo, .gitea: ""
        case .gitHub, .bitbucket: "sha256="
        case .standard, .gitLab: nil
        }
    }

    /// Where the sender tells the delivery's id, the first that is there. Bitbucket Cloud has a UUID, and Server an Id.
    /// `X-Gitlab-Webhook-UUID` and `X-Gitlab-Event-UUID` name no single delivery.
    var idHeaders: [HTTPField.Name] {
        switch self {
        case .standard: [.webhookID]
        case .forgejo: [.forgejoDelivery, .giteaDelivery]
        case .gitea: [.giteaDelivery]
        case .gitHub: [.gitHubDelivery]
        case .bitbucket: [.requestUUID, .requestID]
        case .gitLab: [.idempotencyKey]
        }
    }
}

extension HTTPField.Name {
    static let webhookID = known("webhook-id")
    static let webhookTimestamp = known("webhook-timestamp")
    static let webhookSignature = known("webhook-signature")
    static let forgejoSignature = known("X-Forgejo-Signature")
    static let giteaSignature = known("X-Gitea-Signature")
    static let hubSignature256 = known("X-Hub-Signature-256")
    static let hubSignature = known("X-Hub-Signature")
    static let gitLabToken = known("X-Gitlab-Token")

    fileprivate static let forgejoDelivery = known("X-Forgejo-Delivery")
    fileprivate static let giteaDelivery = known("X-Gitea-Delivery")
    fileprivate static let gitHubDelivery = known("X-GitHub-Delivery")
    fileprivate static let requestUUID = known("X-Request-UUID")
    fileprivate static let requestID = known("X-Request-Id")
    fileprivate static let idempotencyKey = known("Idempotency-Key")

    /// - Parameter text: a valid name of a header; that it is one, the tests show.
    static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no name of a header") }
        return name
    }
}
