internal import Planning

extension RevisionStore {
    /// Notes why the run that was the last one stopped itself half-way, so that none that nobody asked for goes on with it.
    ///
    /// Nothing is noted where its record is closed, or where what it did is being undone already.
    /// - Throws: What keeps the record from being written.
    package func noteStop(_ reason: String) async throws {
        guard let newest = try await list().first, newest.revision.state == .pending,
            newest.revision.phase != .rollingBack
        else { return }
        var revision = newest.revision
        revision.failure = reason
        _ = try await update(newest, to: revision)
    }
}
