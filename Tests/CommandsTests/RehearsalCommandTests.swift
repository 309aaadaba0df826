import Commands
import FoundationEssentials
import KubeClient
import Rehearsal
import SandboxCluster
import TestSupport
import Testing

/// `rehearse` and `apply --rehearse`, on an embedded cluster whose own time stands still.
@Suite struct RehearsalCommandTests {
    private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n"

    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata:
          name: key
        stringData:
          token: hunter2hunter2
        """

    private static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
                - name: web
                  image: endstate.test/image-missing:1
                  envFrom:
                    - secretRef: {name: key}
        """

    /// - Parameter resource: What the account may not read, as paths name it.
    private static func transport(withholding resource: String = "nothing") -> FakeTransport {
        let clock = SteppedSandboxClock(Date())
        let cluster = SandboxCluster(clock: clock)
        cluster.settle(clock, until: clock.now.addingTimeInterval(5))
        let sandbox = SandboxTransport(cluster)
        return FakeTransport { request, _ in
            guard !request.path.contains("/\(resource)") else { return .status(403, "Forbidden", "it is not allowed") }
            return try await sandbox.send(request)
        }
    }

    private static func bench(_ files: [String: String]) throws -> Bench {
        let bench = try Bench(files)
        try bench.useKubeconfig()
        return bench
    }

    @Test(arguments: ["text", "json"])
    func `a report tells no Secret's value`(format: String) async throws {
        let bench = try Self.bench(["key.yaml": Self.secret, "web.yaml": Self.deployment])
        let ending = await bench.run(["rehearse", "-o", format], transport: Self.transport())
        #expect(ending.status == .refused, "\(ending.notes)")
        #expect(ending.output.contains(format == "json" ? #""kind":"Secret""# : "Secret default/key"))
        for value in ["hunter2", "aHVudGVyMmh1bnRlcjI"] {
            #expect(!(ending.output + ending.notes).contains(value))
        }
    }

    @Test func `before an apply, too, it is told what the twin doesn't know`() async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let ending = await bench.run(
            ["apply", "--yes", "--rehearse"], transport: Self.transport(withholding: "resourcequotas"))
        #expect(ending.status == .success, "\(ending.notes)")
        let doubt = "resourcequotas in default may not be read: the twin has none of them"
        #expect(ending.notes.contains("Rehearsed on a twin: it succeeds there, in about "))
        #expect(ending.notes.contains("\nWhat the twin doesn't know:\n    \(doubt)\n\n"), "\(ending.notes)")
    }

    @Test(arguments: [["rehearse"], ["apply", "--yes", "--rehearse"]])
    func `what can't be rehearsed is an error, and no verdict`(arguments: [String]) async throws {
        let bench = try Self.bench(["settings.yaml": Self.configMap])
        let transport = Self.transport(withholding: "nodes")
        let ending = await bench.run(arguments, transport: transport)
        #expect(ending.status == .failure)
        #expect(ending.notes.contains("error[rehearsal-needs-nodes]"), "\(ending.notes)")
        #expect(!(ending.output + ending.notes).contains("it would"))
        #expect(transport.requests.allSatisfy { $0.method == .get || $0.path.contains("dryRun=All") })
    }
}
