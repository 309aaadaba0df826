internal import KubeClient
internal import Planning

extension RevisionStore {
    /// Deletes the oldest revisions, so that at most `limit` are left, and Secrets that are left over from killed runs.
    ///
    /// A revision that is under way and the newest deployed one are never deleted, so that more than `limit` can stay.
    package func prune(keeping limit: Int) async throws {
        let listing = try await listing()
        for revision in listing.expired(keeping: max(1, limit)).reversed() { try await delete(revision, in: listing) }
        for part in listing.orphans { try await delete(part) }
    }

    /// Deletes all revisions, the newest last: of a deletion that is stopped half-way, the record stays.
    package func deleteAll() async throws {
        let listing = try await listing()
        for part in listing.orphans { try await delete(part) }
        for revision in listing.revisions.reversed() { try await delete(revision, in: listing) }
    }

    /// The main Secret goes first: parts without it are found as left over, but it without them would be damaged.
    private func delete(_ revision: RecordedRevision, in listing: RevisionListing) async throws {
        try await delete(RevisionListing.Part(name: secrets.name(revision.number), uid: revision.uid))
        let used = Set(revision.contents.parts)
        for part in listing.parts(of: revision.number) where used.contains(part.name.part) { try await delete(part) }
    }

    private func delete(_ secret: RevisionListing.Part) async throws {
        _ = try await client.delete(
            .secrets,
            namespace: application.namespace,
            name: secret.name.description,
            preconditions: DeletePreconditions(uid: secret.uid)
        )
    }
}
