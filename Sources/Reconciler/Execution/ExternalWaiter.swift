internal import Health
internal import KubeClient
internal import Resources

/// Waits for the health of objects that are no members, so that no watch of ours sees them: it asks now and then.
struct ExternalWaiter {
    let client: KubeClient
    let context: HealthContext
    let log: RunLog
    let timeout: Duration
    /// What a person can do about an object that does not become healthy.
    let hint: String?

    /// Returns when the object is current.
    /// - Throws: `StepFailure` where it failed or the time is over; `CancellationError`.
    func wait(for identity: ObjectIdentity, as resource: APIResource) async throws {
        let stopwatch = Stopwatch(client.clock)
        var told = ""
        while true {
            let live = try await client.get(resource, namespace: identity.namespace, name: identity.name)
            let health = live.map { Health.assess($0, context: context) }
            if health?.status == .current { return }
            let message = health?.message ?? "it does not exist"
            if health?.status == .failed {
                throw StepFailure(phase: .health, message: message, details: [], hint: hint)
            }
            guard stopwatch.elapsed() < timeout else {
                throw StepFailure(
                    phase: .timeout, message: "not healthy after \(timeout.brief): \(message)", details: [], hint: hint)
            }
            if message != told { await log.tell(.waiting, identity, message) }
            told = message
            try await client.clock.sleep(for: .seconds(2))
        }
    }
}
