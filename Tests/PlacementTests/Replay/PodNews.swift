import KubeClient
import Resources
import Synchronization

/// What becomes of the pods of a server, by one watch for all who wait.
final class PodNews: Sendable {
    private struct Story {
        var latest: KubernetesObject?
        var listener: AsyncStream<KubernetesObject?>.Continuation?
    }

    private let stories = Mutex<[String: Story]>([:])

    /// Takes in what the server tells, until cancelled.
    func follow(_ client: KubeClient) async throws {
        for try await event in client.feed(.pods) {
            switch event {
            case .listed(let pods): take(all: pods)
            case .changed(let pod): take(pod, of: pod.name)
            case .deleted(let pod): take(nil, of: pod.name)
            }
        }
    }

    /// The first that can be read from the states of a pod, beginning with the present one.
    ///
    /// - Parameters:
    ///   - name: Unique over all namespaces, and waited for by one task at a time.
    ///   - read: Gets nil while there is no such pod.
    /// - Returns: Nil where the time is over before.
    func first<Reading>(
        of name: String, within limit: Duration, _ read: (KubernetesObject?) -> Reading?
    ) async -> Reading? {
        let (states, listener) = AsyncStream<KubernetesObject?>.makeStream()
        stories.withLock { stories in
            listener.yield(stories[name]?.latest)
            stories[name, default: Story()].listener = listener
        }
        defer { stories.withLock { $0[name]?.listener = nil } }
        // The server decides in its own time, so that is what the limit is in.
        async let _: Void = {
            try? await Task.sleep(for: limit)
            listener.finish()
        }()
        for await state in states {
            if let reading = read(state) { return reading }
        }
        return nil
    }

    private func take(_ pod: KubernetesObject?, of name: String) {
        stories.withLock { stories in
            stories[name, default: Story()].latest = pod
            stories[name]?.listener?.yield(pod)
            if pod == nil, stories[name]?.listener == nil { stories[name] = nil }
        }
    }

    private func take(all pods: [KubernetesObject]) {
        let gone = Set(stories.withLock { $0.keys }).subtracting(pods.map(\.name))
        for pod in pods { take(pod, of: pod.name) }
        for name in gone { take(nil, of: name) }
    }
}
