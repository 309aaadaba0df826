import Commands
import KubeClient
import Resources
import Testing

/// A namespace in which one point after the other is tried.
struct SweepSite {
    let namespace: String
    let client: KubeClient
    private let workspaces: [SweepState: Workspace]

    init(_ namespace: String, _ client: KubeClient) throws {
        self.namespace = namespace
        self.client = client
        workspaces = try Dictionary(
            uniqueKeysWithValues: SweepState.allCases.map { ($0, try Workspace($0.files(namespace: namespace))) })
    }

    private var arguments: [String] {
        [
            "apply", "--yes", "--name", "shop", "-n", namespace, "--adopt", "--force-conflicts", "--prune-max-percent",
            "100", "--object-timeout", "5m", "--lock-timeout", "60s",
        ]
    }

    func program(_ state: SweepState, fault: String? = nil, from start: String? = nil) async throws
        -> SweepProgram.Ending
    {
        let program = SweepProgram(workspace: try #require(workspaces[state]), fault: fault, start: start)
        return try await program.run(arguments + ["--retry"])
    }

    /// Applies a state in this process, in which nothing fails.
    func apply(_ state: SweepState, retry: Bool = true) async throws -> Ending {
        try await #require(workspaces[state]).run(
            arguments + (retry ? ["--retry"] : []), kubeconfig: Cluster.kubeconfig)
    }

    func diff(_ state: SweepState) async throws -> Ending {
        try await #require(workspaces[state]).endstate("diff", "--name", "shop", "-n", namespace)
    }

    func snapshot() async throws -> SweepSnapshot { try await .take(of: namespace, client) }

    /// Applies the state, and makes the others' objects anew where they are gone.
    func reset(to state: SweepState) async throws {
        let ending = try await apply(state)
        try #require(ending.status == .success, "\(ending.notes)")
        for foreigner in SweepForeigner.allCases {
            let object = foreigner.object(namespace: namespace)
            if try await client.get(foreigner.resource, namespace: namespace, name: object.name) != nil { continue }
            _ = try await client.create(object, as: foreigner.resource, fieldManager: foreigner.manager)
        }
        for try await event in client.feed(
            .sweptDeployments, namespace: namespace, fieldSelector: "metadata.name=legacy")
        {
            let objects: [KubernetesObject] =
                switch event {
                case .listed(let objects): objects
                case .changed(let object): [object]
                case .deleted: []
                }
            if objects.contains(where: { $0.value[path: "status", "availableReplicas"] == 1 }) { return }
        }
    }
}

/// How the namespace looks in each state where nothing has ever failed.
struct SweepReference: Sendable {
    let snapshots: [SweepState: SweepSnapshot]
    /// `METHOD PATH` of the requests of a run from the first state to the second.
    let forward: [String]
    /// The same of the way back from the failing state.
    let back: [String]

    static func make() async throws -> SweepReference {
        try await Cluster.withNamespace { namespace, client in
            let site = try SweepSite(namespace, client)
            var snapshots: [SweepState: SweepSnapshot] = [:]
            for state in [SweepState.other, .first] {
                try await site.reset(to: state)
                snapshots[state] = try await site.snapshot()
            }
            let failing = try await site.program(.failing, from: "rolling-back")
            try #require(failing.status == 3, "\(failing.notes)")
            let forward = try await site.program(.second)
            try #require(forward.status == 0, "\(forward.notes)")
            snapshots[.second] = try await site.snapshot()
            return SweepReference(snapshots: snapshots, forward: forward.requests, back: failing.requests)
        }
    }

    func snapshot(_ state: SweepState) throws -> SweepSnapshot { try #require(snapshots[state]) }
}
