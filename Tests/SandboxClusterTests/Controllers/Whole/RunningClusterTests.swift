import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// The cluster by itself, with time that somebody else moves.
@Suite struct `Running cluster` {
    private let clock = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))

    @Test(.timeLimit(.minutes(15)))
    func `pods that start one after the other need no request between them`() async throws {
        let cluster = SandboxCluster(settings: SandboxSettings(), clock: clock)
        let workload = Samples.workload("StatefulSet", "db", replicas: 3, spec: ["serviceName": "db"])
        let request = SandboxRequest(
            method: "POST", path: "/apis/apps/v1/namespaces/default/statefulsets",
            headers: [("Content-Type", "application/json")], body: workload.jsonBytes)
        #expect(await cluster.respond(to: request).status == 201)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cluster.run() }
            while readyReplicas(cluster) != 3, !Task.isCancelled {
                if let deadline = clock.nextDeadline { clock.move(to: deadline) }
                await Task.yield()
            }
            group.cancelAll()
        }
        #expect(readyReplicas(cluster) == 3)
    }

    private func readyReplicas(_ cluster: SandboxCluster) -> Int? {
        let workload = cluster.contents.objects.first { $0.groupVersionKind.groupKind == Kinds.statefulSet }
        return workload?.status["readyReplicas"]?.integer
    }
}
