internal import FoundationEssentials
internal import Planning

/// The record of the run that goes on, as the server has it.
actor OpenRevision {
    private let store: RevisionStore
    private var recorded: RecordedRevision

    init(_ recorded: RecordedRevision, in store: RevisionStore) {
        self.recorded = recorded
        self.store = store
    }

    var revision: Revision { recorded.revision }
    var number: Int { recorded.number }

    /// Changes the record, also where the run has just been asked to stop.
    func update(_ change: @Sendable (inout Revision) -> Void) async throws {
        var revision = recorded.revision
        change(&revision)
        if revision == recorded.revision { return }
        let (store, former) = (store, recorded)
        do {
            recorded = try await Shield.task { [revision] in try await store.update(former, to: revision) }.value
        } catch {
            // It may have been stored all the same, and what comes next must build upon that.
            let current = try? await Shield.task { try await store.list().first { $0.uid == former.uid } }.value
            recorded = current ?? recorded
            throw error
        }
    }

    /// Ends the revision.
    func close(_ state: Revision.State, failure: String? = nil, at date: Date) async throws {
        try await update { revision in
            revision.state = state
            revision.isInterrupted = false
            revision.endedAt = date
            revision.failure = failure ?? revision.failure
        }
    }
}
