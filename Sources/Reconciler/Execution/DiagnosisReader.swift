internal import FoundationEssentials
internal import Health
internal import KubeClient
internal import Resources

/// Reads what explains an object's health: its pods, their events and logs.
struct DiagnosisReader {
    let client: KubeClient
    let discovery: Discovery
    let now: @Sendable () -> Date

    /// Why the object is not healthy; nil where it is, or where its controller has not looked at it yet.
    ///
    /// What may not be read is left out: a diagnosis is help, never a reason to fail.
    func diagnose(_ object: KubernetesObject, context: HealthContext) async -> Diagnosis? {
        var context = context
        context.now = now()
        guard HealthDiagnosis.applies(to: object, context: context) else { return nil }
        var evidence = HealthEvidence()
        for need in HealthDiagnosis.needs(object) {
            let found = await objects(of: need)
            if need.groupVersionKind.kind == "Event" { evidence.events += found } else { evidence.objects += found }
        }
        for request in HealthDiagnosis.logsNeeded(for: object, evidence: evidence) {
            evidence.logs[request] = await lines(of: request)
        }
        return HealthDiagnosis.diagnose(object, evidence: evidence, context: context)
    }

    private func objects(of need: RelatedList) async -> [KubernetesObject] {
        guard case .found(let resource) = discovery.resource(for: need.groupVersionKind) else { return [] }
        let list = try? await client.list(
            resource,
            namespace: need.namespace,
            labelSelector: need.labelSelector,
            fieldSelector: need.fieldSelector
        )
        return list?.items ?? []
    }

    private func lines(of request: LogRequest) async -> [String] {
        let text = try? await client.podLogs(
            namespace: request.namespace,
            pod: request.pod,
            container: request.container,
            previous: request.previous,
            tailLines: 10
        )
        return (text ?? "").split(separator: "\n").map(String.init)
    }
}
