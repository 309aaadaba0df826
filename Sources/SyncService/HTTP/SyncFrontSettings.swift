internal import NIOCore
internal import Resources

/// Where and how the HTTP front listens.
package struct SyncFrontSettings: Sendable {
    /// An IP address, or `localhost`.
    package var host = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 0
    /// What clients of the API have to have, as it is at the moment; the API is closed while there is none. Where this is
    /// nil, it is open on the loopback interface alone.
    package var apiToken: (@Sendable () -> String?)?
    /// Any of them signs webhooks; none switches webhooks off.
    package var webhookSecrets: [String] = []
    package var limits = Limits()

    package init() {}

    package struct Limits: Sendable {
        /// Of a request's body, in bytes.
        package var body = 1 << 20
        /// What more is read and thrown away of a body that is too large, so that its sender gets to see the answer.
        package var excess = 1 << 20
        /// From the beginning of a connection, or the last answer, until a request has come in as a whole.
        package var requestTimeout = Duration.seconds(15)
        /// For the client to take an answer.
        package var answerTimeout = Duration.seconds(15)
        /// For a client to stop sending what nobody reads, after the answer.
        package var lingerTimeout = Duration.seconds(1)
        /// For requests that are being answered at the server's end.
        package var drainTimeout = Duration.milliseconds(1500)
        /// More of them wait until others end.
        package var connections = 512

        package init() {}
    }

    /// - Throws: a `Diagnostic` where a secret is empty.
    func checked() throws(Diagnostic) -> (access: AccessRules, verifier: WebhookVerifier?) {
        var secrets: [WebhookSecret] = []
        for text in webhookSecrets { secrets.append(try WebhookSecret(text)) }
        return (AccessRules(door), secrets.isEmpty ? nil : WebhookVerifier(secrets: secrets))
    }

    var door: AccessRules.Door {
        if let apiToken { return .token(apiToken) }
        // The address that is listened on counts, not the client's: a forwarded port looks like this machine, too.
        return Loopback.isAddress(host) ? .thisMachine : .closed
    }
}
