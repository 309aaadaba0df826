import Foundation
import KubeClient
import TestSupport
import Testing

private let kubeconfig = ProcessInfo.processInfo.environment["ENDSTATE_TEST_KUBECONFIG"]

@Suite(
    "The scheduler and the simulator",
    .enabled(if: kubeconfig != nil, "set ENDSTATE_TEST_KUBECONFIG to ask a real scheduler")
)
struct SchedulerReplayTests {
    /// Each must have been a reason often enough for a wrong rule to show.
    private static let rules = [
        "node(s) were unschedulable", "taint", nodeAffinityRules, portRules, "Too many pods", "Insufficient cpu",
        "Insufficient example.com/gpu", spreadRules, spreadRules + " (missing required label)", affinityRules,
        antiAffinityRules, existingRules,
    ]

    @Test("say the same of every pod that comes to a thousand clusters")
    func agree() async throws {
        let path = try #require(kubeconfig)
        let transport = try HTTPTransport(.load(kubeconfig: path, environment: [:]), options: .patient)
        let replay = SchedulerReplay(client: KubeClient(transport: transport))
        let result = await Result { try await replay.run(clusters: 1000, batch: 100, pods: 5) }
        await transport.shutdown()
        let tally = try result.get()
        print(tally.summary)
        for (reason, count) in tally.reasons.sorted(by: { $0.key < $1.key }) { print("replay: \(count) \(reason)") }
        for disagreement in tally.disagreements.prefix(20) { Issue.record("\(disagreement)") }
        #expect(tally.disagreements.isEmpty)
        #expect(tally.clusters >= 1000)
        for rule in Self.rules { #expect(tally.reasons[rule, default: 0] >= 20, "\(rule)") }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
