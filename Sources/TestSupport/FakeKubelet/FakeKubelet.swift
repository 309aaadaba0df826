package import KubeClient
internal import Resources

/// Plays nodes, their kubelets, a volume provisioner and a cloud's load balancers on a control plane that has none.
///
/// Pods that the scheduler binds to its nodes run and become ready, those of Jobs succeed, deleted ones go away; a test
/// asks for other ends by `PodBehaviour`. Services of type LoadBalancer get an address. Claims of a StorageClass whose
/// provisioner is `FakeKubelet.provisioner` get a volume.
package struct FakeKubelet: Sendable {
    /// The provisioner to be named by StorageClasses.
    package static let provisioner = "endstate.dev/test-provisioner"

    /// The annotation of Services that shall stay without an address: `none`.
    package static let addressAnnotation = "test.endstate.dev/address"

    private let client: KubeClient
    private let nodes: FakeNodes
    private let startDelay: Duration

    /// - Parameters:
    ///   - name: What the names of the nodes begin with; kubelets on one control plane need different ones.
    ///   - nodes: How many nodes there are.
    ///   - startDelay: How long a pod takes from being bound to being ready, where its behaviour does not say.
    package init(
        client: KubeClient, name: String = "node", nodes: Int = 2, startDelay: Duration = .milliseconds(100)
    ) {
        self.client = client
        self.nodes = FakeNodes(client: client, names: (1...max(1, nodes)).map { "\(name)-\($0)" })
        self.startDelay = startDelay
    }

    /// Runs while the body does, which begins when the nodes are ready; removes the nodes at the end, however it comes.
    package func run<Success: Sendable>(
        while body: @Sendable () async throws -> Success
    ) async throws -> Success {
        let result: Result<Success, any Error>
        do {
            try await nodes.create()
            result = .success(try await serve(while: body))
        } catch {
            result = .failure(error)
        }
        // A task of its own, because this one may be cancelled, which must not keep the nodes from being removed.
        await Task { await nodes.remove() }.value
        return try result.get()
    }

    private func serve<Success: Sendable>(while body: @Sendable () async throws -> Success) async throws -> Success {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let pods = FakePods(client: client, nodes: Set(nodes.names), startDelay: startDelay)
            let volumes = FakeVolumes(client: client)
            let addresses = FakeAddresses(client: client)
            tasks.addTask { await follow(.pods, pods.serve) }
            tasks.addTask { await follow(.services, addresses.serve) }
            tasks.addTask { await follow(.persistentVolumeClaims, volumes.provision) }
            tasks.addTask { await follow(.persistentVolumes, volumes.reclaim) }
            defer { tasks.cancelAll() }
            return try await body()
        }
    }

    /// Calls the handler, concurrently, for each object of a kind as it is and each time it changes, until cancelled.
    private func follow(
        _ resource: APIResource, _ handle: @escaping @Sendable (KubernetesObject) async throws -> Void
    ) async {
        await withDiscardingTaskGroup { tasks in
            while !Task.isCancelled {
                do {
                    for try await event in client.feed(resource) {
                        for object in event.present { tasks.addTask { try? await handle(object) } }
                    }
                } catch {
                    // A refusal ends a feed, and a test may play one. The server is a real one, and so is its time.
                    try? await Task.sleep(for: .milliseconds(200))
                }
            }
        }
    }
}

extension FeedEvent<KubernetesObject> {
    /// The objects as they are now.
    fileprivate var present: [KubernetesObject] {
        switch self {
        case .listed(let objects): objects
        case .changed(let object): [object]
        case .deleted: []
        }
    }
}

extension APIResource {
    static let services = APIResource(.init(apiVersion: "v1", kind: "Service"), plural: "services", isNamespaced: true)
    static let persistentVolumes = APIResource(
        .init(apiVersion: "v1", kind: "PersistentVolume"), plural: "persistentvolumes", isNamespaced: false
    )
    static let persistentVolumeClaims = APIResource(
        .init(apiVersion: "v1", kind: "PersistentVolumeClaim"), plural: "persistentvolumeclaims", isNamespaced: true
    )
}
