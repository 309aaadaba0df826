import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct RevisionCrashTests {
    /// Every write of an operation, killed before or after it takes effect.
    static let points = (0..<8).flatMap { write in [(write, false), (write, true)] }

    private let server = RevisionSecretServer()
    private let old = RevisionContents.sample(1, bytes: 500)
    private let new = RevisionContents.sample(2, bytes: 900)

    private func isKilled(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return false
        } catch is RevisionSecretServer.Killed {
            return true
        }
    }

    @Test(arguments: points)
    func `a revision whose creation is killed is whole or isn't there, and can be created anew`(
        _ write: Int, _ afterIt: Bool
    ) async throws {
        let store = try server.store(partSize: 200)
        server.kill(at: write, afterIt: afterIt)
        let isKilled = try await isKilled { _ = try await store.create(.sample(1), new) }
        server.heal()
        if let recorded = try await store.list().first {
            #expect(!isKilled || afterIt)
            #expect(try await store.contents(of: recorded) == new)
            #expect(try await store.orphans().isEmpty)
        } else {
            #expect(isKilled)
            #expect(try await store.orphans().count == server.names.count)
            let created = try await store.create(.sample(1), old)
            #expect(try await store.contents(of: created) == old)
        }
        try await store.prune(keeping: 1)
        #expect(try await store.orphans().isEmpty)
        let recorded = try #require(try await store.list().first)
        _ = try await store.contents(of: recorded)
    }

    @Test(arguments: points)
    func `contents whose replacement is killed are the old ones or the new ones`(
        _ write: Int, _ afterIt: Bool
    ) async throws {
        let store = try server.store(partSize: 200)
        let created = try await store.create(.sample(1), old)
        server.kill(at: write, afterIt: afterIt)
        let isKilled = try await isKilled { _ = try await store.replace(created, revision: .sample(1), contents: new) }
        server.heal()
        let recorded = try #require(try await store.list().first)
        let contents = try await store.contents(of: recorded)
        #expect(contents == new || isKilled && contents == old)
        let again = try await store.replace(recorded, revision: .sample(1), contents: new)
        #expect(try await store.contents(of: again) == new)
        try await store.prune(keeping: 1)
        let fresh = RevisionSecretServer()
        _ = try await fresh.store(partSize: 200).create(.sample(1), new)
        #expect(server.names.count == fresh.names.count)
    }

    @Test(arguments: points)
    func `a pruning that is killed leaves revisions whole, and the next one ends it`(
        _ write: Int, _ afterIt: Bool
    ) async throws {
        let store = try server.store(partSize: 400)
        for number in 1...3 { _ = try await store.create(.sample(number, .superseded), old) }
        server.kill(at: write, afterIt: afterIt)
        _ = try await isKilled { try await store.prune(keeping: 1) }
        server.heal()
        for recorded in try await store.list() { #expect(try await store.contents(of: recorded) == old) }
        try await store.prune(keeping: 1)
        #expect(try await store.list().map(\.number) == [3])
        #expect(server.names.allSatisfy { $0.hasPrefix("endstate-revision.shop.3") })
    }

    static let faults: [(String, RevisionSecretServer.Fault)] = [
        ("a lost request", .lostRequest), ("a lost answer", .lostAnswer),
        ("an error of the server", .answer(.status(500, "InternalError"))),
        ("an overloaded server", .answer(.status(429, "TooManyRequests"))),
    ]

    @Test(arguments: faults, 0..<8)
    func `one fault at any write of a revision's life does no harm`(
        _ fault: (name: String, fault: RevisionSecretServer.Fault), _ write: Int
    ) async throws {
        let store = try server.store(partSize: 200)
        server.fail { _, index in index == write ? fault.fault : nil }
        let created = try await store.create(.sample(1), old)
        let replaced = try await store.replace(created, revision: .sample(1), contents: new)
        let updated = try await store.update(replaced, to: .sample(1, .deployed))
        #expect(try await store.list() == [updated])
        #expect(try await store.contents(of: updated) == new)
    }

    @Test func `the parts go first, and the main Secret makes the revision`() async throws {
        _ = try await server.store(partSize: 200).create(.sample(1), old)
        #expect(server.writes.last == "POST endstate-revision.shop.1")
        #expect(server.writes.filter { $0.hasPrefix("POST") }.count == 1)
    }
}
