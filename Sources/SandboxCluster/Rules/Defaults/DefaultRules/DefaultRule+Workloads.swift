import Resources

// pkg/apis/apps/v1/defaults.go, pkg/apis/batch/v1/defaults.go, pkg/apis/policy/v1beta1/defaults.go
extension DefaultRule {
    static let workloads: [String: DefaultRule] = [
        "apps/v1 DeploymentSpec": DefaultRule([
            "replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
        ]),
        "apps/v1 DeploymentStrategy": DefaultRule(["type": "RollingUpdate"]) { fields, _ in
            rolling(&fields, ["maxUnavailable": "25%", "maxSurge": "25%"])
        },
        "apps/v1 ReplicaSetSpec": DefaultRule(["replicas": 1]),
        "apps/v1 DaemonSetSpec": DefaultRule(["revisionHistoryLimit": 10]),
        "apps/v1 DaemonSetUpdateStrategy": DefaultRule(["type": "RollingUpdate"]) { fields, version in
            rolling(&fields, version.minor >= 22 ? ["maxUnavailable": 1, "maxSurge": 0] : ["maxUnavailable": 1])
        },
        "apps/v1 StatefulSetSpec": DefaultRule(
            ["replicas": 1, "podManagementPolicy": "OrderedReady", "revisionHistoryLimit": 10], then: statefulSet),
        "apps/v1 StatefulSetUpdateStrategy": DefaultRule(body: statefulSetStrategy),
        "batch/v1 Job": DefaultRule { fields, version in fields.edit("spec") { job(&$0, version) } },
        "batch/v1 CronJobSpec": DefaultRule([
            "concurrencyPolicy": "Allow", "suspend": false, "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 1,
        ]),
        "policy/v1beta1 PodSecurityPolicySpec": DefaultRule(["allowPrivilegeEscalation": true]),
    ]

    private static func rolling(_ strategy: inout [String: Value], _ defaults: [String: Value]) {
        guard strategy["type"] == "RollingUpdate" else { return }
        strategy.editOrMake("rollingUpdate") { $0.merge(defaults) { given, _ in given } }
    }

    /// Only a strategy whose type is not given gets its partition; one of a given type gets it where it has the object.
    private static func statefulSetStrategy(_ fields: inout [String: Value]) {
        if fields["type"] == nil {
            fields["type"] = "RollingUpdate"
            fields.setDefault("rollingUpdate", [:])
        }
        if fields["type"] == "RollingUpdate" { fields.edit("rollingUpdate") { $0.setDefault("partition", 0) } }
    }

    private static func statefulSet(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        fields.editEach("volumeClaimTemplates") { claim in
            claim["apiVersion"] = "v1"
            claim["kind"] = "PersistentVolumeClaim"
        }
        if version.minor >= 27 {
            fields.editOrMake("persistentVolumeClaimRetentionPolicy") { policy in
                policy.setDefault("whenDeleted", "Retain")
                policy.setDefault("whenScaled", "Retain")
            }
        }
    }

    /// A job alone; that of a CronJob's template gets its defaults when it is made.
    private static func job(_ spec: inout [String: Value], _ version: KubernetesVersion) {
        if spec["completions"] == nil, spec["parallelism"] == nil { spec["completions"] = 1 }
        spec.setDefault("parallelism", 1)
        let hasLimitPerIndex = spec["backoffLimitPerIndex"] != nil
        spec.setDefault("backoffLimit", hasLimitPerIndex ? .integer(Int64(Int32.max)) : 6)
        // Behind a feature gate that is off there.
        if version.minor < 21 { spec["ttlSecondsAfterFinished"] = nil }
        if version.minor >= 22 {
            spec.setDefault("completionMode", "NonIndexed")
            spec.setDefault("suspend", false)
        }
        if version.minor >= 29 {
            let replacesFailed = spec["podFailurePolicy"] != nil
            spec.setDefault("podReplacementPolicy", replacesFailed ? "Failed" : "TerminatingOrFailed")
        }
    }
}
