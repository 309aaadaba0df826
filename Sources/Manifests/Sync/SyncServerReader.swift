internal import Resources

/// Reads a `SyncServer` of `endstate.dev/v1` and tells all that is wrong with it.
struct SyncServerReader {
    private var fields: FieldReader
    var problems: [Diagnostic] { fields.problems }

    init(manifest: Manifest) {
        // Whoever takes a file's name for its contents must not find a secret in the log.
        let secrets = ["webhookSecretFiles", "apiTokenFile", "credentials", "notifications"]
        fields = FieldReader(manifest.hidingLines(below: secrets.map { FieldPath(fields: "spec", $0) }))
    }

    private static let specFields = [
        "listen", "namespace", "leaderElection", "leaseName", "concurrency", "auditFile", "webhookSecretFiles",
        "apiTokenFile", "credentials", "notifications",
    ]

    mutating func server() -> SyncServerSettings {
        var server = SyncServerSettings()
        let root = FieldPath()
        fields.refuseUnknownFields(of: root, known: ["apiVersion", "kind", "metadata", "spec"])
        let metadata = root.appending("metadata")
        fields.refuseUnknownFields(of: metadata, known: ["name"])
        _ = fields.label(metadata.appending("name"))
        let spec = root.appending("spec")
        fields.refuseUnknownFields(of: spec, known: Self.specFields)
        server.listen = address(spec.appending("listen")) ?? server.listen
        server.namespace = fields.label(spec.appending("namespace"))
        server.leaderElection = fields.bool(spec.appending("leaderElection")) ?? server.leaderElection
        server.leaseName = leaseName(spec.appending("leaseName")) ?? server.leaseName
        server.concurrency = fields.integer(spec.appending("concurrency"), in: 1...64) ?? server.concurrency
        server.auditFile = fields.text(spec.appending("auditFile"))
        server.webhookSecretFiles = texts(spec.appending("webhookSecretFiles"))
        server.apiTokenFile = fields.text(spec.appending("apiTokenFile"))
        server.credentials = credentials(spec.appending("credentials"))
        server.notifications = notifications(spec.appending("notifications"))
        return server
    }

    private mutating func address(_ path: FieldPath) -> SyncServerSettings.Address? {
        guard let text = fields.text(path), !text.isEmpty else { return nil }
        guard let address = SyncServerSettings.Address(text) else {
            fields.add(path, "must be HOST:PORT, such as 127.0.0.1:8080; 0.0.0.0 is every address")
            return nil
        }
        return address
    }

    private mutating func leaseName(_ path: FieldPath) -> String? {
        guard let text = fields.text(path), !text.isEmpty else { return nil }
        if let problem = NameSyntax.subdomainProblem(text) { fields.add(path, "is invalid: \(problem)") }
        return text
    }

    private mutating func texts(_ path: FieldPath) -> [String] {
        fields.elements(path).indices.compactMap { index in
            fields.required(path.appending(.index(index))) { $0.text($1) }
        }
    }
}

// MARK: credentials
extension SyncServerReader {
    private mutating func credentials(_ path: FieldPath) -> [SyncServerSettings.Credential] {
        let credentials = fields.objects(path) { $0.credential($1) }
        var seen: Set<RepositoryAddress> = []
        for (index, credential) in credentials.enumerated() where !seen.insert(credential.address).inserted {
            // A credential that is wrong is left out, so that the places of the others are not those of the list then.
            guard fields.problems.isEmpty else { break }
            fields.add(
                path.appending(.index(index)).appending("prefix"), "is the same as that of another credential")
        }
        return credentials
    }

    private mutating func notifications(_ path: FieldPath) -> [SyncServerSettings.Notification] {
        var names: Set<String> = []
        return fields.objects(path) { fields, element in
            let notification = fields.notification(element)
            let name = element.appending("name")
            if let text = fields.value(name)?.string, !names.insert(text).inserted {
                fields.add(name, "is the same as that of another notification")
            }
            return notification
        }
    }
}

extension FieldReader {
    fileprivate mutating func credential(_ path: FieldPath) -> SyncServerSettings.Credential? {
        refuseUnknownFields(of: path, known: ["prefix", "tokenFile", "sshKeyFile", "knownHostsFile", "userName"])
        let prefix = required(path.appending("prefix")) { $0.text($1) } ?? ""
        let address = prefix.isEmpty ? nil : prefixAddress(prefix, at: path.appending("prefix"))
        let tokenFile = text(path.appending("tokenFile"))
        let keyFile = text(path.appending("sshKeyFile"))
        let knownHosts = text(path.appending("knownHostsFile"))
        let userName = text(path.appending("userName"))
        guard (tokenFile == nil) != (keyFile == nil) else {
            add(path, "must have one of tokenFile and sshKeyFile")
            return nil
        }
        guard let address else { return nil }
        let unfit =
            address.scheme == .https ? ["sshKeyFile", "knownHostsFile"] : ["tokenFile", "userName"]
        for field in unfit where value(path.appending(field)) != nil {
            add(path.appending(field), "is nothing for an \(address.scheme) address")
        }
        return (tokenFile.map { .tokenFile($0) } ?? keyFile.map { .sshKeyFile($0) }).map {
            SyncServerSettings.Credential(
                prefix: prefix, secret: $0, knownHostsFile: knownHosts, userName: userName, address: address)
        }
    }

    private mutating func prefixAddress(_ text: String, at path: FieldPath) -> RepositoryAddress? {
        guard let address = RepositoryAddress(text) else {
            add(path, "must be the beginning of an https:// or ssh:// address, or of USER@HOST:PATH")
            return nil
        }
        if address.hasSecret { add(path, "must have no user, token or password: they are in files") }
        return address
    }

    fileprivate mutating func notification(_ path: FieldPath) -> SyncServerSettings.Notification? {
        refuseUnknownFields(of: path, known: ["name", "urlFile", "format", "events"])
        let name = required(path.appending("name")) { $0.label($1) }
        let urlFile = required(path.appending("urlFile")) { $0.text($1) }
        let format: SyncServerSettings.Notification.Format = choice(path.appending("format")) ?? .json
        let list = path.appending("events")
        let events: [SyncServerSettings.Notification.Event] = elements(list).indices.compactMap {
            let place = list.appending(.index($0))
            return required(place) { $0.choice($1) }
        }
        if value(list)?.array?.isEmpty == true { add(list, "names no event") }
        guard let name, let urlFile else { return nil }
        let chosen =
            value(list) == nil ? SyncServerSettings.Notification.Event.allCases.filter { $0 != .success } : events
        return SyncServerSettings.Notification(name: name, urlFile: urlFile, format: format, events: Set(chosen))
    }
}
