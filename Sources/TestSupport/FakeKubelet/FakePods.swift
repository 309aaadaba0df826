internal import KubeClient
internal import Resources
internal import Synchronization

/// Does to the pods of some nodes what kubelets would do.
final class FakePods: Sendable {
    private let client: KubeClient
    private let nodes: Set<String>
    private let startDelay: Duration
    private let ledger = Mutex<(last: [String: Entry], addresses: Int)>(([:], 0))

    /// What is done once to a pod: its deletion, or a behaviour, which a test may change while the pod runs.
    private enum Deed: Hashable {
        case end
        case start(PodBehaviour)
    }

    /// The last that was done to a pod, and the pod's resource version then.
    private struct Entry {
        let deed: Deed
        let version: UInt64
    }

    init(client: KubeClient, nodes: Set<String>, startDelay: Duration) {
        self.client = client
        self.nodes = nodes
        self.startDelay = startDelay
    }

    /// Does what is to be done about a pod, once, however often it is called.
    func serve(_ pod: KubernetesObject) async throws {
        guard let node = pod.value[path: "spec", "nodeName"]?.string, nodes.contains(node), let uid = pod.uid else {
            return
        }
        if pod.isBeingDeleted {
            try await once(.end, pod, uid) { try await end(pod, uid: uid) }
            return
        }
        let phase = pod.value[path: "status", "phase"]?.string
        guard phase != "Succeeded", phase != "Failed" else { return }
        let behaviour = PodBehaviour(of: pod)
        try await once(.start(behaviour), pod, uid) { try await start(pod, as: behaviour) }
    }

    /// Does something to a pod, unless that is the last thing that was done to it; news that come late are none.
    private func once(_ deed: Deed, _ pod: KubernetesObject, _ uid: String, _ body: () async throws -> Void)
        async throws
    {
        let version = pod.resourceVersion.flatMap(UInt64.init) ?? 0
        let former: Entry?? = ledger.withLock { ledger in
            let former = ledger.last[uid]
            guard former?.deed != deed, version >= former?.version ?? 0 else { return nil }
            ledger.last[uid] = Entry(deed: deed, version: version)
            return .some(former)
        }
        guard let former else { return }
        do {
            try await body()
        } catch {
            ledger.withLock { $0.last[uid] = former }
            throw error
        }
    }

    /// The API server keeps a deleted pod until its kubelet confirms that the containers are gone.
    private func end(_ pod: KubernetesObject, uid: String) async throws {
        _ = try await client.delete(
            .pods, namespace: pod.namespace, name: pod.name, preconditions: DeletePreconditions(uid: uid),
            gracePeriodSeconds: 0
        )
    }

    private func start(_ pod: KubernetesObject, as behaviour: PodBehaviour) async throws {
        var delay = startDelay
        if case .runs(let after?) = behaviour { delay = after }
        guard behaviour != .stuck else { return }
        // What it plays is a real cluster's: others wait for these pods by their own clocks.
        try await Task.sleep(for: delay)
        let report = PodReport(of: pod, behaviour: behaviour, address: nextAddress())
        // In a kubelet's order: who sees the status finds the events that explain it.
        for event in report.events {
            _ = try await client.create(event, as: .events)
        }
        _ = try await client.patch(
            .pods, namespace: pod.namespace, name: pod.name, subresource: "status", .merge(["status": report.status])
        )
    }

    private func nextAddress() -> String {
        let number = ledger.withLock { ledger in
            ledger.addresses += 1
            return ledger.addresses
        }
        return "10.\(200 + number / 62_500 % 50).\(number / 250 % 250).\(number % 250 + 1)"
    }
}
