/// Whether a desired set has failed already, so that it is not applied again until it changes.
package enum Quarantine {
    /// The revision that condemns the set with the given digest; nil where the set may be applied.
    ///
    /// The newest revision that has shown anything decides, where it failed and its set is the same: the last word on a
    /// set is that of its last run.
    /// - Parameter revisions: The application's, in any order.
    package static func condemning(_ manifestDigest: String, among revisions: some Sequence<Revision>) -> Revision? {
        let deciding = revisions.filter(showsAnything).max { $0.number < $1.number }
        guard let deciding, deciding.manifestDigest == manifestDigest, hasFailed(deciding) else { return nil }
        return deciding
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
