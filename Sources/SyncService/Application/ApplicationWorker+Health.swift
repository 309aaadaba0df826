internal import FoundationEssentials
internal import Health
internal import Planning

/// How the members are.
extension ApplicationWorker {
    /// Follows the members' health until the task is cancelled.
    func followHealth() async {
        while !Task.isCancelled {
            await healthSignal.wait()
            await readHealth()
            // What comes in bursts is told once.
            try? await world.clock.sleep(for: .seconds(1))
        }
    }

    func readHealth() async {
        let health = await target.watch.health(of: target.identity.applySetID)
        await guardHealth()
        guard health != self.health else { return }
        self.health = health
        tell(.health(target.name, health))
        await onHealth()
    }

    private func guardHealth() async {
        // What undoes the damage is not stopped for it.
        guard let current, !current.progress.isUndoing else { return }
        let healthy = await target.watch.healthy(of: target.identity.applySetID)
        guard let why = current.guardian.alarm(healthy: healthy, at: world.now()) else { return }
        tell(.stopped(current.run, why))
        current.stop.stop(because: why)
    }
}
