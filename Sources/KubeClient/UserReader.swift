import Resources

/// Reads how a kubeconfig's user authenticates.
struct UserReader {
    let user: EntryReader
    let cluster: EntryReader
    let isInteractive: Bool

    func add(to configuration: inout ClusterConfiguration) throws {
        configuration.clientCertificate = try clientCertificate()
        configuration.credentials = try credentials(for: configuration)
        configuration.impersonation = try impersonation()
    }

    private func clientCertificate() throws -> ClientCertificate? {
        let certificate = try user.data("client-certificate")
        let key = try user.data("client-key")
        guard let certificate, let key else {
            if certificate != nil { throw user.error("has a client-certificate without a client-key") }
            if key != nil { throw user.error("has a client-key without a client-certificate") }
            return nil
        }
        return ClientCertificate(chain: certificate.bytes, key: Confidential(key.bytes), origin: certificate.origin)
    }

    private func credentials(for configuration: ClusterConfiguration) throws -> Credentials {
        let token = try token()
        let tokenFile = try user.path("tokenFile")
        let name = try user.string("username")
        let password = try user.string("password")
        if token != nil || tokenFile != nil, name != nil || password != nil {
            throw user.error("has both a token and a password")
        }
        if let provider = try user.nested("auth-provider") {
            throw user.error(
                "uses the auth-provider \"\(Printable.escaped(try provider.string("name") ?? ""))\", which is not supported",
                code: .unsupportedAuthentication,
                hint: "Kubernetes 1.26 has removed auth-provider: use the provider's exec plugin or a token"
            )
        }
        if let tokenFile { return .tokenFile(tokenFile, fallback: token) }
        if let token { return .token(token) }
        if name != nil || password != nil { return .password(name ?? "", Confidential(password ?? "")) }
        guard let exec = try user.nested("exec") else { return .none }
        return .exec(
            try ExecPluginReader(exec: exec, cluster: cluster, isInteractive: isInteractive).plugin(configuration))
    }

    private func extra() throws -> [String: [String]] {
        guard let found = user.value["as-user-extra"], !found.isNull else { return [:] }
        guard let fields = found.object else { throw user.mistyped("as-user-extra", found, "object") }
        return try fields.reduce(into: [:]) { extra, field in
            extra[field.key] = try user.strings(field.value, of: "as-user-extra.\(Printable.escaped(field.key))")
        }
    }

    private func token() throws -> Confidential<String>? {
        guard let token = try user.string("token")?.trimmed, !token.isEmpty else { return nil }
        guard !token.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw user.error("has a token with a control character in it")
        }
        return Confidential(token)
    }

    private func impersonation() throws -> ClusterConfiguration.Impersonation? {
        let uid = try user.string("as-uid")
        let groups = try user.strings("as-groups")
        let extra = try extra()
        guard let name = try user.string("as") else {
            if uid == nil, groups.isEmpty, extra.isEmpty { return nil }
            throw user.error("impersonates a uid, groups or extra without a user", hint: "set as, too")
        }
        return ClusterConfiguration.Impersonation(user: name, uid: uid, groups: groups, extra: extra)
    }
}
