import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct RevisionPruneTests {
    private let server = RevisionSecretServer()

    @Test(
        arguments: [
            ([.superseded, .superseded, .deployed], 3, [3, 2, 1]),
            ([.superseded, .superseded, .deployed], 2, [3, 2]),
            ([.superseded, .superseded, .deployed], 0, [3]),
            ([.superseded, .deployed, .failed, .rolledBack, .failed], 2, [5, 4, 2]),
            ([.deployed, .deployed, .failed], 1, [3, 2]),
            ([.pending, .superseded, .superseded, .deployed], 1, [4, 1]),
            ([.superseded, .deployed, .pending], 1, [3, 2]),
            ([.failed, .rolledBack, .failed], 1, [3]),
            ([], 1, []),
        ] as [([Revision.State], Int, [Int])])
    func `the oldest go, save those under way and the newest deployed one`(
        _ states: [Revision.State], _ limit: Int, _ kept: [Int]
    ) async throws {
        let store = try server.store()
        for (index, state) in states.enumerated() {
            _ = try await store.create(.sample(index + 1, state), .sample(UInt64(index)))
        }
        try await store.prune(keeping: limit)
        #expect(try await store.list().map(\.number) == kept)
        #expect(server.names.count == kept.count)
    }

    @Test(
        arguments: [
            // Two sets, of which the second was repaired again and again.
            (
                ["A", "B", "B", "B", "B"], [.superseded, .superseded, .superseded, .superseded, .deployed], 3,
                [5, 4, 1]
            ),
            (["A", "B", "B", "B", "B"], [.superseded, .superseded, .superseded, .superseded, .deployed], 2, [5, 1]),
            (["A", "B", "B", "B", "B"], [.superseded, .superseded, .superseded, .superseded, .deployed], 1, [5]),
            (
                ["A", "B", "B", "B", "B"], [.superseded, .superseded, .superseded, .superseded, .deployed], 5,
                [5, 4, 3, 2, 1]
            ),
            // One that was deployed is not repeated by one that failed, nor by one that is under way.
            (["A", "B", "B"], [.superseded, .deployed, .failed], 2, [3, 2]),
            (["A", "B", "B"], [.superseded, .deployed, .pending], 2, [3, 2]),
            // Nor is one that failed: that it did is known by it alone.
            (["A", "B", "B"], [.superseded, .failed, .deployed], 2, [3, 2]),
            (["A", "B", "A"], [.superseded, .superseded, .deployed], 2, [3, 2]),
        ] as [([String], [Revision.State], Int, [Int])])
    func `those that the next one repeats go before all others`(
        _ digests: [String], _ states: [Revision.State], _ limit: Int, _ kept: [Int]
    ) async throws {
        let store = try server.store()
        for (index, (digest, state)) in zip(digests, states).enumerated() {
            _ = try await store.create(.sample(index + 1, state, digest: digest), .sample(UInt64(index)))
        }
        try await store.prune(keeping: limit)
        #expect(try await store.list().map(\.number) == kept)
    }

    @Test func `the oldest goes first, and a main Secret before its parts`() async throws {
        let store = try server.store(partSize: 300)
        for number in 1...3 { _ = try await store.create(.sample(number, .failed), .sample(1, bytes: 200)) }
        let before = server.writes.count
        try await store.prune(keeping: 1)
        #expect(
            server.writes.dropFirst(before) == [
                "DELETE endstate-revision.shop.1", "DELETE endstate-revision.shop.1-2",
                "DELETE endstate-revision.shop.2", "DELETE endstate-revision.shop.2-2",
            ])
    }

    @Test func `a Secret that took another's place is not deleted`() async throws {
        let store = try server.store()
        for number in 1...2 { _ = try await store.create(.sample(number, .failed), .sample(1)) }
        let listed = try #require(server.secret("endstate-revision.shop.1")?.uid)
        server.fail { request, _ in
            let conditions = request.body.flatMap { try? Value(json: $0) }?["preconditions"]
            return conditions?["uid"]?.string == listed ? .answer(.status(409, "Conflict")) : nil
        }
        await #expect(throws: APIError.self) { try await store.prune(keeping: 1) }
        #expect(try await store.list().count == 2)
    }

    @Test func `deleting all of an application leaves others alone, and the newest goes last`() async throws {
        let (store, other) = (try server.store(partSize: 300), try server.store(application: "cart"))
        _ = try await other.create(.sample(1, .deployed), .sample(1))
        for number in 1...3 { _ = try await store.create(.sample(number, .deployed), .sample(1, bytes: 200)) }
        try await store.deleteAll()
        #expect(server.names == ["endstate-revision.cart.1"])
        let deleted = server.writes.filter { $0.hasPrefix("DELETE") }
        #expect(deleted.suffix(2) == ["DELETE endstate-revision.shop.3", "DELETE endstate-revision.shop.3-2"])
    }
}
