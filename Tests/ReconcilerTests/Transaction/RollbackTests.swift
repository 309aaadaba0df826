import KubeClient
import Manifests
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct RollbackTests {
    private static let first = Application.configMap("a") + "---\n" + Application.configMap("b")

    /// `a` changes, `c` is new and waits for it, and `d`, which waits for `c`, is refused.
    private static let second = [
        Application.configMap("a", colour: "red"), Application.configMap("b"),
        Application.configMap("c", dependsOn: reference("a")), Application.configMap("d", dependsOn: reference("c")),
    ].joined(separator: "---\n")

    private static func reference(_ name: String) -> String { "/namespaces/default/ConfigMap/\(name)" }

    private static func refuse(_ names: String..., in cluster: PlayedCluster) {
        cluster.intercept { request in
            let isWrite = request.method != .get && !request.path.contains("dryRun=All")
            let isIt = names.contains { request.path.hasPrefix(Application.path($0)) }
            return isWrite && isIt ? .status(422, "Invalid", "no") : nil
        }
    }

    private static func application() async throws -> Application {
        let application = Application(rollsBack: true)
        _ = try await application.apply(first)
        return application
    }

    private static func states(_ application: Application) async throws -> [String] {
        try await application.context().store.list().map { "\($0.number) \($0.revision.state.rawValue)" }
    }

    @Test func `a refused step undoes what was done before it, dependents first`() async throws {
        let application = try await Self.application()
        let before = application.cluster.memberWrites.count
        Self.refuse("d", in: application.cluster)
        let (result, events) = try await application.apply(Self.second)
        #expect(result.outcome == .rolledBack)
        let rollback = try #require(result.rollback)
        #expect(rollback.isComplete)
        #expect(rollback.restored.map(\.name) == ["a"])
        #expect(rollback.deleted.map(\.name) == ["c"])
        #expect(application.cluster.object(Application.path("c")) == nil)
        #expect(application.cluster.object(Application.path("a"))?.value[path: "data", "colour"]?.string == "green")
        let undone = application.cluster.memberWrites.dropFirst(before).suffix(2)
        #expect(undone == ["DELETE \(Application.path("c"))", "PATCH \(Application.path("a"))"])
        #expect(events.contains("rollingBack: revision 2: ConfigMap default/d: cannot apply ConfigMap default/d: no"))
        #expect(try await Self.states(application) == ["2 rolled-back", "1 deployed"])
    }

    @Test func `what was refused or never begun is not touched on the way back`() async throws {
        let application = try await Self.application()
        Self.refuse("a", in: application.cluster)
        let before = application.cluster.memberWrites.count
        let (result, _) = try await application.apply(Self.second)
        #expect(application.cluster.memberWrites.dropFirst(before) == ["PATCH \(Application.path("a"))"])
        #expect(result.outcome == .rolledBack)
        #expect(result.rollback?.restored.isEmpty == true)
    }

    @Test func `a write whose answer was lost is undone, and its object is not taken for somebody else's`() async throws
    {
        let application = try await Self.application()
        let cluster = application.cluster
        let creations = Counter()
        cluster.intercept { [weak cluster] request in
            guard request.method == .patch, !request.path.contains("dryRun=All") else { return nil }
            if request.path.hasPrefix(Application.path("d")) { return .status(422, "Invalid", "no") }
            guard request.path.hasPrefix(Application.path("c")), creations.next() == 1 else { return nil }
            var sent = request
            sent.path += "&again"
            _ = try await cluster?.transport.send(sent)
            throw KubeClientError(.connectionLost, "the connection was lost")
        }
        let (result, _) = try await application.apply(Self.second)
        #expect(creations.next() == 4)
        #expect(result.outcome == .rolledBack, "\(String(describing: result.rollback))")
        #expect(cluster.object(Application.path("c")) == nil)
    }

    @Test func `a failure on the way back stops nothing else, and what is left is told`() async throws {
        let application = try await Self.application()
        application.cluster.intercept { request in
            let isRefused =
                request.method == .patch && request.path.hasPrefix(Application.path("d"))
                || request.method == .delete && request.path.hasPrefix(Application.path("c"))
            return isRefused && !request.path.contains("dryRun=All") ? .status(422, "Invalid", "no") : nil
        }
        let (result, _) = try await application.apply(Self.second)
        #expect(result.outcome == .failed)
        let rollback = try #require(result.rollback)
        #expect(rollback.left.map(\.object.name) == ["c"])
        #expect(rollback.left[0].reason.contains("no"))
        #expect(rollback.restored.map(\.name) == ["a"])
        #expect(try await Self.states(application) == ["2 failed", "1 deployed"])
    }

    @Test func `the first revision leaves nothing behind but its record`() async throws {
        let application = Application(rollsBack: true)
        Self.refuse("d", in: application.cluster)
        let (result, _) = try await application.apply(Self.second)
        #expect(result.outcome == .rolledBack)
        #expect(["a", "b", "c", "d"].allSatisfy { application.cluster.object(Application.path($0)) == nil })
        let parent = application.cluster.object(Application.parent)
        #expect(parent?.annotations["applyset.kubernetes.io/contains-group-kinds"] == "")
    }

    @Test func `without rollback a failed run stays as it is`() async throws {
        var application = try await Self.application()
        application.settings.rollsBack = false
        Self.refuse("d", in: application.cluster)
        let (result, _) = try await application.apply(Self.second)
        #expect(result.outcome == .failed)
        #expect(result.rollback == nil)
        #expect(application.cluster.object(Application.path("c")) != nil)
        #expect(try await Self.states(application) == ["2 failed", "1 deployed"])
    }

    @Test func `an adopted object gets its values back, and is nobody's again`() async throws {
        var application = try await Self.application()
        application.guardrails.adoption = .unowned
        let path = Application.path("x")
        application.cluster.put(
            [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["namespace": "default"],
                "data": ["colour": "blue"],
            ], at: path, name: "x")
        Self.refuse("d", in: application.cluster)
        let set =
            Self.first + "---\n" + Application.configMap("x", colour: "red") + "---\n"
            + Application.configMap("d", dependsOn: Self.reference("x"))
        let (result, _) = try await application.apply(set)
        #expect(result.outcome == .rolledBack, "\(String(describing: result.rollback)) \(result.failures)")
        #expect(result.rollback?.restored.map(\.name) == ["x"])
        #expect(application.cluster.object(path)?.metadata["managedFields"] == [[:]])
    }

    @Test func `what somebody else created meanwhile is not deleted`() async throws {
        let application = try await Self.application()
        let cluster = application.cluster
        cluster.intercept { [weak cluster] request in
            let isWrite = request.method == .patch && !request.path.contains("dryRun=All")
            if isWrite, request.path.hasPrefix(Application.path("c")) {
                cluster?.put(["apiVersion": "v1", "kind": "ConfigMap"], at: Application.path("c"), name: "c")
            }
            return isWrite && request.path.hasPrefix(Application.path("d")) ? .status(422, "Invalid", "no") : nil
        }
        let (result, _) = try await application.apply(Self.second)
        #expect(result.outcome == .failed)
        #expect(result.rollback?.left.map(\.object.name) == ["c"])
        #expect(cluster.object(Application.path("c")) != nil)
    }

    @Test func `a deletion that fails undoes nothing, because everything declared is healthy`() async throws {
        let application = try await Self.application()
        Self.refuse("b", in: application.cluster)
        let (result, _) = try await application.apply(Application.configMap("a", colour: "red"))
        #expect(result.outcome == .failed)
        #expect(result.rollback == nil)
        #expect(application.cluster.object(Application.path("a"))?.value[path: "data", "colour"]?.string == "red")
        #expect(try await Self.states(application) == ["2 deployed", "1 superseded"])
        application.cluster.intercept { _ in nil }
        #expect(try await application.apply(Application.configMap("a", colour: "red")).result.outcome == .succeeded)
        #expect(application.cluster.object(Application.path("b")) == nil)
    }

    @Test func `a set that failed is quarantined until it changes or a person insists`() async throws {
        var application = try await Self.application()
        Self.refuse("d", in: application.cluster)
        _ = try await application.apply(Self.second)
        application.cluster.intercept { _ in nil }
        let quarantined = application
        await #expect(throws: GuardrailError.self) { try await quarantined.apply(Self.second) }
        #expect(try await application.plan(Self.second).plan.violations.map(\.code) == [.quarantined])
        #expect(try await application.plan(Self.first + "---\n" + Application.configMap("e")).plan.violations.isEmpty)
        application.guardrails.retriesFailed = true
        #expect(try await application.apply(Self.second).result.outcome == .succeeded)
        #expect(try await Self.states(application) == ["3 deployed", "2 rolled-back", "1 superseded"])
    }

    @Test func `the record comes before the first write of a member`() async throws {
        let application = try await Self.application()
        let before = application.cluster.writes.count
        _ = try await application.apply(
            Application.configMap("a", colour: "red") + "---\n" + Application.configMap("b"))
        let writes = application.cluster.writes.dropFirst(before)
        let secrets = "/api/v1/namespaces/default/secrets"
        #expect(
            Array(writes) == [
                "POST \(secrets)", "PATCH \(Application.path("a"))", "PATCH \(secrets)/endstate-revision.shop.2",
                "PATCH \(secrets)/endstate-revision.shop.1",
            ])
    }

    @Test func `a record that can't be written is an error, and no member is written`() async throws {
        let application = Application(rollsBack: true)
        application.cluster.intercept { $0.method == .post ? .status(403, "Forbidden", "no") : nil }
        await #expect(throws: (any Error).self) { try await application.apply(Self.first) }
        #expect(application.cluster.memberWrites.isEmpty)
    }

    @Test func `only the last revisions are kept`() async throws {
        var application = Application(rollsBack: true)
        application.settings.keptRevisions = 3
        for colour in ["red", "green", "blue", "black", "white"] {
            _ = try await application.apply(Application.configMap("a", colour: colour))
        }
        #expect(try await Self.states(application) == ["5 deployed", "4 superseded", "3 superseded"])
    }

    @Test func `an old revision that can't be deleted is a warning, and no failure`() async throws {
        var application = try await Self.application()
        application.settings.keptRevisions = 1
        application.cluster.intercept { $0.method == .delete ? .status(403, "Forbidden", "no") : nil }
        let changed = Application.configMap("a", colour: "red") + "---\n" + Application.configMap("b")
        let (result, events) = try await application.apply(changed)
        #expect(result.outcome == .succeeded)
        #expect(events.contains { $0.hasPrefix("warning Secret default/endstate.shop: the records could not") })
        #expect(try await Self.states(application) == ["2 deployed", "1 superseded"])
    }

    @Test func `a run without changes writes nothing at all`() async throws {
        let application = try await Self.application()
        let before = application.cluster.requests.filter { !$0.hasPrefix("GET") }.count
        #expect(try await application.apply(Self.first).result.outcome == .succeeded)
        #expect(application.cluster.requests.filter { !$0.hasPrefix("GET") }.count == before)
    }
}
