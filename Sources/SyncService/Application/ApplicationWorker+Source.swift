internal import FoundationEssentials
internal import Manifests
internal import Planning

/// What the source says.
extension ApplicationWorker {
    /// Asks the source again and again until the task is cancelled.
    func poll() async {
        while !Task.isCancelled {
            await pollOnce()
            let interval = machine.rules.interval
            await pollSignal.wait(atMost: interval * (0.9 + 0.2 * world.random()), world.clock)
        }
    }

    private func pollOnce() async {
        let start = world.now()
        let asked = application
        let wanted = isWanted
        defer { if wanted { want() } }
        do {
            let tip = try await world.source.tip(asked)
            // It may have got another source meanwhile.
            guard asked.settings.source == application.settings.source else { return pollSignal.raise() }
            fetchFailure = nil
            let isNew = machine.observe(tip)
            let seconds = world.now().timeIntervalSince(start)
            tell(.polled(target.name, isNew ? .changed : .unchanged, seconds: seconds, failure: nil))
            await supersede(by: tip)
            guard isNew else { return }
            tell(.observed(target.name, tip))
            jobSignal.raise()
        } catch {
            if Task.isCancelled { return }
            fetchFailure = ErrorText.of(error)
            let seconds = world.now().timeIntervalSince(start)
            tell(.polled(target.name, .failed, seconds: seconds, failure: fetchFailure))
        }
    }

    private func want() {
        isWanted = false
        machine.request()
        jobSignal.raise()
    }

    /// A newer commit ends a run that only waits for health, where it declares something else.
    private func supersede(by tip: PlanSource) async {
        guard machine.rules.supersedes, let current, !current.source.isSameCommit(as: tip),
            current.progress.onlyWaits, let declared,
            let set = try? await world.manifests(
                of: application, at: tip, namespace: target.identity.namespace),
            set.digest != declared, self.current?.run == current.run, current.progress.onlyWaits
        else { return }
        tell(.stopped(current.run, "a newer commit has come: \(tip.commit ?? "")"))
        current.stop.stop()
    }
}
