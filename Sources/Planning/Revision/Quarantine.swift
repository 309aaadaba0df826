/// Whether a desired set has failed already, so that it is not applied again until it changes.
package enum Quarantine {
    /// The revision that condemns the set with the given digest; nil where the set may be applied.
    ///
    /// The newest revision that has shown anything decides, where it failed and its set is the same: the last word on a
    /// set is that of its last run. What a person went back from is condemned as well. A newer run of the same set that was
    /// not ended is gone on with: whoever began it has insisted.
    /// - Parameter revisions: The application's, in any order.
    package static func condemning(_ manifestDigest: String, among revisions: some Sequence<Revision>) -> Revision? {
        let newestFirst = revisions.sorted { $0.number > $1.number }
        if let open = newestFirst.first, open.state == .pending, open.manifestDigest == manifestDigest { return nil }
        guard var deciding = newestFirst.first(where: showsAnything), deciding.manifestDigest == manifestDigest else {
            return nil
        }
        let later = newestFirst.first { $0.restores != nil && $0.state == .deployed && $0.number > deciding.number }
        if deciding.state == .deployed, let later {
            // The run that went back was killed before it could note that here.
            deciding.state = .rolledBack
            deciding.failure = "revision \(later.number) went back from it"
        }
        return hasFailed(deciding) ? deciding : nil
    }

    /// What a person has brought back says nothing about a source's set; neither does what is under way, or what was
    /// undone only because its run was killed.
    private static func showsAnything(_ revision: Revision) -> Bool {
        revision.restores == nil && revision.state != .pending && (!hasFailed(revision) || revision.failure != nil)
    }

    private static func hasFailed(_ revision: Revision) -> Bool {
        revision.state == .failed || revision.state == .rolledBack
    }
}
