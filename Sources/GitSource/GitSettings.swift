/// How a repository's server knows who asks; its descriptions show no secret.
package enum GitCredentials: Sendable, Hashable {
    /// An access token; the user name sent with it is the address's, else `x-access-token`.
    case token(String)
    case basic(user: String, password: String)
    case sshKeyFile(path: String, passphrase: String? = nil)
    case sshAgent
}

extension GitCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .token: "token ****"
        // A token can stand where the user does.
        case .basic: "basic ****"
        case .sshKeyFile(let path, _): "ssh key \(path)"
        case .sshAgent: "ssh agent"
        }
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

/// The most that is read from a source.
package struct GitLimits: Sendable, Hashable {
    /// Bytes of one file.
    package var fileBytes: Int
    /// Bytes of all files together.
    package var totalBytes: Int
    /// Files and directories below the path, read or not.
    package var entries: Int
    /// Bytes received in one transfer.
    package var transferBytes: Int

    package init(
        fileBytes: Int = 16 << 20, totalBytes: Int = 256 << 20, entries: Int = 100_000, transferBytes: Int = 4 << 30
    ) {
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
        self.entries = entries
        self.transferBytes = transferBytes
    }
}

/// Everything about reading repositories that is not the repository itself.
package struct GitSettings: Sendable {
    package var credentials: GitCredentials?
    /// Whether an ssh agent is asked where no credentials are given.
    package var usesAgent = true
    /// Holds a bare clone of each remote repository; made when it is missing, readable by its owner alone.
    package var cacheDirectory: String
    /// Files in OpenSSH's `known_hosts` format; one that is missing counts as empty.
    package var knownHostsFiles: [String]
    /// A PEM file that takes the place of the system's certificate authorities for https.
    package var certificateAuthorities: String?
    package var proxy: GitProxy?
    /// A transfer that receives nothing for this long is given up.
    package var idleTimeout: Duration
    /// A transfer that takes longer than this is given up.
    package var totalTimeout: Duration
    package var limits: GitLimits

    package init(
        cacheDirectory: String,
        credentials: GitCredentials? = nil,
        knownHostsFiles: [String] = [],
        certificateAuthorities: String? = nil,
        proxy: GitProxy? = nil,
        idleTimeout: Duration = .seconds(60),
        totalTimeout: Duration = .seconds(600),
        limits: GitLimits = GitLimits()
    ) {
        self.credentials = credentials
        self.cacheDirectory = cacheDirectory
        self.knownHostsFiles = knownHostsFiles
        self.certificateAuthorities = certificateAuthorities
        self.proxy = proxy
        self.idleTimeout = idleTimeout
        self.totalTimeout = totalTimeout
        self.limits = limits
    }

    /// The same for a repository that is nobody's own: without credentials, the agent's included, and with a cache that holds
    /// nothing that was read with any.
    package var withoutCredentials: GitSettings {
        var result = self
        result.credentials = nil
        result.usesAgent = false
        result.cacheDirectory += "/without-credentials"
        return result
    }

    /// The settings that a person's environment asks for: `XDG_CACHE_HOME`, `HOME`, `https_proxy`, `no_proxy`.
    ///
    /// - Throws: ``GitSourceError`` when there is no place for the cache, or the proxy's address is malformed.
    package init(environment: [String: String]) throws(GitSourceError) {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let caches =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home.map { $0 + "/.cache" }
        guard let caches else {
            throw GitSourceError(
                .configuration, "there is no place for the git cache", hint: "set HOME or XDG_CACHE_HOME")
        }
        self.init(
            cacheDirectory: caches + "/endstate/git",
            knownHostsFiles: (home.map { [$0 + "/.ssh/known_hosts"] } ?? []) + ["/etc/ssh/ssh_known_hosts"],
            proxy: try GitProxy(environment: environment))
    }
}

/// An HTTP proxy for https repositories.
package struct GitProxy: Sendable, Hashable {
    let address: GitLocation
    /// Hosts and domains that are reached directly; `*` is every host.
    package let exceptions: [String]

    /// - Throws: ``GitSourceError`` with code `configuration` when the address is not `http://host:port`.
    package init(_ text: String, exceptions: [String] = []) throws(GitSourceError) {
        let hint = "give it as http://host:port"
        let address: GitLocation
        do {
            address = try GitLocation(proxy: text)
        } catch {
            throw GitSourceError(.configuration, "the proxy's address is malformed", hint: hint)
        }
        self.address = address
        self.exceptions = exceptions
    }

    /// The proxy named by `https_proxy`, `HTTPS_PROXY`, `all_proxy` or `ALL_PROXY`, in that order; nil when there is none.
    package init?(environment: [String: String]) throws(GitSourceError) {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        guard let text = names.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else { return nil }
        let direct = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        try self.init(text, exceptions: direct.split { $0 == "," || $0 == " " }.map(String.init))
    }

    /// Whether a host is reached through the proxy: `example.com` and `.example.com` both except the whole domain.
    func applies(to host: String) -> Bool {
        !exceptions.contains { exception in
            let domain = exception.lowercased().drop { $0 == "*" || $0 == "." }
            return domain.isEmpty || host == domain || host.hasSuffix("." + domain)
        }
    }
}
