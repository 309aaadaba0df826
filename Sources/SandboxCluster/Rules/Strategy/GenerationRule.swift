import Resources

/// Which changes of an object make a new generation of it.
enum GenerationRule: Sendable {
    /// A change of one of these fields.
    case fields([String])
    /// A change of the spec or of the annotations.
    case specOrAnnotations
    /// Any change outside of these fields.
    case allBut([String])
    /// None: the generation stays 1.
    case never

    /// The rule of a built-in kind; nil where its generation is not counted.
    static func of(_ kind: GroupKind, _ version: KubernetesVersion) -> GenerationRule? {
        guard let entry = builtIn[kind.description], version.minor >= entry.since else { return nil }
        return entry.rule
    }

    /// A custom resource's spec is everything but its metadata and, where that is a subresource, its status.
    static func ofCustom(_ resource: ResourceDefinition) -> GenerationRule {
        .allBut(resource.hasStatus ? ["metadata", "status"] : ["metadata"])
    }

    func isNewGeneration(_ new: Value, after old: Value) -> Bool {
        switch self {
        case .fields(let keys): return keys.contains { new[$0] != old[$0] }
        case .specOrAnnotations:
            return new["spec"] != old["spec"]
                || new[path: "metadata", "annotations"] != old[path: "metadata", "annotations"]
        case .allBut(let keys):
            func rest(_ object: Value) -> [String: Value] { (object.object ?? [:]).filter { !keys.contains($0.key) } }
            return rest(new) != rest(old)
        case .never: return false
        }
    }

    private static let spec = GenerationRule.fields(["spec"])

    /// Since which minor version a kind's generation is counted; 0 stands for those of old.
    private static let builtIn: [String: (rule: GenerationRule, since: Int)] = [
        "ReplicationController": (spec, 0),
        "PodTemplate": (.fields(["template"]), 22),
        "Deployment.apps": (.specOrAnnotations, 0),
        "ReplicaSet.apps": (spec, 0),
        "StatefulSet.apps": (spec, 0),
        "DaemonSet.apps": (spec, 0),
        "Job.batch": (spec, 22),
        "CronJob.batch": (spec, 21),
        "Ingress.networking.k8s.io": (spec, 0),
        "Ingress.extensions": (spec, 0),
        "IngressClass.networking.k8s.io": (spec, 0),
        "NetworkPolicy.networking.k8s.io": (spec, 0),
        "EndpointSlice.discovery.k8s.io": (.allBut(["metadata"]), 0),
        "PodDisruptionBudget.policy": (spec, 0),
        "PriorityClass.scheduling.k8s.io": (.never, 0),
        "FlowSchema.flowcontrol.apiserver.k8s.io": (spec, 0),
        "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io": (spec, 0),
        "MutatingWebhookConfiguration.admissionregistration.k8s.io": (.fields(["webhooks"]), 0),
        "ValidatingWebhookConfiguration.admissionregistration.k8s.io": (.fields(["webhooks"]), 0),
        "ValidatingAdmissionPolicy.admissionregistration.k8s.io": (spec, 0),
        "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io": (spec, 0),
        "CustomResourceDefinition.apiextensions.k8s.io": (spec, 0),
    ]
}
