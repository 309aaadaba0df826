package import KubeClient
package import Planning
package import Resources

/// An application's revisions: Secrets in its namespace, of which each run reads the metadata alone.
///
/// A revision exists once its main Secret does. What doesn't fit into that one is in further Secrets, its parts, which
/// are written before: after a crash at any point a revision is either there with all of its contents, or not there.
/// All writes may be done twice. Whoever writes holds the application's lock: parts that a run is just writing would look
/// left over to another one.
///
/// The contents hold Secrets in clear: they are in no record, annotation or message.
package struct RevisionStore: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    /// How many compressed bytes a Secret holds; a server allows for 1 MiB in all (`core.MaxSecretSize`).
    package var partSize = 900 << 10

    package init(client: KubeClient, application: ApplicationIdentity) {
        self.client = client
        self.application = application
    }

    var secrets: RevisionSecrets { RevisionSecrets(application: application) }

    /// The application's revisions, the newest first, by one request.
    /// - Throws: also a diagnostic of code `revision-unreadable` that names the Secret where any record is of a format
    ///   that this program doesn't know.
    package func list() async throws -> [RecordedRevision] {
        try await listing().revisions
    }

    /// The Secrets that no revision's contents are made of; a run that was killed leaves them.
    package func orphans() async throws -> [ObjectIdentity] {
        try await listing().orphans.map { secrets.identity($0.name) }
    }

    func listing() async throws -> RevisionListing {
        let list = try await client.listMetadata(
            .secrets, namespace: application.namespace, labelSelector: secrets.selector)
        return try RevisionListing(list.items, reading: secrets)
    }

    /// - Throws: also a diagnostic of code `revision-damaged` where a Secret is missing or has been changed, and
    ///   `revision-unreadable` where this program doesn't know the format.
    package func contents(of recorded: RecordedRevision) async throws -> RevisionContents {
        let index = recorded.contents
        var compressed: [UInt8] = []
        for part in [1] + index.parts {
            compressed += try await data(of: secrets.name(recorded.number, part: part))
        }
        let main = secrets.name(recorded.number)
        guard RevisionContents.digest(of: compressed) == index.digest else {
            throw damage(main, "its contents have another digest than the one recorded")
        }
        let json: Value
        do {
            json = try Value(json: try Compression.decompress(compressed, size: index.size))
        } catch let error as CompressionError {
            throw damage(main, error.rawValue)
        } catch is JSONError {
            throw damage(main, "its contents are no valid JSON")
        }
        return try RevisionContents(json: json, secret: recorded.secret)
    }

    private func data(of secret: RevisionSecretName) async throws -> [UInt8] {
        let object = try await client.get(
            .secrets, namespace: application.namespace, name: secret.description)
        guard let object else { throw damage(secret, "it is missing") }
        guard let bytes = object.value["data"]?[RevisionSecrets.key]?.string.flatMap(Base64.decode) else {
            throw damage(secret, "it has no \(RevisionSecrets.key)")
        }
        return bytes
    }

    private func damage(_ secret: RevisionSecretName, _ reason: String) -> Diagnostic {
        let selector = "\(secrets.selector),\(RevisionSecrets.revisionLabel)=\(secret.revision)"
        return Diagnostic(
            code: "revision-damaged",
            "revision \(secret.revision) of application \(application) is damaged: "
                + "\(secrets.identity(secret)): \(reason)",
            hint: "restore the Secret from a backup, or give the revision up, so that it can't be undone or brought "
                + "back: kubectl delete secrets -n \(application.namespace) -l \(selector)"
        )
    }
}
