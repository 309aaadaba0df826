import CLibGit2
import Glibc
import Synchronization

/// libgit2, started once in a process, with the settings that belong to the whole process.
enum GitLibrary {
    /// Whether libgit2 could be started; its first use starts it.
    private static let isStarted: Bool = {
        guard git_libgit2_init() >= 0 else { return false }
        // A cache that is fetched often has many packs, and each open one holds a file descriptor.
        var isSet = endstate_git_set_open_pack_limit(64) == 0
        // Repositories with these can be read as any other: nothing here looks at a work tree's settings.
        isSet = setExtensions(["partialclone", "preciousobjects", "worktreeconfig"]) && isSet
        return SocketStream.register() && isSet
    }()

    /// - Throws: ``GitSourceError`` with code `library`.
    static func start() throws(GitSourceError) {
        guard isStarted else { throw GitSourceError(.library, "libgit2 cannot be started") }
    }

    private static func setExtensions(_ names: [String]) -> Bool {
        let copies = names.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var pointers = copies.map { UnsafePointer($0) }
        return endstate_git_set_extensions(&pointers, pointers.count) == 0
    }
}

/// Lets transfers of one process use different certificate authorities: libgit2 keeps one set for all of them, and
/// frees the old set when it is replaced, so it may only be replaced while nothing uses it.
final class CertificateAuthorities: Sendable {
    static let shared = CertificateAuthorities()

    /// Where Debian keeps the system's authorities, and what its libgit2 loads at its start.
    private static let system = "/etc/ssl/certs/ca-certificates.crt"

    private struct State {
        var file = CertificateAuthorities.system
        var users = 0
    }
    private let state = Mutex(State())

    /// Runs a transfer that trusts the authorities in a PEM file; nil means the system's.
    ///
    /// While a transfer with other authorities runs, this waits, calling `pause` again and again.
    /// - Throws: ``GitSourceError`` with code `configuration` when the file can't be loaded, and what the closures throw.
    func with<Result>(_ file: String?, pause: () throws -> Void, _ body: () throws -> Result) throws -> Result {
        while try !acquire(file ?? Self.system) { try pause() }
        defer { state.withLock { $0.users -= 1 } }
        return try body()
    }

    private func acquire(_ file: String) throws(GitSourceError) -> Bool {
        let code: Int32? = state.withLock { state in
            if state.file != file {
                guard state.users == 0 else { return nil }
                let code = endstate_git_set_certificates(file)
                guard code == 0 else { return code }
                state.file = file
            }
            state.users += 1
            return 0
        }
        if let code, code != 0 {
            throw GitSourceError(
                .configuration, "the certificate authorities in '\(file)' cannot be loaded",
                cause: lastLibraryMessage(), hint: "give a PEM file that can be read")
        }
        return code != nil
    }
}
