import FoundationEssentials
import Resources

/// A program that a kubeconfig names for getting credentials (kubernetes.io: "client-go credential plugins").
package struct ExecPlugin: Sendable {
    /// A name that is looked up in `PATH`, or an absolute path.
    package let command: String
    let arguments: [String]
    let environment: [(name: String, value: String)]
    /// `client.authentication.k8s.io/v1` or `v1beta1`.
    let apiVersion: String
    /// What the kubeconfig tells a user who does not have the program.
    let installHint: String?
    /// Whether it may ask the user for something on the terminal.
    let isInteractive: Bool
    /// The cluster's data, where the plugin asks for them.
    let cluster: Value?
    /// The kubeconfig's user and file, for messages.
    let owner: String

    /// What the program finds in `KUBERNETES_EXEC_INFO`.
    var info: Value {
        var spec: Value = ["interactive": .bool(isInteractive)]
        spec["cluster"] = cluster
        return ["apiVersion": .string(apiVersion), "kind": "ExecCredential", "spec": spec]
    }

    func error(_ problem: String, causes: [String] = []) -> KubeClientError {
        KubeClientError(
            .credentialPlugin,
            "the credential plugin \(Printable.escaped(command)) of \(owner) \(problem)",
            causes: causes,
            hint: installHint.map { Printable.escaped($0.trimmed) }
        )
    }

    /// Reads what the program has printed; nothing of it is shown.
    func credential(from output: [UInt8]) throws -> ExecCredential {
        guard let value = try? Value(json: output), value["kind"]?.string == "ExecCredential" else {
            throw error("has printed no ExecCredential")
        }
        guard value["apiVersion"]?.string == apiVersion else {
            throw error("has printed an ExecCredential of another version than \(apiVersion)")
        }
        guard let status = value["status"], status.object != nil else {
            throw error("has printed an ExecCredential without a status")
        }
        var identity = Identity()
        if let token = status["token"]?.string, !token.isEmpty {
            identity.authorization = Confidential("Bearer \(token.trimmed)")
        }
        identity.certificate = try certificate(status)
        guard identity != Identity() else { throw error("has printed neither a token nor a certificate") }
        return ExecCredential(identity: identity, expiry: try expiry(status))
    }

    private func certificate(_ status: Value) throws -> ClientCertificate? {
        let chain = status["clientCertificateData"]?.string ?? ""
        let key = status["clientKeyData"]?.string ?? ""
        if chain.isEmpty, key.isEmpty { return nil }
        guard !chain.isEmpty, !key.isEmpty else { throw error("has printed a certificate or a key without the other") }
        return ClientCertificate(
            chain: Array(chain.utf8), key: Confidential(Array(key.utf8)), origin: "the plugin \(command)")
    }

    private func expiry(_ status: Value) throws -> Date? {
        guard let text = status["expirationTimestamp"]?.string, !text.isEmpty else { return nil }
        let plain = Date.ISO8601FormatStyle()
        let style =
            text.contains(".")
            ? plain.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon) : plain
        guard let date = try? Date(text, strategy: style) else {
            throw error("has printed an expirationTimestamp that is no time of RFC 3339")
        }
        return date
    }
}

/// What a plugin has printed.
struct ExecCredential: Sendable {
    let identity: Identity
    /// Nil where it holds until the server refuses it.
    let expiry: Date?
}

/// Reads a user's `exec` entry.
struct ExecPluginReader {
    let exec: EntryReader
    let cluster: EntryReader
    let isInteractive: Bool

    func plugin(_ configuration: ClusterConfiguration) throws -> ExecPlugin {
        guard let command = try exec.string("command") else { throw exec.error("has an exec without a command") }
        let apiVersion = try apiVersion()
        return ExecPlugin(
            // A path is relative to the kubeconfig, a name is looked up.
            command: command.contains("/")
                ? FilePathText.resolved(command, in: FilePathText.folder(of: exec.file)) : command,
            arguments: try exec.strings("args"),
            environment: try environment(),
            apiVersion: apiVersion,
            installHint: try exec.string("installHint"),
            isInteractive: try mayAsk(apiVersion),
            cluster: try exec.bool("provideClusterInfo") ? clusterInfo(configuration) : nil,
            owner: "the user \"\(Printable.escaped(exec.name))\" in \(Printable.escaped(exec.file))"
        )
    }

    private func apiVersion() throws -> String {
        let supported = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]
        let version = try exec.string("apiVersion") ?? ""
        if supported.contains(version) { return version }
        throw exec.error(
            "has an exec of the apiVersion \"\(Printable.escaped(version))\", which is not supported",
            code: .unsupportedAuthentication,
            hint: "supported are \(supported.joined(separator: " and "))"
        )
    }

    private func environment() throws -> [(name: String, value: String)] {
        try exec.array("env").map { variable in
            guard let name = variable["name"]?.string, !name.isEmpty, let value = variable["value"]?.string else {
                throw exec.error("has an exec with a variable without name or value")
            }
            return (name, value)
        }
    }

    private func mayAsk(_ apiVersion: String) throws -> Bool {
        switch try exec.string("interactiveMode") {
        case "Never": return false
        case "IfAvailable": return isInteractive
        case nil where apiVersion.hasSuffix("v1beta1"): return isInteractive
        case "Always":
            if isInteractive { return true }
            throw exec.error(
                "has an exec that must ask the user, but there is no terminal",
                code: .credentialPlugin,
                hint: "run on a terminal, or use credentials that need none"
            )
        case nil: throw exec.error("has an exec without an interactiveMode, which v1 demands")
        case let mode?: throw exec.error("has an exec with the unknown interactiveMode \"\(Printable.escaped(mode))\"")
        }
    }

    /// The fields of `ExecCredential.spec.cluster`.
    private func clusterInfo(_ configuration: ClusterConfiguration) throws -> Value {
        var info: Value = ["server": .string(configuration.server)]
        info["tls-server-name"] = configuration.trust.serverName.map(Value.string)
        if configuration.trust.isUnchecked { info["insecure-skip-tls-verify"] = true }
        info["certificate-authority-data"] = configuration.trust.authorities.map { .string(Base64.encode($0)) }
        info["proxy-url"] = try cluster.string("proxy-url").map(Value.string)
        let extensions = cluster.value["extensions"]?.array ?? []
        info["config"] = extensions.first { $0["name"]?.string == "client.authentication.k8s.io/exec" }?["extension"]
        return info
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
