import Foundation
import Planning
import Resources
import Testing

@testable import Commands

/// Which revision `rollback` goes back to.
@Suite struct RollbackTargetTests {
    private static let application = Result { try ApplicationIdentity(name: "app", namespace: "default") }

    /// - Parameter text: `NUMBER SET STATE [RESTORED]`, with the states' first letters, of the revisions from the newest on.
    private static func history(_ text: String) throws -> [Revision] {
        let states: [Substring: Revision.State] = [
            "d": .deployed, "s": .superseded, "f": .failed, "r": .rolledBack, "p": .pending,
        ]
        return try text.split(separator: ", ").map { entry in
            let words = entry.split(separator: " ")
            return Revision(
                number: try #require(Int(words[0])), state: try #require(states[words[2].prefix(1)]),
                phase: words[2] == "pruning" ? .pruning : .applying, manifestDigest: String(words[1]), planDigest: "",
                source: PlanSource(path: "/"), who: "ann@desk", tool: "endstate",
                startedAt: Date(timeIntervalSince1970: 0), restores: words.count > 3 ? Int(words[3]) : nil)
        }
    }

    @Test(arguments: [
        ("3 c d, 2 b s, 1 a s", 2),
        // The same manifests again are no other state to go back to.
        ("4 c d, 3 c s, 2 b s, 1 a s", 2),
        // What failed or was undone in between is passed over.
        ("4 d d, 3 c f, 2 b r, 1 a s", 1),
        // After a rollback it goes on from what was brought back.
        ("4 b d 2, 3 c r, 2 b s, 1 a s", 1),
        ("5 x r, 4 b d 2, 3 c r, 2 b s, 1 a s", 1),
        // The newest failed and was undone: the cluster is at the one before.
        ("3 c r, 2 b d, 1 a s", 1),
        // All that was left to do was to delete.
        ("3 c pruning, 2 b d, 1 a s", 2),
    ])
    func `the last good one before that in force`(history: String, expected: Int) throws {
        let target = try RollbackTarget.last(
            in: try Self.history(history), of: try Self.application.get())
        #expect(target.target.number == expected)
    }

    @Test(arguments: ["1 a d", "2 a d, 1 a s", "1 a r", "2 b d, 1 a f", "2 a d 1, 1 a s", ""])
    func `there is none`(history: String) throws {
        let error = #expect(throws: Diagnostic.self) {
            try RollbackTarget.last(in: try Self.history(history), of: try Self.application.get())
        }
        #expect(error?.code == "nothing-to-go-back-to")
    }

    @Test func `a choice stands while nothing else begins`() throws {
        let history = try Self.history("3 c d, 2 b s, 1 a s")
        let target = try RollbackTarget.last(in: history, of: try Self.application.get())
        try target.check(history)
        try target.check(try Self.history("3 c r, 2 b s, 1 a s"))
        let error = #expect(throws: Refusal.self) { try target.check(try Self.history("4 b d 2, 3 c r, 2 b s")) }
        #expect(error?.diagnostics.first?.message.hasPrefix("ann@desk has begun revision 4 meanwhile") == true)
    }

    @Test func `one that has not ended can't be named`() throws {
        let error = #expect(throws: Diagnostic.self) {
            try RollbackTarget.named(
                2, in: try Self.history("2 b p, 1 a d"), of: try Self.application.get(), retries: true)
        }
        #expect(error?.code == "revision-pending")
    }
}
