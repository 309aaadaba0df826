/// What a `SyncServer` says of the process that runs `endstate sync`. All paths are absolute, or relative to the directory of
/// the configuration.
package struct SyncServerSettings: Hashable, Sendable {
    /// Where the HTTP server listens.
    package struct Address: Hashable, Sendable {
        /// A name or an address, without brackets.
        package let host: String
        /// 0 for any free one.
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// From `HOST:PORT`, an IPv6 address in brackets; nil for anything else.
        package init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":") else { return nil }
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy(NameSyntax.isDigit), let port = Int(digits), port <= 65_535 else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
            self.init(host: String(host), port: port)
        }
    }

    /// Who may read the repositories below an address.
    package struct Credential: Hashable, Sendable {
        package enum Secret: Hashable, Sendable {
            case tokenFile(String)
            case sshKeyFile(String)
        }

        /// The beginning of the addresses, as it is written.
        package let prefix: String
        package var secret: Secret
        package var knownHostsFile: String?
        /// The user whose token it is; nil where the host doesn't care.
        package let userName: String?
        let address: RepositoryAddress
    }

    /// Somebody who is told what happens.
    package struct Notification: Hashable, Sendable {
        package enum Format: String, CaseIterable, Sendable { case json, slack }
        package enum Event: String, CaseIterable, Sendable { case success, failure, rollback, drift, breaker }

        package let name: String
        /// The file that the URL is in, which is a secret for many services.
        package var urlFile: String
        package let format: Format
        package let events: Set<Event>
    }

    package var listen = Address(host: "127.0.0.1", port: 8080)
    /// Of the leader's Lease; nil for the process's own.
    package var namespace: String?
    package var leaderElection = true
    package var leaseName = "endstate-sync"
    /// How many applications may be read and planned at once.
    package var concurrency = 4
    package var auditFile: String?
    package var webhookSecretFiles: [String] = []
    package var apiTokenFile: String?
    package var credentials: [Credential] = []
    package var notifications: [Notification] = []

    package init() {}

    /// The credential with the longest prefix of a repository's address; nil where none has one.
    ///
    /// A prefix ends where a part of the path ends: that of `https://git.example.com/team` is none of
    /// `https://git.example.com/teams/shop`.
    package func credential(for address: String) -> Credential? {
        guard let address = RepositoryAddress(address) else { return nil }
        return credentials.filter { $0.address.covers(address) }.max { $0.rank < $1.rank }
    }

    /// The credential for an application's repository; nil where there is none.
    ///
    /// What a repository declares is read with the credential of that repository alone: who may write to one must not get
    /// to see, through an application that it declares, what only the operator may read.
    package func credential(for application: SyncApplication) -> Credential? {
        guard let repository = application.settings.source?.repository,
            let credential = credential(for: repository)
        else { return nil }
        return application.ancestry.allSatisfy { self.credential(for: $0) == credential } ? credential : nil
    }

    /// The same with the paths of all files made absolute.
    package func resolvingPaths(in directory: String) -> SyncServerSettings {
        func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }
        var result = self
        result.auditFile = auditFile.map(resolved)
        result.webhookSecretFiles = webhookSecretFiles.map(resolved)
        result.apiTokenFile = apiTokenFile.map(resolved)
        for index in credentials.indices {
            result.credentials[index].knownHostsFile = credentials[index].knownHostsFile.map(resolved)
            switch credentials[index].secret {
            case .tokenFile(let path): result.credentials[index].secret = .tokenFile(resolved(path))
            case .sshKeyFile(let path): result.credentials[index].secret = .sshKeyFile(resolved(path))
            }
        }
        for index in notifications.indices {
            result.notifications[index].urlFile = resolved(notifications[index].urlFile)
        }
        return result
    }
}

extension SyncServerSettings.Credential {
    /// Of prefixes of one length, the one with a user is nearer.
    fileprivate var rank: (Int, Int) { (address.segments.count, address.user == nil ? 0 : 1) }
}
