/// Where an application's manifests are.
package struct SourceSettings: Hashable, Sendable {
    /// The repository's address, without a password.
    package var repository: String
    /// A branch, a tag or a commit; nil for the repository's `HEAD`.
    package var revision: String?
    /// The directory in the repository; nil for its root.
    package var path: String?

    package init(repository: String, revision: String? = nil, path: String? = nil) {
        self.repository = repository
        self.revision = revision
        self.path = path
    }
}

/// What an `Application` may say of where it is read from, which depends on where it stands.
enum SourceRule {
    /// It is part of the source itself.
    case refused
    /// It configures a command, which has its own idea of the source.
    case optional
    /// It stands in the configuration of `endstate sync`.
    case required
    /// It stands in another application's source, and names no directory of this machine.
    case remote
}
