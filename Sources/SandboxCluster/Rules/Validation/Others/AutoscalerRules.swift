internal import Resources

/// Horizontal pod autoscalers (pkg/apis/autoscaling/validation), and the scale of workloads.
struct AutoscalerRules {
    /// `v1`, `v2beta1`, `v2beta2`, `v2`.
    let version: String

    func check(_ autoscaler: Field, _ findings: inout Findings) {
        MetadataRules.check(autoscaler["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(autoscaler["metadata"], &findings)
        checkSpec(autoscaler["spec"], leastReplicas: 1, &findings)
    }

    func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        let before = old[path: "spec", "minReplicas"]
        checkSpec(new["spec"], leastReplicas: before.integer == 0 ? 0 : 1, &findings)
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        for name in ["currentReplicas", "desiredReplicas"] { findings.checkNotNegative(new["status"][name]) }
    }

    /// The `scale` subresource.
    static func checkScale(_ scale: Field, _ findings: inout Findings) {
        MetadataRules.check(scale["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        findings.checkNotNegative(scale[path: "spec", "replicas"])
    }

    private func checkSpec(_ spec: Field, leastReplicas: Int, _ findings: inout Findings) {
        let (least, most) = (spec["minReplicas"], spec["maxReplicas"])
        if least.isPresent, least.number < leastReplicas {
            findings.invalid(least, "must be greater than or equal to \(leastReplicas)")
        }
        if most.number < 1 { findings.invalid(most, shown: String(most.number), "must be greater than 0") }
        if least.isPresent, most.number < least.number {
            findings.invalid(
                most, shown: String(most.number), "must be greater than or equal to `minReplicas`")
        }
        Self.checkReference(spec["scaleTargetRef"], &findings)
        if version == "v1" {
            checkUtilization(spec, &findings)
        } else if version != "v2beta1" {
            for metric in spec["metrics"].elements { MetricRules.check(metric, &findings) }
        }
        let outside = spec["metrics"].elements.contains { ["Object", "External"].contains($0["type"].string) }
        if least.integer == 0, !outside {
            findings.forbidden(
                spec["metrics"],
                "must specify at least one Object or External metric to support scaling to zero replicas")
        }
        for direction in ["scaleUp", "scaleDown"] { checkBehaviour(spec["behavior"][direction], &findings) }
    }

    /// The server takes it for a metric of newer versions, and calls it so.
    private func checkUtilization(_ spec: Field, _ findings: inout Findings) {
        let utilization = spec["targetCPUUtilizationPercentage"]
        guard utilization.isPresent, utilization.number < 1 else { return }
        let target = spec["metrics"].place[0]["resource"]["target"]
        findings.invalid(utilization.named(target["averageUtilization"]), "must be greater than 0")
    }

    static func checkReference(_ reference: Field, _ findings: inout Findings) {
        for name in ["kind", "name"] {
            if reference[name].isEmpty {
                findings.required(reference[name])
            } else {
                findings.invalid(reference[name], all: Names.pathSegment(reference[name].string))
            }
        }
    }

    private func checkBehaviour(_ rules: Field, _ findings: inout Findings) {
        guard rules.isPresent else { return }
        let window = rules["stabilizationWindowSeconds"]
        if window.number < 0 { findings.invalid(window, "must be greater than or equal to zero") }
        if window.number > 3600 { findings.invalid(window, "must be less than or equal to 3600") }
        findings.checkSupported(rules["selectPolicy"], ["Disabled", "Max", "Min"])
        let policies = rules["policies"]
        // Left out, policies are the server's own.
        if policies.isPresent, policies.isEmpty { findings.required(policies, "must specify at least one Policy") }
        for policy in policies.elements {
            if !["Percent", "Pods"].contains(policy["type"].string) {
                findings.unsupported(policy["type"], supported: ["Percent", "Pods"])
            }
            for name in ["value", "periodSeconds"] where policy[name].number <= 0 {
                findings.invalid(policy[name], shown: String(policy[name].number), "must be greater than zero")
            }
            if policy["periodSeconds"].number > 1800 {
                findings.invalid(policy["periodSeconds"], "must be less than or equal to 1800")
            }
        }
    }
}

/// What an autoscaler goes by (`validateMetricSpec`).
enum MetricRules {
    private static let types = ["ContainerResource", "External", "Object", "Pods", "Resource"]
    private static let sources = ["object", "external", "pods", "resource", "containerResource"]

    static func check(_ metric: Field, _ findings: inout Findings) {
        let type = metric["type"]
        if type.isEmpty { findings.required(type, "must specify a metric source type") }
        if !types.contains(type.string) { findings.unsupported(type, supported: types) }
        let present = sources.filter { metric[$0].isPresent }
        if let first = present.first { checkSource(first, metric[first], &findings) }
        guard types.contains(type.string) else {
            return findings.unsupported(type, supported: types)
        }
        let expected = type.string.prefix(1).lowercased() + type.string.dropFirst()
        if !metric[expected].isPresent {
            findings.required(metric[expected], "must populate information for the given metric source")
        }
        if present.count != 1 {
            for name in present.sorted() where name != expected {
                findings.forbidden(metric[name], "must populate the given metric source only")
            }
        }
    }

    private static func checkSource(_ name: String, _ source: Field, _ findings: inout Findings) {
        let target = source["target"]
        switch name {
        case "object":
            AutoscalerRules.checkReference(source["describedObject"], &findings)
            checkIdentifier(source["metric"], &findings)
            checkTarget(target, &findings)
            if !target["value"].isPresent, !target["averageValue"].isPresent {
                findings.required(target["averageValue"], "must set either a target value or averageValue")
            }
        case "external":
            checkIdentifier(source["metric"], &findings)
            checkTarget(target, &findings)
            if !target["value"].isPresent, !target["averageValue"].isPresent {
                findings.required(
                    target["averageValue"], "must set either a target value for metric or a per-pod target")
            }
            if target["value"].isPresent, target["averageValue"].isPresent {
                findings.forbidden(
                    target["value"], "may not set both a target value for metric and a per-pod target")
            }
        case "pods":
            checkIdentifier(source["metric"], &findings)
            checkTarget(target, &findings)
            if !target["averageValue"].isPresent {
                findings.required(target["averageValue"], "must specify a positive target averageValue")
            }
        default: checkResource(name, source, target, &findings)
        }
    }

    private static func checkResource(
        _ name: String, _ source: Field, _ target: Field, _ findings: inout Findings
    ) {
        if source["name"].isEmpty {
            findings.required(source["name"], "must specify a resource name")
        } else if name == "containerResource" {
            ResourceRules.checkContainerName(source["name"].string, source["name"], &findings)
        }
        if name == "containerResource" {
            if source["container"].isEmpty {
                findings.required(source["container"], "must specify a container")
            } else {
                findings.invalid(source["container"], all: Names.dnsLabel(source["container"].string))
            }
        }
        checkTarget(target, &findings)
        let (share, amount) = (target["averageUtilization"], target["averageValue"])
        if !share.isPresent, !amount.isPresent {
            findings.required(share, "must set either a target raw value or a target utilization")
        }
        if share.isPresent, amount.isPresent {
            findings.forbidden(amount, "may not set both a target raw value and a target utilization")
        }
    }

    private static func checkIdentifier(_ metric: Field, _ findings: inout Findings) {
        if metric["name"].isEmpty {
            findings.required(metric["name"], "must specify a metric name")
        } else {
            findings.invalid(metric["name"], all: Names.pathSegment(metric["name"].string))
        }
    }

    private static func checkTarget(_ target: Field, _ findings: inout Findings) {
        let type = target["type"]
        if type.isEmpty { findings.required(type, "must specify a metric target type") }
        if !["Utilization", "Value", "AverageValue"].contains(type.string) {
            findings.invalid(type, "must be either Utilization, Value, or AverageValue")
        }
        for name in ["value", "averageValue"] {
            guard let quantity = target[name].quantity, quantity.nanos <= 0 else { continue }
            findings.invalid(target[name], shown: GoSyntax.quantity(quantity), "must be positive")
        }
        let share = target["averageUtilization"]
        if share.isPresent, share.number < 1 { findings.invalid(share, "must be greater than 0") }
    }
}
