internal import Resources

/// Why a PersistentVolumeClaim is not bound.
struct ClaimFindings {
    let evidence: HealthEvidence
    let context: HealthContext

    /// A finding where the claim is not bound, with the provisioner's or the volume controller's message.
    func finding(for claim: KubernetesObject) -> Finding? {
        let health = Health.assess(claim, context: context)
        guard health.status != .current else { return nil }
        let event = evidence.events(about: claim).first { Self.reasons.contains($0.reason) }
        return Finding(
            rank: .volume,
            severity: health.status == .failed ? .failed : .waiting,
            reason: event?.reason ?? health.reason,
            headline: "\(claim.identity) is not bound: \(event?.message ?? health.message)",
            subject: claim
        )
    }

    /// A line for each claim of the pod that is not bound.
    func details(of pod: PodStatus) -> [String] {
        let claims = Set(pod.claimIdentities)
        var context = context
        context.consumedClaims.formUnion(claims)
        let findings = ClaimFindings(evidence: evidence, context: context)
        return evidence.objects.filter { claims.contains($0.identity) }
            .compactMap(findings.finding).map(\.headline)
    }

    /// The events of the volume controllers; `ExternalProvisioning` only says that they wait.
    private static let reasons: Set<String> = ["ProvisioningFailed", "FailedBinding", "VolumeMismatch"]
}
