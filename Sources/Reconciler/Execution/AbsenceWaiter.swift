internal import KubeClient
internal import Resources

/// Waits until objects that are being deleted are gone.
struct AbsenceWaiter {
    let client: KubeClient

    /// Returns when the object is gone, or another one has its name.
    ///
    /// It polls, because a deletion ends with whichever comes first.
    /// - Throws: `StepFailure` with the finalizers that hold the object when the time is over; `CancellationError`.
    func wait(for leaving: KubernetesObject, as resource: APIResource, timeout: Duration) async throws {
        let identity = leaving.identity
        let stopwatch = Stopwatch(client.clock)
        var delay = Duration.milliseconds(50)
        while let live = try await client.get(resource, namespace: identity.namespace, name: identity.name) {
            if live.uid != leaving.uid { return }
            guard stopwatch.elapsed() < timeout else { throw stuck(live, timeout) }
            try await client.clock.sleep(for: min(delay, timeout - stopwatch.elapsed()))
            delay = min(delay * 2, .seconds(2))
        }
    }

    private func stuck(_ live: KubernetesObject, _ timeout: Duration) -> StepFailure {
        let finalizers = (live.metadata["finalizers"]?.array ?? []).compactMap(\.string)
        return StepFailure(
            phase: .deletion,
            message: "not gone after \(timeout.brief)"
                + (finalizers.isEmpty ? "" : ": finalizers \(finalizers.joined(separator: ", ")) hold it"),
            details: [],
            hint: finalizers.isEmpty ? nil : "find out why the finalizers' controllers do not remove them"
        )
    }
}
