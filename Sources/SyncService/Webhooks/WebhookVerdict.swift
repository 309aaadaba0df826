/// What came of a request to a webhook.
package enum WebhookVerdict: Hashable, Sendable {
    case accepted(WebhookDelivery)
    case refused(WebhookRefusal)
}

/// Who sent a webhook, as far as its headers tell.
package enum WebhookSender: String, Hashable, Sendable, CaseIterable {
    case gitHub = "GitHub"
    case gitea = "Gitea"
    case forgejo = "Forgejo"
    case bitbucket = "Bitbucket"
    case gitLab = "GitLab"
    /// Anybody who keeps to Standard Webhooks, GitLab with a signing token among them.
    case standard = "Standard Webhooks"
}

/// A webhook that was signed with a secret of ours.
package struct WebhookDelivery: Hashable, Sendable {
    package let sender: WebhookSender
    /// As the sender told it: only Standard Webhooks sign it. It is for the eye, and to be escaped before it is printed.
    package let id: String?
    /// SHA-256 of what was signed and its signature: equal for a replay, whatever its id claims.
    package let digest: [UInt8]

    package init(sender: WebhookSender, id: String?, digest: [UInt8]) {
        self.sender = sender
        self.id = id
        self.digest = digest
    }
}

/// Why a request to a webhook is not believed. It tells of the request's headers, but not what they had to be.
package enum WebhookRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unsigned
    case empty(header: String)
    case repeated(header: String)
    case malformed(header: String, form: String)
    /// SHA-1, where the sender offers SHA-256.
    case weak(header: String)
    case missing(header: String)
    case mismatch(header: String)
    /// More than the window of time before now, or after it.
    case expired
    case early

    package var description: String {
        switch self {
        case .unsigned: "the request has no header with a signature: set a secret at the sender"
        case .empty(let header): "the header \(header) is empty: set a secret at the sender"
        case .repeated(let header): "the header \(header) is there more than once"
        case .malformed(let header, let form): "the header \(header) is not of the form \(form)"
        case .weak(let header): "the header \(header) is made with SHA-1, which is not accepted: sign with SHA-256"
        case .missing(let header): "the header \(header) is missing"
        case .mismatch(let header): "the header \(header) does not fit: does the sender have the same secret?"
        case .expired: "the webhook was sent too long ago: are both clocks right?"
        case .early: "the webhook was sent in the future: are both clocks right?"
        }
    }
}
