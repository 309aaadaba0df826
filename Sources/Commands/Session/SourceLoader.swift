internal import FoundationEssentials
internal import GitSource
internal import Manifests
internal import Planning
internal import Resources
internal import SyncService

/// What a verb has read from SOURCE.
struct LoadedSource: Sendable {
    let set: ManifestSet
    let warnings: [Diagnostic]
    let origin: SourceOrigin
    /// What the application is called where nothing names it.
    let directoryName: String

    /// The directory that was read; nil for a repository.
    var directory: String? {
        if case .directory(let path, _, _, _) = origin { path } else { nil }
    }

    var planSource: PlanSource {
        switch origin {
        case .commit(let commit):
            PlanSource(
                repository: commit.repository, revision: commit.revision, commit: commit.id, path: commit.path ?? "",
                subject: commit.subject)
        case .directory(let path, let isDirty, let head, let subject):
            PlanSource(commit: head, path: path, isDirty: isDirty, subject: subject)
        }
    }
}

/// Reads SOURCE: from a directory, or from a repository's object database.
struct SourceLoader {
    let options: SourceOptions
    let application: ApplicationOptions
    let environment: CommandEnvironment

    /// Reads and checks all manifests, and shows what is worth a warning.
    func load() async throws -> LoadedSource {
        let tree = try await tree { path in
            SourceTree.isManifest(path) || path.split(separator: "/").last == "Kustomization"
        }
        let files = tree.files.map { ManifestFile(path: $0.path, bytes: $0.bytes) }
        var (set, warnings) = try ManifestReader.read(files, defaultNamespace: application.namespace)
        if let path = application.config {
            set.application = try ApplicationSettings(configuration: try environment.file(path))
        }
        if set.manifests.isEmpty { warnings.append(nothingDeclared(set, tree.origin)) }
        for warning in warnings { environment.terminal.warn(warning) }
        return LoadedSource(
            set: set, warnings: warnings, origin: tree.origin, directoryName: directoryName(tree.origin))
    }

    /// Reads where the source is and its configuration, whatever its manifests are like: none of them is in the result.
    func loadConfiguration() async throws -> LoadedSource {
        let name = ManifestReader.configurationFile
        let tree = try await tree { $0 == name }
        let file = tree.files.first.map { ManifestFile(path: $0.path, bytes: $0.bytes) }
        let named = try application.config.map { try environment.file($0) }
        let settings = try (named ?? file).map { try ApplicationSettings(configuration: $0) }
        return LoadedSource(
            set: ManifestSet(manifests: [], application: settings), warnings: [], origin: tree.origin,
            directoryName: directoryName(tree.origin))
    }

    /// The configuration alone, also where there is no source to read; nil where there is none.
    func settings() async throws -> ApplicationSettings? {
        if let path = application.config { return try ApplicationSettings(configuration: environment.file(path)) }
        let name = ManifestReader.configurationFile
        guard options.repository == nil else {
            let file = try await tree { $0 == name }.files.first
            return try file.map { try ApplicationSettings(configuration: ManifestFile(path: $0.path, bytes: $0.bytes)) }
        }
        let path = (options.directory.map { $0 + "/" } ?? "") + name
        // An application can be asked for by name from anywhere.
        guard !environment.currentDirectory.isEmpty || path.hasPrefix("/"),
            FileManager.default.fileExists(atPath: try environment.absolute(path))
        else { return nil }
        return try ApplicationSettings(configuration: environment.file(path))
    }

    /// The commit that a saved plan's branch or tag stands at now; nil for a directory.
    func tip(of source: PlanSource) async throws -> String? {
        guard source.repository != nil, let revision = source.revision, revision != source.commit else { return nil }
        let tree = try await tree(at: revision) { _ in false }
        if case .commit(let commit) = tree.origin { return commit.id }
        return nil
    }

    private func tree(
        at revision: String? = nil, _ include: @escaping @Sendable (String) -> Bool
    ) async throws -> SourceTree {
        guard let address = options.repository, let revision = revision ?? options.revision else {
            let path = try environment.absolute(options.directory ?? ".")
            do {
                return try await DirectorySource(path: path).read(include: include)
            } catch let error as GitSourceError {
                throw error.diagnostic(codePrefix: "source")
            }
        }
        let location = try GitLocation(try rooted(address), trust: .commandLine)
        let repository = GitRepository(location, settings: try gitSettings(location))
        let progress = FetchProgress(terminal: environment.terminal)
        defer { progress.finish() }
        return try await repository.read(
            revision: revision, path: options.path ?? "", include: include, progress: progress.show)
    }

    /// A repository's path from the root, since records and saved plans outlive the current directory; anything else as
    /// it is.
    private func rooted(_ address: String) throws -> String {
        let isRemote = address.prefix { $0 != "/" }.contains(":")
        guard !address.isEmpty, !address.hasPrefix("/"), !isRemote else { return address }
        let path = EnclosingTree.resolved(try environment.absolute(address))
        return FileManager.default.fileExists(atPath: path) ? path : address
    }

    private func gitSettings(_ location: GitLocation) throws -> GitSettings {
        var settings = try environment.gitSettings(location)
        if location.transport == .ssh {
            settings.credentials = options.sshKey.map(environment.sshKey)
        }
        if let knownHosts = options.knownHosts { settings.knownHostsFiles = [knownHosts] }
        return settings
    }

    private func nothingDeclared(_ set: ManifestSet, _ origin: SourceOrigin) -> Diagnostic {
        let files = set.fileCount == 0 ? "no YAML or JSON file" : "no object in \(Count.of(set.fileCount, "file"))"
        return Diagnostic(
            .warning, code: "nothing-declared", "there is \(files) in \(place(origin))", hint: "check the path")
    }

    private func directoryName(_ origin: SourceOrigin) -> String {
        let last = place(origin).split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
        return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
    }

    private func place(_ origin: SourceOrigin) -> String {
        switch origin {
        case .directory(let path, _, _, _): path
        case .commit(let commit): commit.path.flatMap { $0.isEmpty ? nil : $0 } ?? commit.repository
        }
    }
}

extension CommandEnvironment {
    /// How a repository is reached. Credentials come from the environment, so that they are in no process list and no shell
    /// history.
    func gitSettings(_ location: GitLocation) throws -> GitSettings {
        var settings = try GitSettings(environment: variables)
        if location.transport != .ssh {
            if let token = variables["ENDSTATE_GIT_TOKEN"], !token.isEmpty {
                settings.credentials = .token(token)
            } else if let user = variables["ENDSTATE_GIT_USER"], let password = variables["ENDSTATE_GIT_PASSWORD"] {
                settings.credentials = .basic(user: user, password: password)
            }
        }
        settings.certificateAuthorities = variables["ENDSTATE_GIT_CA_FILE"]
        return settings
    }

    func sshKey(_ path: String) -> GitCredentials {
        .sshKeyFile(path: path, passphrase: variables["ENDSTATE_SSH_PASSPHRASE"])
    }
}
