package import FoundationEssentials
internal import NIOPosix
package import Resources

extension StateDirectory {
    /// Flushes what is added, at most once in an interval, so that many records share one flush. Runs until cancelled,
    /// and flushes what is left then.
    ///
    /// - Parameter sleep: Waits, so that records gather: what is being waited for is the interval itself.
    /// - Throws: where flushing fails; what is added later is refused then.
    package func keepFlushed(
        every interval: Duration = .milliseconds(5),
        sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws {
        do {
            for await _ in additions {
                try await sleep(interval)
                try await NIOThreadPool.singleton.runIfActive { try self.flush() }
            }
        } catch is CancellationError {}
        // Here, and not in the pool, which takes no work of a cancelled task.
        try flush()
    }

    /// The authority and the token that are kept here; made where there are none yet, or the authority is about to
    /// expire.
    package func identity(now: Date = .now) throws(Diagnostic) -> SandboxIdentity {
        let path = path + "/identity"
        do {
            if let bytes = try files.readIfPresent(path) {
                let identity = try SandboxIdentity(json: bytes)
                if identity.authority.isFresh(at: now) { return identity }
            }
            let identity = try SandboxIdentity(now: now)
            try files.replace(path, with: identity.json)
            return identity
        } catch let error as Diagnostic {
            throw error
        } catch {
            throw Diagnostic(
                code: "sandbox-identity", "\(path) is not what a sandbox wrote", causes: ["\(error)"],
                hint: "remove it; a new kubeconfig is written then")
        }
    }

    /// The port of last time; nil where there was none, or it can't be read. A kubeconfig stays valid with it.
    package var lastPort: Int? {
        guard let bytes = try? files.readIfPresent(path + "/port") else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self)).flatMap { (1...65535).contains($0) ? $0 : nil }
    }

    package func rememberPort(_ port: Int) throws(Diagnostic) {
        if port != lastPort { try files.replace(path + "/port", with: Array("\(port)".utf8)) }
    }
}
