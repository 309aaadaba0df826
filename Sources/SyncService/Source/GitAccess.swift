package import GitSource
package import Manifests
internal import Planning
package import Resources

/// Why a source could not be read.
package struct SourceFailure: DiagnosticError {
    package let diagnostics: [Diagnostic]
    /// Whether it may pass by itself: it says nothing about what the commit declares.
    package let isPassing: Bool

    package init(_ error: GitSourceError) {
        diagnostics = [error.diagnostic(codePrefix: "git")]
        isPassing = Self.passing.contains(error.code)
    }

    private static let passing: Set<GitSourceError.Code> = [
        .authentication, .hostKey, .certificate, .network, .timedOut, .cache, .corrupt, .inputOutput, .library,
        .configuration, .revisionNotFound, .notARepository, .notOwned,
    ]
}

extension SourceAccess {
    /// Reads git repositories.
    /// - Parameter settings: How a repository is reached: credentials, cache, limits.
    package static func git(
        settings: @escaping @Sendable (SyncApplication, GitLocation) throws -> GitSettings
    ) -> SourceAccess {
        @Sendable func repository(_ application: SyncApplication) throws -> (GitRepository, SourceSettings) {
            guard let source = application.settings.source else { throw Diagnostic.unsourced(application.name) }
            // What a repository says is trusted less than what the operator has configured.
            let trust = application.parent == nil ? GitLocation.Trust.commandLine : .configuration
            let location = try GitLocation(source.repository, trust: trust)
            return (GitRepository(location, settings: try settings(application, location)), source)
        }
        return SourceAccess(
            tip: { application in
                try await failing {
                    let (repository, source) = try repository(application)
                    let revision = source.revision ?? "HEAD"
                    let commit = try await repository.fetch(revision)
                    return PlanSource(
                        repository: commit.repository, revision: revision, commit: commit.id, path: source.path ?? "",
                        subject: commit.subject)
                }
            },
            read: { application, commit in
                try await failing {
                    let tree = try await repository(application).0.read(
                        revision: commit.commit ?? "HEAD", path: commit.path,
                        include: { SourceTree.isManifest($0) || $0.split(separator: "/").last == "Kustomization" })
                    return tree.files.map { ManifestFile(path: $0.path, bytes: $0.bytes) }
                }
            })
    }

    private static func failing<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let error as GitSourceError { throw SourceFailure(error) }
    }
}

extension Diagnostic {
    fileprivate static func unsourced(_ name: String) -> Diagnostic {
        Diagnostic(
            code: "source-missing", "application \(name) names no source", hint: "give it spec.source.repository")
    }
}
