internal import FoundationEssentials
internal import Resources

// MARK: the status and what it says of progress (pkg/controller/deployment/progress.go)
extension DeploymentSync {
    private static let noDeadline = Int(Int32.max)

    var hasDeadline: Bool { (deployment.spec["progressDeadlineSeconds"]?.integer ?? 600) != Self.noDeadline }

    private var allowance: Double { Double(deployment.spec["progressDeadlineSeconds"]?.integer ?? 600) }

    private func total(_ field: String) -> Int { allSets.reduce(0) { $0 + $1.statusNumber(field) } }

    var isComplete: Bool {
        newSet?.statusNumber("replicas") ?? 0 == numbers.desired && total("replicas") == numbers.desired
            && total("availableReplicas") == numbers.desired
    }

    /// `SetDeploymentCondition`: what says the same again is no news.
    mutating func setProgress(_ status: String, _ reason: String, _ message: String, now: Date, isNews: Bool = false) {
        let former = conditions["Progressing"]
        if !isNews, former?["status"]?.string == status, former?["reason"]?.string == reason { return }
        conditions.set("Progressing", status, reason, message, now: now, fields: ["lastUpdateTime": now.apiTime])
        // The controller puts what it has news of behind the others.
        if let condition = conditions["Progressing"], former != nil { conditions.replace(condition) }
    }

    /// A paused rollout has no deadline (`checkPausedConditions`).
    mutating func notePause(now: Date) {
        guard hasDeadline else { return }
        let reason = conditions["Progressing"]?["reason"]?.string
        if reason == "ProgressDeadlineExceeded" { return }
        if isPaused, reason != "DeploymentPaused" {
            setProgress("Unknown", "DeploymentPaused", "Deployment is paused", now: now)
        } else if !isPaused, reason == "DeploymentPaused" {
            setProgress("Unknown", "DeploymentResumed", "Deployment is resumed", now: now)
        }
    }

    mutating func plainStatus(now: Date) -> Value {
        noteAvailability(now: now)
        let specified = allSets.reduce(0) { $0 + $1.replicas }
        var status = deployment.status.isNull ? [:] : deployment.status
        status["observedGeneration"] = deployment.generation.flatMap(Value.nonZero)
        status["replicas"] = .nonZero(total("replicas"))
        status["updatedReplicas"] = .nonZero(newSet?.statusNumber("replicas") ?? 0)
        status["readyReplicas"] = .nonZero(total("readyReplicas"))
        status["availableReplicas"] = .nonZero(total("availableReplicas"))
        status["unavailableReplicas"] = .nonZero(max(0, specified - total("availableReplicas")))
        if collisions > 0 { status["collisionCount"] = .number(collisions) }
        status["conditions"] = conditions.value
        return status
    }

    private mutating func noteAvailability(now: Date) {
        let isAvailable = total("availableReplicas") >= numbers.minAvailable
        let status = isAvailable ? "True" : "False"
        let reason = isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"
        if conditions["Available"]?["status"]?.string == status { return }
        let message = "Deployment \(isAvailable ? "has" : "does not have") minimum availability."
        conditions.set("Available", status, reason, message, now: now, fields: ["lastUpdateTime": now.apiTime])
        if let condition = conditions["Available"] { conditions.replace(condition) }
    }

    /// The status of a rollout under way (`syncRolloutStatus`).
    mutating func progressStatus(now: Date) -> Value {
        let former = conditions["Progressing"]
        if hasDeadline {
            let updated = newSet?.statusNumber("replicas") ?? 0
            let wasComplete =
                total("replicas") == updated && former?["reason"]?.string == "NewReplicaSetAvailable"
            if !wasComplete { noteProgress(now: now) }
        } else {
            conditions.remove("Progressing")
        }
        noteFailure(now: now)
        return plainStatus(now: now)
    }

    private mutating func noteProgress(now: Date) {
        let subject = newSet.map { "ReplicaSet \"\($0.name)\"" } ?? "Deployment \"\(deployment.name)\""
        if isComplete {
            setProgress(
                "True", "NewReplicaSetAvailable", "\(subject) has successfully progressed.", now: now)
        } else if hasProgressed {
            setProgress("True", "ReplicaSetUpdated", "\(subject) is progressing.", now: now, isNews: true)
        } else if isLate(now: now) {
            setProgress(
                "False", "ProgressDeadlineExceeded", "\(subject) has timed out progressing.", now: now)
        }
        let condition = conditions["Progressing"]
        if ["ProgressDeadlineExceeded", "NewReplicaSetAvailable"].contains(condition?["reason"]?.string) { return }
        // Times are whole seconds: a deadline is over when the second after it begins (`requeueStuckDeployment`).
        deadline = condition?["lastUpdateTime"]?.instant?.addingTimeInterval(allowance + 1)
    }

    private var hasProgressed: Bool {
        let updated = newSet?.statusNumber("replicas") ?? 0
        let formerUpdated = deployment.statusNumber("updatedReplicas")
        return updated > formerUpdated
            || total("replicas") - updated < deployment.statusNumber("replicas") - formerUpdated
            || total("readyReplicas") > deployment.statusNumber("readyReplicas")
            || total("availableReplicas") > deployment.statusNumber("availableReplicas")
    }

    private func isLate(now: Date) -> Bool {
        guard let condition = conditions["Progressing"], let since = condition["lastUpdateTime"]?.instant else {
            return false
        }
        switch condition["reason"]?.string {
        case "NewReplicaSetAvailable": return false
        case "ProgressDeadlineExceeded": return true
        default: return since.addingTimeInterval(allowance) < now
        }
    }

    /// What keeps ReplicaSets from making pods, the new one's first.
    private mutating func noteFailure(now: Date) {
        let sets = (newSet.map { [$0] } ?? []) + oldSets
        let failure = sets.lazy.compactMap { Conditions($0)["ReplicaFailure"] }.first
        guard let failure else { return conditions.remove("ReplicaFailure") }
        let former = conditions["ReplicaFailure"]
        if former?["reason"] == failure["reason"], former?["status"] == failure["status"] { return }
        conditions.set(
            "ReplicaFailure", failure["status"]?.string ?? "True", failure["reason"]?.string,
            failure["message"]?.string, now: now,
            fields: ["lastUpdateTime": failure["lastTransitionTime"] ?? now.apiTime])
    }
}
