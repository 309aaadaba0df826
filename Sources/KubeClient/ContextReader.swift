import Resources

/// Turns a context of a kubeconfig into a configuration; the rules are those of client-go's `tools/clientcmd`.
struct ContextReader {
    let kubeconfig: Kubeconfig
    let files: FileReader
    let environment: [String: String]
    let isInteractive: Bool

    func configuration(of contextName: String) throws -> ClusterConfiguration {
        let context = EntryReader(kubeconfig.contexts[contextName], kind: "context", files: files)
        let clusterName = try context.string("cluster") ?? ""
        guard let clusterEntry = kubeconfig.clusters[clusterName] else {
            throw context.error("refers to a cluster \"\(Printable.escaped(clusterName))\", which does not exist")
        }
        let cluster = EntryReader(clusterEntry, kind: "cluster", files: files)
        var configuration = try self.configuration(of: cluster)
        configuration.contextName = contextName
        configuration.namespace = try context.string("namespace")
        if let userName = try context.string("user") {
            guard let userEntry = kubeconfig.users[userName] else {
                throw context.error("refers to a user \"\(Printable.escaped(userName))\", which does not exist")
            }
            configuration.origin = userEntry.file
            // Nothing secret goes over a connection that others can read, as with kubectl.
            if configuration.usesTLS {
                let user = EntryReader(userEntry, kind: "user", files: files)
                try UserReader(user: user, cluster: cluster, isInteractive: isInteractive).add(to: &configuration)
            }
        }
        return configuration
    }

    private func configuration(of cluster: EntryReader) throws -> ClusterConfiguration {
        guard let server = try cluster.string("server") else { throw cluster.error("has no server") }
        let isUnchecked = try cluster.bool("insecure-skip-tls-verify")
        let authorities = try cluster.data("certificate-authority")
        if isUnchecked, authorities != nil {
            throw cluster.error("has both insecure-skip-tls-verify and a certificate authority")
        }
        let trust = ClusterConfiguration.ServerTrust(
            authorities: authorities?.bytes,
            serverName: try cluster.string("tls-server-name"),
            isUnchecked: isUnchecked
        )
        let address = try ServerAddress(server, impliesTLS: isUnchecked || authorities != nil, of: cluster)
        var configuration = ClusterConfiguration(server: address.text, trust: trust)
        if let proxy = try cluster.string("proxy-url") {
            configuration.proxy = try ProxySettings(url: proxy, of: cluster)
        } else {
            configuration.proxy = try ProxySettings.fromEnvironment(environment, for: address)
        }
        return configuration
    }
}

/// Reads the fields of one entry; errors name the entry and its file.
struct EntryReader {
    let value: Value
    let name: String
    let file: String
    let kind: String
    let files: FileReader

    init(_ entry: Kubeconfig.Entry?, kind: String, files: FileReader) {
        value = entry?.value ?? .null
        name = entry?.name ?? ""
        file = entry?.file ?? ""
        self.kind = kind
        self.files = files
    }

    /// The entry's object under a field.
    func nested(_ field: String) throws -> EntryReader? {
        guard let inner = value[field], !inner.isNull else { return nil }
        guard inner.object != nil else { throw mistyped(field, inner, "object") }
        return EntryReader(Kubeconfig.Entry(name: name, value: inner, file: file), kind: kind, files: files)
    }

    func error(
        _ problem: String,
        code: KubeClientError.Code = .invalidKubeconfig,
        causes: [String] = [],
        hint: String? = nil
    ) -> KubeClientError {
        let message = "the \(kind) \"\(Printable.escaped(name))\" in \(Printable.escaped(file)) \(problem)"
        return KubeClientError(code, message, causes: causes, hint: hint)
    }

    /// Nil where the field is absent or empty.
    func string(_ field: String) throws -> String? {
        guard let found = value[field], !found.isNull else { return nil }
        guard let text = found.string else { throw error("has a \(field) that is \(found.typeName) instead of string") }
        return text.isEmpty ? nil : text
    }

    /// Empty where the field is absent.
    func array(_ field: String) throws -> [Value] {
        guard let found = value[field], !found.isNull else { return [] }
        guard let items = found.array else { throw mistyped(field, found, "array") }
        return items
    }

    func strings(_ field: String) throws -> [String] {
        try value[field].map { try strings($0, of: field) } ?? []
    }

    func strings(_ found: Value, of field: String) throws -> [String] {
        if found.isNull { return [] }
        guard let items = found.array else { throw mistyped(field, found, "array") }
        return try items.map { item in
            guard let text = item.string else {
                throw error("has a field \(field) with \(item.typeName) instead of string in it")
            }
            return text
        }
    }

    func mistyped(_ field: String, _ found: Value, _ expected: String) -> KubeClientError {
        error("has a field \(field) that is \(found.typeName) instead of \(expected)")
    }

    func bool(_ field: String) throws -> Bool {
        guard let found = value[field], !found.isNull else { return false }
        guard let flag = found.bool else { throw error("has a \(field) that is \(found.typeName) instead of boolean") }
        return flag
    }

    /// The path that a field names, relative to the kubeconfig.
    func path(_ field: String) throws -> String? {
        try string(field).map { FilePathText.resolved($0, in: FilePathText.folder(of: file)) }
    }

    /// The content of the file that a field names, or of the field's own `-data` sibling.
    func data(_ field: String) throws -> (bytes: [UInt8], origin: String)? {
        let path = try path(field)
        guard let text = try string("\(field)-data") else {
            return try path.map { (try contents(of: $0, field), $0) }
        }
        if path != nil { throw error("has both \(field) and \(field)-data") }
        guard let bytes = Base64.decode(text) else { throw error("has a \(field)-data that is not base64") }
        return (bytes, "\(field)-data in \(file)")
    }

    private func contents(of path: String, _ field: String) throws -> [UInt8] {
        do {
            if let bytes = try files.read(path) { return bytes }
        } catch {
            throw self.error(
                "names a \(field) that can't be read: \(path)", code: .unreadableCredential, causes: ["\(error)"])
        }
        throw error("names a \(field) that does not exist: \(path)", code: .unreadableCredential)
    }
}
