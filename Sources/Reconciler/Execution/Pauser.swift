internal import Health
internal import KubeClient
internal import Planning
internal import Resources

/// Holds back what depends on an object that is healthy: a person may look at it first, or time shows whether it stays so.
struct Pauser {
    let client: KubeClient
    let context: HealthContext
    /// Asks a person whether to go on; nil where nobody can be asked.
    let confirm: (@Sendable (String) async throws -> Bool)?
    let log: RunLog

    /// Returns when the dependents may start.
    /// - Throws: `StepFailure` where the person says no, or the object does not stay healthy; `CancellationError`.
    func pause(_ pause: Pause, after object: KubernetesObject, as resource: APIResource?) async throws {
        let identity = object.identity
        switch pause {
        case .person:
            await log.tell(.paused, identity, "a person has to say yes")
            guard let confirm else {
                throw failure("nobody can be asked whether to go on", hint: "run it on a terminal, or set a soak")
            }
            guard try await confirm("\(identity) is healthy. Go on?") else {
                throw failure("a person has said no after it", hint: nil)
            }
        case .soak(let duration):
            await log.tell(.paused, identity, "it has to stay healthy for \(duration.brief)")
            if let resource { try await soak(identity, resource, duration) }
        }
        await log.tell(.healthy, identity)
    }

    private func soak(_ identity: ObjectIdentity, _ resource: APIResource, _ duration: Duration) async throws {
        let stopwatch = Stopwatch(client.clock)
        while stopwatch.elapsed() < duration {
            try await client.clock.sleep(for: min(.seconds(2), duration - stopwatch.elapsed()))
            let live = try await client.get(resource, namespace: identity.namespace, name: identity.name)
            let health = live.map { Health.assess($0, context: context) }
            if health?.status == .current { continue }
            let reason = health?.message ?? "it does not exist any more"
            throw failure(
                "it did not stay healthy: after \(stopwatch.elapsed().brief) of \(duration.brief), \(reason)", hint: nil
            )
        }
    }

    private func failure(_ message: String, hint: String?) -> StepFailure {
        StepFailure(phase: .pause, message: message, details: [], hint: hint)
    }
}
