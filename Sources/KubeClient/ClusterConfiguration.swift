import Resources

/// What is needed to talk to one cluster: a kubeconfig's context, or a Pod's own account.
package struct ClusterConfiguration: Sendable {
    /// How the server's certificate is checked.
    package struct ServerTrust: Sendable {
        /// PEM; nil for the system's authorities.
        package var authorities: [UInt8]?
        /// The name to expect in the server's certificate instead of its address.
        package var serverName: String?
        package var isUnchecked = false

        package init(authorities: [UInt8]? = nil, serverName: String? = nil, isUnchecked: Bool = false) {
            self.authorities = authorities
            self.serverName = serverName
            self.isUnchecked = isUnchecked
        }
    }

    /// Whom the requests act for, instead of the user that the credentials tell.
    package struct Impersonation: Hashable, Sendable {
        package var user: String
        package var uid: String?
        package var groups: [String]
        package var extra: [String: [String]]

        package init(user: String, uid: String? = nil, groups: [String] = [], extra: [String: [String]] = [:]) {
            self.user = user
            self.uid = uid
            self.groups = groups
            self.extra = extra
        }
    }

    /// Nil in a cluster.
    package var contextName: String?
    /// The address without a slash at its end, such as `https://10.0.0.1:6443`.
    package var server: String
    /// The context's namespace; nil where it names none.
    package var namespace: String?
    package var trust: ServerTrust
    package var clientCertificate: ClientCertificate?
    package var credentials: Credentials
    package var impersonation: Impersonation?
    package var proxy: ProxySettings?
    /// The kubeconfig file that the user's entry is from; nil in a cluster.
    package var origin: String?

    package init(server: String, trust: ServerTrust = ServerTrust(), credentials: Credentials = .none) {
        self.server = server
        self.trust = trust
        self.credentials = credentials
    }

    /// Whether a program that the kubeconfig names is run to get the credentials.
    package var usesExec: Bool {
        if case .exec = credentials { true } else { false }
    }

    package var usesTLS: Bool { server.lowercased().hasPrefix("https://") }
}

extension ClusterConfiguration {
    /// Loads the configuration as kubectl does: the given file; else those that `KUBECONFIG` lists, merged; else
    /// `HOME/.kube/config`; and in a Pod without any of them, its own account.
    /// - Parameters:
    ///   - kubeconfig: A file that is then the only one read.
    ///   - context: Instead of the current one.
    ///   - isInteractive: Whether a plugin may ask the user for something on the terminal.
    /// - Throws: `KubeClientError`, which names the file and the entry.
    package static func load(
        kubeconfig: String? = nil,
        context: String? = nil,
        environment: [String: String],
        isInteractive: Bool = false,
        files: FileReader = .system
    ) throws -> ClusterConfiguration {
        let paths = kubeconfigPaths(kubeconfig, environment)
        let merged = try Kubeconfig.load(paths, mustExist: kubeconfig != nil, files: files)
        if kubeconfig == nil, context == nil, merged.isEmpty {
            if let own = try inCluster(environment: environment, files: files) { return own }
            throw noConfiguration(paths)
        }
        let reader = ContextReader(
            kubeconfig: merged, files: files, environment: environment, isInteractive: isInteractive)
        return try reader.configuration(of: try merged.contextName(context))
    }

    private static func kubeconfigPaths(_ given: String?, _ environment: [String: String]) -> [String] {
        if let given { return [given] }
        if let list = environment["KUBECONFIG"], !list.isEmpty {
            let paths = list.split(separator: ":").map(String.init)
            return paths.enumerated().filter { !paths[..<$0.offset].contains($0.element) }.map(\.element)
        }
        return environment["HOME"].map { ["\($0)/.kube/config"] } ?? []
    }

    private static func noConfiguration(_ paths: [String]) -> KubeClientError {
        KubeClientError(
            .noCluster,
            "no cluster is configured",
            causes: paths.map { "there is nothing in \($0)" },
            hint: "name a kubeconfig with --kubeconfig or KUBECONFIG"
        )
    }

    /// The Pod's own account; nil outside of a cluster (kubernetes.io: "Accessing the Kubernetes API from a Pod").
    static func inCluster(environment: [String: String], files: FileReader) throws -> ClusterConfiguration? {
        let folder = "/var/run/secrets/kubernetes.io/serviceaccount"
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = environment["KUBERNETES_SERVICE_PORT"], !port.isEmpty,
            try files.read("\(folder)/token") != nil
        else { return nil }
        let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        var configuration = ClusterConfiguration(
            server: "https://\(address)",
            trust: ServerTrust(authorities: try files.read("\(folder)/ca.crt")),
            credentials: .tokenFile("\(folder)/token", fallback: nil)
        )
        configuration.namespace = try files.read("\(folder)/namespace").map { String(decoding: $0, as: UTF8.self) }
        return configuration
    }
}
