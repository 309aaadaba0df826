internal import Planning
internal import Resources

/// All of an application's revision Secrets, by their metadata.
struct RevisionListing {
    struct Part {
        let name: RevisionSecretName
        let uid: String?
    }

    /// The newest first.
    let revisions: [RecordedRevision]
    /// All Secrets that aren't main ones.
    let parts: [Part]

    /// - Parameter secrets: those with the application's label; others than its revisions are passed over, since
    ///   labels get copied.
    init(_ secrets: [KubernetesObject], reading: RevisionSecrets) throws(Diagnostic) {
        var revisions: [RecordedRevision] = []
        var parts: [Part] = []
        for secret in secrets {
            guard let name = RevisionSecretName(secret.name, of: reading.application) else { continue }
            if name.isMain {
                revisions.append(try reading.recorded(secret))
            } else {
                parts.append(Part(name: name, uid: secret.uid))
            }
        }
        self.revisions = revisions.sorted { $0.number > $1.number }
        self.parts = parts
    }

    func parts(of revision: Int) -> [Part] {
        parts.filter { $0.name.revision == revision }
    }

    /// The parts that no revision's contents are made of: left over from a run that was killed.
    var orphans: [Part] {
        let used = Dictionary(uniqueKeysWithValues: revisions.map { ($0.number, Set($0.contents.parts)) })
        return parts.filter { !(used[$0.name.revision]?.contains($0.name.part) ?? false) }
    }

    /// The revisions that are too many, the newest first: all past the newest `limit`, save those under way and the newest
    /// deployed one, which a failing run goes back to.
    ///
    /// Those that the next one repeats go before all others: a server that repairs an object again and again would otherwise
    /// leave nothing to go back to.
    func expired(keeping limit: Int) -> [RecordedRevision] {
        let deployed = revisions.deployed?.number
        let repeated = zip(revisions.dropFirst(), revisions).filter { $0.revision.isRepeated(by: $1.revision) }
            .map(\.0.number).filter { $0 != deployed }
        let first = Set(repeated.suffix(max(0, revisions.count - limit)))
        let rest = revisions.filter { !first.contains($0.number) }.dropFirst(limit)
            .filter { $0.revision.state != .pending && $0.number != deployed }
        let gone = first.union(rest.map(\.number))
        return revisions.filter { gone.contains($0.number) }
    }
}

extension Revision {
    /// Whether a later revision brought the cluster to the same set, as this one had done.
    fileprivate func isRepeated(by next: Revision) -> Bool {
        let good: Set<State> = [.deployed, .superseded]
        return good.contains(state) && good.contains(next.state) && manifestDigest == next.manifestDigest
    }
}
