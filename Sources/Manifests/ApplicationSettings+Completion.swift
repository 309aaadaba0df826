extension ApplicationSettings {
    /// The same, with another's word on what these don't say: with the defaults of a source's own configuration, say.
    ///
    /// What the application is, where it is read from and which cluster it is brought to is no default.
    package func completed(by other: ApplicationSettings?) -> ApplicationSettings {
        guard let other else { return self }
        var result = self
        result.cluster = cluster ?? other.cluster
        result.timeout = timeout ?? other.timeout
        result.objectTimeout = objectTimeout ?? other.objectTimeout
        result.concurrency = concurrency ?? other.concurrency
        result.adopt = adopt ?? other.adopt
        result.forceConflicts = forceConflicts ?? other.forceConflicts
        result.prune = prune.completed(by: other.prune)
        result.hints = hints ?? other.hints
        result.replace = replace ?? other.replace
        result.protectedKinds = protectedKinds + other.protectedKinds.filter { !protectedKinds.contains($0) }
        result.lockTimeout = lockTimeout ?? other.lockTimeout
        result.rollback.enabled = rollback.enabled ?? other.rollback.enabled
        result.rollback.timeout = rollback.timeout ?? other.rollback.timeout
        result.keepRevisions = keepRevisions ?? other.keepRevisions
        let paused = Set(pauseAfter.map(\.object))
        result.pauseAfter = pauseAfter + other.pauseAfter.filter { !paused.contains($0.object) }
        result.dependsOn = dependsOn + other.dependsOn.filter { !dependsOn.contains($0) }
        result.sync = sync.completed(by: other.sync)
        return result
    }
}

extension ApplicationSettings.Prune {
    fileprivate func completed(by other: Self) -> Self {
        var result = self
        result.enabled = enabled ?? other.enabled
        result.maxCount = maxCount ?? other.maxCount
        result.maxPercent = maxPercent ?? other.maxPercent
        result.allowKinds = allowKinds.isEmpty ? other.allowKinds : allowKinds
        result.allowEmpty = allowEmpty ?? other.allowEmpty
        return result
    }
}
