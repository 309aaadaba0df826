internal import Resources

/// The pods that an object makes: those of a workload's template, or the Pod itself.
struct PodTemplate {
    let spec: Value
    let labels: [String: String]
    /// Whether the pods are there to stay, unlike those of a Job.
    let isPermanent: Bool

    /// Nil for an object that makes no pods. A custom resource makes pods if it has a template with containers where
    /// Kubernetes' own workloads have theirs.
    init?(of object: KubernetesObject) {
        switch object.kind {
        case "Pod": self.init(template: object.value, isPermanent: true)
        case "CronJob":
            self.init(template: object.value[path: "spec", "jobTemplate", "spec", "template"], isPermanent: false)
        case "PodTemplate": self.init(template: object.value["template"], isPermanent: false)
        default: self.init(template: object.value[path: "spec", "template"], isPermanent: object.kind != "Job")
        }
    }

    private init?(template: Value?, isPermanent: Bool) {
        guard let template, let spec = template["spec"], spec["containers"]?.array != nil else { return nil }
        self.spec = spec
        self.isPermanent = isPermanent
        labels = (template[path: "metadata", "labels"]?.object ?? [:]).compactMapValues(\.string)
    }

    /// Every container with what to call it: `container web`, `init container migrate`.
    var containers: [(title: String, value: Value)] {
        [
            ("containers", "container"), ("initContainers", "init container"),
            ("ephemeralContainers", "ephemeral container"),
        ]
        .flatMap { field, title in
            (spec[field]?.array ?? []).map { ("\(title) \($0["name"]?.string ?? "")", $0) }
        }
    }
}
