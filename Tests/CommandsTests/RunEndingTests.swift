import Commands
import Glibc
import KubeClient
import Resources
import TestSupport
import Testing

/// How `apply` ends, and what is said of it where.
@Suite struct RunEndingTests {
    private static let configMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        """

    private static func bench() throws -> Bench {
        let bench = try Bench(["settings.yaml": configMap])
        try bench.useKubeconfig()
        return bench
    }

    /// A cluster in which somebody else has the object.
    private static var foreign: KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "settings", "namespace": "default", "uid": "u", "resourceVersion": "3"],
        ])
    }

    private static func events(_ ending: Bench.Ending) throws -> [Value] {
        try ending.output.split(separator: "\n").map { try Value(json: String($0)) }
    }

    @Test func `a refusal is told once, as an error`() async throws {
        let ending = try await Self.bench().run(
            ["apply", "--yes"], transport: FakeCluster.transport([Self.foreign]))
        #expect(ending.status == .refused)
        #expect(ending.notes.hasPrefix("error[not-adopted]: ConfigMap default/settings exists"))
        #expect(!ending.output.contains("not-adopted"))
    }

    @Test func `a plan that apply would refuse says so`() async throws {
        let ending = try await Self.bench().run(["plan"], transport: FakeCluster.transport([Self.foreign]))
        #expect(ending.status == .refused)
        #expect(ending.output.contains("error[not-adopted]"))
    }

    @Test func `a refusal is the last event`() async throws {
        let ending = try await Self.bench().run(
            ["apply", "--yes", "-o", "json"], transport: FakeCluster.transport([Self.foreign]))
        #expect(ending.status == .refused)
        let events = try Self.events(ending)
        #expect(events.map { $0["type"] } == ["plan", "finished"])
        #expect(events.last?["message"] == "refused")
    }

    @Test func `success with events leaves one line for the person`() async throws {
        let ending = try await Self.bench().run(
            ["apply", "--yes", "-o", "json"], transport: FakeCluster.transport())
        #expect(ending.status == .success)
        #expect(try Self.events(ending).last?["message"] == "succeeded")
        #expect(ending.notes.hasPrefix("Done: 1 written, 0 deleted, in "))
        #expect(ending.notes.split(separator: "\n").count == 1)
    }

    @Test func `a run whose output is lost is finished all the same`() async throws {
        let transport = FakeCluster.transport()
        let ending = try await Self.bench().run(["apply", "--yes"], transport: transport, outputLoss: EIO)
        #expect(ending.status == .failure)
        #expect(ending.notes.hasSuffix("hint: see what the standard output goes to\n"))
        #expect(transport.requests.contains { $0.method == .patch && $0.path.contains("/configmaps/settings") })
    }

    @Test func `lost output does not hide a failure`() async throws {
        let ending = try await Self.bench().run(
            ["apply", "--yes"], transport: FakeCluster.transport([Self.foreign]), outputLoss: EIO)
        #expect(ending.status == .refused)
    }

    @Test(arguments: ["", "n", "yes please"])
    func `anything but yes is a no`(answer: String) async throws {
        let transport = FakeCluster.transport()
        let ending = try await Self.bench().run(["apply"], transport: transport, readLine: { answer })
        #expect(ending.status == .refused)
        #expect(ending.notes == "Go on? [y/N] error[not-approved]: not approved: nothing was written\n")
    }

    @Test func `a yes is enough`() async throws {
        let ending = try await Self.bench().run(["apply"], transport: FakeCluster.transport(), readLine: { "Y" })
        #expect(ending.status == .success)
    }

    @Test func `the end of the input ends the question's line`() async throws {
        let ending = try await Self.bench().run(["apply"], transport: FakeCluster.transport(), readLine: { nil })
        #expect(ending.status == .refused)
        #expect(ending.notes == "Go on? [y/N] \nerror[not-approved]: not approved: nothing was written\n")
    }

    @Test func `an interrupt at the question writes nothing`() async throws {
        let bench = try Self.bench()
        let transport = FakeCluster.transport()
        let ending = await bench.run(
            ["apply"], transport: transport,
            readLine: {
                withUnsafeCurrentTask { $0?.cancel() }
                return nil
            })
        #expect(ending.status == .failure)
        #expect(ending.notes == "Go on? [y/N] error[interrupted]: interrupted: nothing was written\n")
        #expect(transport.requests.allSatisfy { $0.method == .get || $0.path.contains("dryRun=All") })
    }

    @Test func `a failed run says what it did and what is left`() async throws {
        let second = Self.configMap.replacing("settings", with: "theme")
            .replacing(
                "name: theme",
                with:
                    "name: theme\n  annotations:\n    config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/settings"
            )
        let bench = try Bench(["settings.yaml": Self.configMap, "theme.yaml": second])
        try bench.useKubeconfig()
        let cluster = FakeCluster.transport()
        let transport = FakeTransport { request, _ in
            let isWrite = request.method == .patch && !request.path.contains("dryRun")
            if isWrite, request.path.contains("/configmaps/settings") { return .status(403, "Forbidden", "no more") }
            return try await cluster.send(request)
        }
        let ending = await bench.run(["apply", "--yes", "--no-rollback"], transport: transport)
        #expect(ending.status == .failure || ending.status == .incomplete)
        #expect(ending.notes.contains("error[step-failed-"))
        #expect(
            ending.notes.contains(
                "not done:\n    ConfigMap default/theme, which waits for ConfigMap default/settings\n"))
    }
}
