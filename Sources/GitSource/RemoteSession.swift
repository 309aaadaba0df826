import CLibGit2
import Glibc

/// A connection to a remote repository, to list its references and to download objects from it.
struct RemoteSession: ~Copyable {
    private let remote: Owned
    private let callbacks: RemoteCallbacks

    /// Connects, runs the body, and disconnects; all of it can be stopped through the callbacks' transfer.
    ///
    /// - Parameter repository: takes the downloads.
    static func with<Result>(
        _ callbacks: RemoteCallbacks, into repository: OpaquePointer,
        _ body: (borrowing RemoteSession) throws -> Result
    ) throws -> Result {
        let transfer = callbacks.transfer
        callbacks.beginSession()
        let context = try endpoint(callbacks)
        func run() throws -> Result {
            try SocketStream.with(context) {
                try transfer.watched {
                    let session = try RemoteSession(callbacks, into: repository)
                    try session.connect()
                    return try body(session)
                }
            }
        }
        do {
            guard callbacks.location.transport == .https else { return try run() }
            return try CertificateAuthorities.shared.with(
                callbacks.settings.certificateAuthorities,
                pause: { try pause(transfer, "cannot fetch \(callbacks.location.display)") }, run)
        } catch {
            throw try callbacks.explain(error)
        }
    }

    /// Waits a moment for somebody else to be done.
    ///
    /// - Throws: what stopped the transfer meanwhile.
    static func pause(_ transfer: Transfer, _ doing: @autoclosure () -> String) throws {
        try transfer.checkWaiting(doing())
        usleep(20_000)
    }

    private static func endpoint(_ callbacks: RemoteCallbacks) throws(GitSourceError) -> SocketStream.Context {
        let location = callbacks.location
        if location.transport == .ssh {
            let home = currentEnvironment("HOME") ?? ""
            guard !home.isEmpty else {
                throw GitSourceError(.configuration, "HOME is not set, and the ssh library needs it", hint: "set HOME")
            }
        }
        let target = callbacks.proxy?.address ?? location
        return SocketStream.Context(transfer: callbacks.transfer, host: target.host, port: target.port)
    }

    private init(_ callbacks: RemoteCallbacks, into repository: OpaquePointer) throws(GitSourceError) {
        self.callbacks = callbacks
        remote = try Owned(git_remote_free, "cannot fetch \(callbacks.location.display)") {
            var options = git_remote_create_options()
            git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
            options.repository = repository
            // No `url.….insteadOf` of the machine leads anywhere else.
            options.flags =
                GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC.rawValue
            return git_remote_create_with_opts(&$0, callbacks.location.remote, &options)
        }
    }

    private func connect() throws(GitSourceError) {
        var options = git_remote_connect_options()
        git_remote_connect_options_init(&options, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION))
        callbacks.install(in: &options.callbacks)
        options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
        try callbacks.withProxy { proxy throws(GitSourceError) in
            options.proxy_opts = proxy
            let code = git_remote_connect_ext(remote.pointer, GIT_DIRECTION_FETCH, &options)
            guard code < 0 else { return }
            var error = GitSourceError(library: code, "cannot connect to \(callbacks.location.display)")
            // A key that cannot be used, for want of its passphrase say, is no failure of its own for libgit2.
            if code == GIT_ERROR.rawValue, callbacks.location.transport == .ssh, callbacks.attempts > 0 {
                error.code = .authentication
            }
            throw error
        }
    }

    /// The references that the repository offers, annotated tags with the commit they point to.
    func references() throws(GitSourceError) -> [GitReference] {
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        try check(
            git_remote_ls(&heads, &count, remote.pointer), "cannot list the branches of \(callbacks.location.display)")
        var references: [GitReference] = []
        for head in UnsafeBufferPointer(start: heads, count: count) {
            guard let head, let pointer = head.pointee.name else { continue }
            let name = String(cString: pointer)
            let target = head.pointee.oid.hexadecimal
            if !name.hasSuffix("^{}") {
                references.append(GitReference(name: name, target: target))
            } else if references.last?.name == String(name.dropLast(3)) {
                references[references.count - 1].target = target
            }
        }
        return references
    }

    /// Downloads a commit by its id.
    ///
    /// - Returns: false when the server does not give it so: most give only what a branch or tag leads to. The
    ///   connection is of no use then.
    func download(commit id: String) throws -> Bool {
        do {
            try download([id])
            return true
        } catch {
            try callbacks.transfer.checkStop("cannot fetch \(callbacks.location.display)")
            if callbacks.transfer.failure != nil { throw error }
            return false
        }
    }

    /// Downloads what the sources name and all that they need, where it is missing.
    ///
    /// - Parameter sources: full names of references, patterns of them, or commit ids.
    func download(_ sources: [String]) throws(GitSourceError) {
        var fetch = git_fetch_options()
        git_fetch_options_init(&fetch, UInt32(GIT_FETCH_OPTIONS_VERSION))
        callbacks.install(in: &fetch.callbacks)
        fetch.follow_redirects = GIT_REMOTE_REDIRECT_NONE
        fetch.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        let display = callbacks.location.display
        try callbacks.withProxy { proxy throws(GitSourceError) in
            fetch.proxy_opts = proxy
            try withStringArray(sources.map { "+\($0):\($0)" }) { names throws(GitSourceError) in
                try check(git_remote_download(remote.pointer, &names, &fetch), "cannot fetch \(display)")
            }
        }
    }
}

extension RemoteCallbacks {
    /// The proxy that is in the way, if any.
    var proxy: GitProxy? {
        guard location.transport == .https, let proxy = settings.proxy, proxy.applies(to: location.host) else {
            return nil
        }
        return proxy
    }

    /// libgit2's settings for the proxy, valid during the body.
    fileprivate func withProxy(_ body: (git_proxy_options) throws(GitSourceError) -> Void) throws(GitSourceError) {
        var options = git_proxy_options()
        git_proxy_options_init(&options, UInt32(GIT_PROXY_OPTIONS_VERSION))
        options.type = GIT_PROXY_NONE
        guard let proxy else { return try body(options) }
        options.type = GIT_PROXY_SPECIFIED
        options.payload = Unmanaged.passUnretained(self).toOpaque()
        options.credentials = { out, _, _, _, payload in
            guard let payload else { return GIT_EAUTH.rawValue }
            return Unmanaged<RemoteCallbacks>.fromOpaque(payload).takeUnretainedValue().giveProxyCredential(out)
        }
        let host = proxy.address.host.contains(":") ? "[\(proxy.address.host)]" : proxy.address.host
        try withStringArray(["\(proxy.address.transport)://\(host):\(proxy.address.port)"]) {
            names throws(GitSourceError) in
            options.url = names.strings?.pointee.map { UnsafePointer($0) }
            try body(options)
        }
    }

    /// The error that a failure really is: libgit2 only passes numbers through, and knows neither why a callback failed
    /// nor that the work was stopped; no secret stays in it.
    ///
    /// - Throws: `CancellationError`, or the error for a timeout.
    fileprivate func explain(_ error: any Error) throws -> any Error {
        try transfer.checkStop("cannot fetch \(location.display)")
        let failure: (any Error)? = transfer.failure
        guard var error = (failure ?? error) as? GitSourceError else { return error }
        if failure == nil, error.hint == nil { error.hint = hint(for: error) }
        error.message = withoutSecrets(error.message)
        error.cause = error.cause.map(withoutSecrets)
        error.hint = error.hint.map(withoutSecrets)
        return error
    }

    private func hint(for error: GitSourceError) -> String? {
        switch (error.code, location.transport) {
        case (.certificate, _): "if the server has a private authority, name its PEM file"
        case (.authentication, .ssh):
            isUsingAgent
                ? "start an ssh agent and add a key to it with ssh-add, or name a key file"
                : "check the key and its passphrase; prefer ed25519 to RSA"
        case (.network, .ssh):
            "check the address and that the repository exists; libgit2 needs a host key of ed25519 or ECDSA"
        case (.network, _): "check the address, the network and whether the repository exists"
        default: nil
        }
    }

    private func withoutSecrets(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            var parts: [Substring] = []
            var rest = text[...]
            while let range = rest.firstRange(of: secret) {
                parts.append(rest[..<range.lowerBound])
                rest = rest[range.upperBound...]
            }
            return (parts + [rest]).joined(separator: "****")
        }
    }
}

/// Gives C an array of strings for the time of the body.
private func withStringArray<Result>(
    _ strings: [String], _ body: (inout git_strarray) throws(GitSourceError) -> Result
) throws(GitSourceError) -> Result {
    var pointers = strings.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return try pointers.withUnsafeMutableBufferPointer { buffer throws(GitSourceError) in
        var array = git_strarray(strings: buffer.baseAddress, count: buffer.count)
        return try body(&array)
    }
}
