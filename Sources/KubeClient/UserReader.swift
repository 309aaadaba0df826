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
        let token = try user.string("token").map(Confidential.init)
        let tokenFile = try user.path("tokenFile")
        let name = try user.string("username")
        let password = try user.string("password")
        if token != nil || tokenFile != nil, name != nil || password != nil {
            throw user.error("has both a token and a password")
        }
        if let provider = user.nested("auth-provider") {
            throw user.error(
                "uses the auth-provider \"\(Printable.escaped(try provider.string("name") ?? ""))\", which is not supported",
                code: .unsupportedAuthentication,
                hint: "Kubernetes 1.26 has removed auth-provider: use the provider's exec plugin or a token"
            )
        }
        if let tokenFile { return .tokenFile(tokenFile, fallback: token) }
        if let token { return .token(token) }
        if name != nil || password != nil { return .password(name ?? "", Confidential(password ?? "")) }
        guard let exec = user.nested("exec") else { return .none }
        return .exec(
            try ExecPluginReader(exec: exec, cluster: cluster, isInteractive: isInteractive).plugin(configuration))
    }

    private func impersonation() throws -> ClusterConfiguration.Impersonation? {
        let uid = try user.string("as-uid")
        let groups = (user.value["as-groups"]?.array ?? []).compactMap(\.string)
        let extra = (user.value["as-user-extra"]?.object ?? [:]).mapValues { ($0.array ?? []).compactMap(\.string) }
        guard let name = try user.string("as") else {
            if uid == nil, groups.isEmpty, extra.isEmpty { return nil }
            throw user.error("impersonates a uid, groups or extra without a user", hint: "set as, too")
        }
        return ClusterConfiguration.Impersonation(user: name, uid: uid, groups: groups, extra: extra)
    }
}
