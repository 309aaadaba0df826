package import Resources

/// Explains why an object is not healthy: a walk from the object over its ReplicaSets to its pods, claims and events.
package enum HealthDiagnosis {
    /// Why the object is not current; nil where it is, and where its controller has not yet seen the latest change,
    /// so that everything below it is still that of the one before.
    package static func diagnose(
        _ object: KubernetesObject, evidence: HealthEvidence, context: HealthContext = HealthContext()
    ) -> Diagnosis? {
        let health = Health.assess(object, context: context)
        guard isExplicable(health) else { return nil }
        var findings = findings(about: object, evidence, context)
        if health.status == .failed {
            findings = findings.map { finding in
                var finding = finding
                finding.severity = .failed
                return finding
            }
        }
        guard let diagnosis = Diagnosis(findings, about: object) else { return plain(health, object, evidence) }
        let isAboutDescendant = diagnosis.subject != object.identity
        return isAboutDescendant && health.status == .failed ? diagnosis.adding(health.message) : diagnosis
    }

    /// Whether `diagnose` has anything to say of an object: only then is it worth reading what it needs.
    package static func applies(to object: KubernetesObject, context: HealthContext) -> Bool {
        isExplicable(Health.assess(object, context: context))
    }

    private static func isExplicable(_ health: ObjectHealth) -> Bool {
        (health.status == .inProgress || health.status == .failed) && health.reason != "LatestGenerationNotObserved"
    }

    /// The logs that would make the diagnosis better, at most those of two containers: of crashed ones, the worst first.
    package static func logsNeeded(for object: KubernetesObject, evidence: HealthEvidence) -> [LogRequest] {
        let crashed = NewestRevision(of: object, evidence: evidence).pods.flatMap { pod in
            PodStatus(pod).containers.filter { !$0.isReady && $0.termination.map { $0.exitCode != 0 } ?? false }
                .map { (request: LogRequest($0, of: pod), restarts: $0.restarts) }
        }
        return Array(crashed.sorted { $0.restarts > $1.restarts }.map(\.request).prefix(2))
    }

    private static func findings(
        about object: KubernetesObject, _ evidence: HealthEvidence, _ context: HealthContext
    ) -> [Finding] {
        switch object.groupVersionKind.groupKind {
        case GroupKind(group: "", kind: "PersistentVolumeClaim"):
            ClaimFindings(evidence: evidence, context: context).finding(for: object).map { [$0] } ?? []
        case let groupKind where podMakers.contains(groupKind):
            workloadFindings(about: object, evidence, context)
        default:
            []
        }
    }

    static let podMakers: Set<GroupKind> = [
        GroupKind(group: "apps", kind: "Deployment"), GroupKind(group: "apps", kind: "ReplicaSet"),
        GroupKind(group: "apps", kind: "StatefulSet"), GroupKind(group: "apps", kind: "DaemonSet"),
        GroupKind(group: "batch", kind: "Job"), GroupKind(group: "", kind: "ReplicationController"),
        GroupKind(group: "", kind: "Pod"),
    ]

    private static func workloadFindings(
        about object: KubernetesObject, _ evidence: HealthEvidence, _ context: HealthContext
    ) -> [Finding] {
        let revision = NewestRevision(of: object, evidence: evidence)
        func findings(of pods: [KubernetesObject]) -> [Finding] {
            pods.flatMap {
                PodFindings($0, evidence: evidence, context: context, runsToCompletion: object.kind == "Job").all
            }
        }
        var result = findings(of: revision.pods)
        if revision.pods.count < wantedPods(of: revision.maker),
            let creation = CreationFindings(evidence: evidence, context: context).finding(for: revision.maker)
        {
            result.append(creation)
        }
        if result.isEmpty {
            // A StatefulSet replaces no pod while an older one is not ready.
            result = findings(of: revision.olderPods).map { finding in
                Finding(
                    rank: finding.rank, severity: .waiting, reason: finding.reason,
                    headline: "a pod of the revision before is not ready: \(finding.headline)",
                    details: finding.details, subject: finding.subject
                )
            }
        }
        return result
    }

    private static func wantedPods(of maker: KubernetesObject) -> Int {
        maker.spec["replicas"]?.integer ?? maker.spec["parallelism"]?.integer
            ?? maker.status["desiredNumberScheduled"]?.integer ?? 1
    }

    /// The health's own message, and the newest warning about the object.
    private static func plain(
        _ health: ObjectHealth, _ object: KubernetesObject, _ evidence: HealthEvidence
    ) -> Diagnosis {
        let warning = evidence.events(about: object).first { $0.isWarning && $0.message != health.message }
        return Diagnosis(
            severity: health.status == .failed ? .failed : .waiting,
            reason: health.reason,
            headline: health.message,
            details: warning.map { ["\($0.reason): \($0.message)"] } ?? [],
            subject: object.identity
        )
    }
}

extension Diagnosis {
    /// The same with one more detail at the end, unless it says nothing new.
    fileprivate func adding(_ detail: String) -> Diagnosis {
        guard detail != headline, !details.contains(detail) else { return self }
        return Diagnosis(
            severity: severity, reason: reason, headline: headline, details: details + [detail], subject: subject
        )
    }
}
