import CLibGit2
import FoundationEssentials
import Glibc

/// What libgit2 asks while it talks to a remote repository: credentials, trust in the server, and whether to go on.
final class RemoteCallbacks {
    let location: GitLocation
    let settings: GitSettings
    let transfer: Transfer
    private let progress: GitProgress.Handler
    /// How often the server has asked for credentials in this session.
    private(set) var attempts = 0
    private var proxyAttempts = 0

    init(location: GitLocation, settings: GitSettings, transfer: Transfer, progress: @escaping GitProgress.Handler) {
        self.location = location
        self.settings = settings
        self.transfer = transfer
        self.progress = progress
    }

    /// Puts the callbacks into libgit2's structure; this object must outlive it.
    func install(in callbacks: inout git_remote_callbacks) {
        callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        callbacks.credentials = { out, _, user, allowed, payload in
            RemoteCallbacks.from(payload)?.giveCredential(out, user: user, allowed: allowed) ?? GIT_EAUTH.rawValue
        }
        callbacks.certificate_check = { certificate, isValid, _, payload in
            RemoteCallbacks.from(payload)?.check(certificate, isValid: isValid == 1) ?? GIT_ECERTIFICATE.rawValue
        }
        callbacks.transfer_progress = { progress, payload in
            guard let progress else { return 0 }
            return RemoteCallbacks.from(payload)?.advance(progress.pointee) ?? GIT_EUSER.rawValue
        }
        callbacks.sideband_progress = { _, _, payload in
            RemoteCallbacks.from(payload)?.goOn() ?? GIT_EUSER.rawValue
        }
    }

    /// A new connection is asked for credentials anew.
    func beginSession() { (attempts, proxyAttempts) = (0, 0) }

    private static func from(_ payload: UnsafeMutableRawPointer?) -> RemoteCallbacks? {
        payload.map { Unmanaged<RemoteCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }

    private func fail(_ error: GitSourceError, _ code: git_error_code) -> Int32 {
        transfer.fail(error)
        git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), error.message)
        return code.rawValue
    }

    // MARK: Progress

    private func goOn() -> Int32 {
        transfer.noteActivity()
        return transfer.isStopped ? GIT_EUSER.rawValue : 0
    }

    private func advance(_ now: git_indexer_progress) -> Int32 {
        if let problem = transferProblem(receivedBytes: now.received_bytes) { return fail(problem, GIT_EUSER) }
        progress(
            GitProgress(
                receivedObjects: Int(now.received_objects), indexedObjects: Int(now.indexed_objects),
                totalObjects: Int(now.total_objects), receivedBytes: now.received_bytes))
        return goOn()
    }

    private func transferProblem(receivedBytes: Int) -> GitSourceError? {
        if receivedBytes > settings.limits.transferBytes {
            let limit = settings.limits.transferBytes
            return GitSourceError(.tooLarge, "\(location.display) sends more than the limit of \(limit) bytes")
        }
        return GitCache.spaceProblem(settings.cacheDirectory)
    }
}

// MARK: - Credentials

extension RemoteCallbacks {
    private typealias Credential = UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>

    private func giveCredential(_ out: Credential?, user: UnsafePointer<CChar>?, allowed: UInt32) -> Int32 {
        let name = user.map { String(cString: $0) } ?? location.user
        let isAllowed = { (kind: git_credential_t) in allowed & UInt32(kind.rawValue) != 0 }
        if isAllowed(GIT_CREDENTIAL_USERNAME) { return git_credential_username_new(out, name ?? Self.loginName()) }
        attempts += 1
        guard let credentials else {
            return refuse("\(location.display) asks for credentials, and none are given", hint: "give a token")
        }
        guard attempts == 1 else {
            return refuse("\(location.display) refuses the credentials (\(credentials))", hint: refusalHint)
        }
        switch credentials {
        case .token(let token) where isAllowed(GIT_CREDENTIAL_USERPASS_PLAINTEXT):
            return git_credential_userpass_plaintext_new(out, name ?? "x-access-token", token)
        case .basic(let user, let password) where isAllowed(GIT_CREDENTIAL_USERPASS_PLAINTEXT):
            return git_credential_userpass_plaintext_new(out, user, password)
        case .sshKeyFile(let path, let passphrase) where isAllowed(GIT_CREDENTIAL_SSH_KEY):
            guard access(path, R_OK) == 0 else {
                let message = "the ssh key '\(path)' cannot be read"
                return fail(.system(.authentication, message, errno: errno), GIT_EAUTH)
            }
            return git_credential_ssh_key_new(out, name ?? Self.loginName(), nil, path, passphrase)
        case .sshAgent where isAllowed(GIT_CREDENTIAL_SSH_KEY):
            return git_credential_ssh_key_from_agent(out, name ?? Self.loginName())
        default:
            return refuse("\(location.display) does not accept this kind of credentials: \(credentials)", hint: nil)
        }
    }

    private var credentials: GitCredentials? {
        if let given = settings.credentials { return given }
        if let password = location.password { return .basic(user: location.user ?? "", password: password) }
        // A token can stand alone before the '@'.
        if location.transport != .ssh, let user = location.user { return .basic(user: user, password: "") }
        return location.transport == .ssh && settings.usesAgent ? .sshAgent : nil
    }

    /// What no text may show: passwords and users, of which one may be a token, as they are and as they are sent.
    var secrets: [String] {
        var pairs: [(user: String, password: String)] = []
        switch credentials {
        case .token(let token): pairs.append((location.user ?? "x-access-token", token))
        case .basic(let user, let password): pairs.append((user, password))
        case .sshKeyFile(_, let passphrase): pairs.append(("", passphrase ?? ""))
        case .sshAgent, nil: break
        }
        if let password = location.password { pairs.append((location.user ?? "", password)) }
        if let proxy = settings.proxy?.address { pairs.append((proxy.user ?? "", proxy.password ?? "")) }
        if location.transport != .ssh, location.password == nil, let user = location.user { pairs.append((user, "")) }
        let encoded = pairs.map { Data("\($0.user):\($0.password)".utf8).base64EncodedString() }
        return (pairs.map(\.password) + encoded + pairs.map(\.user).filter(isSecret)).filter { !$0.isEmpty }
    }

    /// A user that is too short for a token, or that the address shows anyway, is only a name.
    private func isSecret(user: String) -> Bool { user.utf8.count >= 8 && !location.display.contains(user) }

    func giveProxyCredential(_ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?) -> Int32 {
        proxyAttempts += 1
        guard let proxy = settings.proxy?.address, let user = proxy.user, proxyAttempts == 1 else {
            let asked = settings.proxy.map { "\($0.address.host):\($0.address.port)" } ?? ""
            return refuse("the proxy \(asked) refuses the credentials, or there are none", hint: nil)
        }
        return git_credential_userpass_plaintext_new(out, user, proxy.password ?? "")
    }

    var isUsingAgent: Bool { credentials == .sshAgent }

    private var refusalHint: String? {
        switch credentials {
        case .sshAgent: "add a key that the server knows with ssh-add, or name a key file"
        case .sshKeyFile: "the server must know the key; prefer ed25519, as this ssh library signs RSA with SHA-1 only"
        default: "check that they are not expired and may read the repository"
        }
    }

    private func refuse(_ message: String, hint: String?) -> Int32 {
        fail(GitSourceError(.authentication, message, hint: hint), GIT_EAUTH)
    }

    private static func loginName() -> String {
        guard let entry = getpwuid(geteuid()) else { return "git" }
        return String(cString: entry.pointee.pw_name)
    }
}

// MARK: - Trust in the server

extension RemoteCallbacks {
    /// - Returns: 0 to go on; libgit2 has no say in ssh keys, and the last word about TLS certificates.
    private func check(_ certificate: UnsafeMutablePointer<git_cert>?, isValid: Bool) -> Int32 {
        guard let certificate else { return GIT_ECERTIFICATE.rawValue }
        switch certificate.pointee.cert_type {
        case GIT_CERT_HOSTKEY_LIBSSH2:
            return UnsafeRawPointer(certificate).withMemoryRebound(to: git_cert_hostkey.self, capacity: 1) {
                checkHostKey($0.pointee)
            }
        default:
            return isValid ? 0 : GIT_PASSTHROUGH.rawValue
        }
    }

    private func checkHostKey(_ shown: git_cert_hostkey) -> Int32 {
        guard shown.type.rawValue & GIT_CERT_SSH_RAW.rawValue != 0, let pointer = shown.hostkey else {
            return fail(GitSourceError(.hostKey, "\(location.host) shows no host key"), GIT_ECERTIFICATE)
        }
        let key = pointer.withMemoryRebound(to: UInt8.self, capacity: shown.hostkey_len) {
            Array(UnsafeBufferPointer(start: $0, count: shown.hostkey_len))
        }
        let problem = HostKeyCheck(
            host: location.host, port: location.port, key: key, files: settings.knownHostsFiles
        ).problem()
        return problem.map { fail($0, GIT_ECERTIFICATE) } ?? 0
    }
}
