import Resources

// pkg/apis/autoscaling/*/defaults.go
extension DefaultRule {
    static let autoscaling: [String: DefaultRule] = [
        "autoscaling/v1 HorizontalPodAutoscaler": DefaultRule(body: cpuPercentage),
        "autoscaling/v1 HorizontalPodAutoscalerSpec": DefaultRule(["minReplicas": 1]),
        "autoscaling/v2beta1 HorizontalPodAutoscalerSpec": DefaultRule(["minReplicas": 1]) { fields, _ in
            fields.setDefault("metrics", [resourceMetric(["targetAverageUtilization": .integer(usualPercentage)])])
        },
        "autoscaling/v2beta2 HorizontalPodAutoscalerSpec": DefaultRule(["minReplicas": 1], then: metricsAndBehavior),
        "autoscaling/v2 HorizontalPodAutoscalerSpec": DefaultRule(["minReplicas": 1], then: metricsAndBehavior),
    ]

    private static let usualPercentage: Int64 = 80

    private static func resourceMetric(_ target: [String: Value]) -> Value {
        ["type": "Resource", "resource": .object(target.merging(["name": "cpu"]) { $1 })]
    }

    /// The newer versions keep their metrics in an annotation of the first.
    private static func cpuPercentage(_ fields: inout [String: Value]) {
        let annotations = fields["metadata"]?["annotations"]
        guard annotations?["autoscaling.alpha.kubernetes.io/metrics"] == nil else { return }
        fields.edit("spec") { $0.setDefault("targetCPUUtilizationPercentage", .integer(usualPercentage)) }
    }

    private static func metricsAndBehavior(_ fields: inout [String: Value], _: KubernetesVersion) {
        let target: Value = ["type": "Utilization", "averageUtilization": .integer(usualPercentage)]
        fields.setDefault("metrics", [resourceMetric(["target": target])])
        fields.edit("behavior") { behavior in
            behavior.editOrMake("scaleUp") { $0.merge(scaleUp) { given, _ in given } }
            behavior.editOrMake("scaleDown") { $0.merge(scaleDown) { given, _ in given } }
        }
    }

    private static let scaleUp: [String: Value] = [
        "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
        "policies": [
            ["type": "Pods", "value": 4, "periodSeconds": 15], ["type": "Percent", "value": 100, "periodSeconds": 15],
        ],
    ]

    private static let scaleDown: [String: Value] = [
        "selectPolicy": "Max", "policies": [["type": "Percent", "value": 100, "periodSeconds": 15]],
    ]
}
