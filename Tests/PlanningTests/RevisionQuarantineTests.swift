import FoundationEssentials
import Planning
import Testing

@Suite struct RevisionQuarantineTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        /// From the oldest to the newest; those that failed say why, save the last `killed` ones.
        let revisions: [(digest: String, state: Revision.State, restores: Int?)]
        let killed: Int
        /// For the digest `bad`.
        let condemning: Int?

        init(
            _ name: String, _ revisions: [(digest: String, state: Revision.State, restores: Int?)],
            killed: Int = 0, condemning: Int?
        ) {
            self.name = name
            self.revisions = revisions
            self.killed = killed
            self.condemning = condemning
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("nothing has run", [], condemning: nil),
        Case("it failed", [("bad", .failed, nil)], condemning: 1),
        Case("it was rolled back", [("good", .deployed, nil), ("bad", .rolledBack, nil)], condemning: 2),
        Case("it is deployed", [("bad", .deployed, nil)], condemning: nil),
        Case("it was deployed once", [("bad", .superseded, nil), ("good", .deployed, nil)], condemning: nil),
        Case("it is under way", [("bad", .pending, nil)], condemning: nil),
        Case("it failed, and a person insisted", [("bad", .failed, nil), ("bad", .pending, nil)], condemning: nil),
        Case(
            "a person went back from it and was killed before saying so",
            [("good", .superseded, nil), ("bad", .deployed, nil), ("good", .deployed, 1)], condemning: 2),
        Case("another one failed", [("good", .rolledBack, nil)], condemning: nil),
        Case("it failed, and another one after it", [("bad", .failed, nil), ("good", .failed, nil)], condemning: nil),
        Case("it failed, and then went through", [("bad", .failed, nil), ("bad", .deployed, nil)], condemning: nil),
        Case(
            "it went through, and then failed", [("bad", .superseded, nil), ("bad", .rolledBack, nil)], condemning: 2),
        Case(
            "it failed, and a person went back",
            [("good", .superseded, nil), ("bad", .failed, nil), ("good", .deployed, 1)], condemning: 2),
        Case(
            "a person went back to it, which failed",
            [("bad", .superseded, nil), ("good", .superseded, nil), ("bad", .failed, 1)], condemning: nil),
        Case("it was undone because its run was killed", [("bad", .rolledBack, nil)], killed: 1, condemning: nil),
        Case(
            "it failed, and its next run was killed", [("bad", .failed, nil), ("bad", .rolledBack, nil)], killed: 1,
            condemning: 1),
        Case("only a person's going back is known", [("bad", .failed, 1)], condemning: nil),
    ]

    @Test(arguments: cases)
    func `a set that failed in its last run is condemned`(_ row: Case) throws {
        let revisions = row.revisions.enumerated().map { index, entry in
            let hasFailed = [.failed, .rolledBack].contains(entry.state)
            let saysWhy = hasFailed && index < row.revisions.count - row.killed
            return Revision(
                number: index + 1, state: entry.state, manifestDigest: entry.digest, planDigest: "",
                source: PlanSource(path: "."), who: "", tool: "", startedAt: Date(timeIntervalSince1970: 0),
                restores: entry.restores, failure: saysWhy ? "no image" : nil)
        }
        #expect(Quarantine.condemning("bad", among: revisions)?.number == row.condemning)
        #expect(Quarantine.condemning("bad", among: revisions.reversed())?.number == row.condemning)
    }
}
