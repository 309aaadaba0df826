internal import Resources

/// Kinds of which there is little to say.
enum SmallKindRules {
    /// Only metadata.
    static func checkPlain(_ object: Field, isNamespaced: Bool, _ findings: inout Findings) {
        MetadataRules.check(object["metadata"], isNamespaced: isNamespaced, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(object["metadata"], &findings)
    }

    static func checkPlainUpdate(_ new: Field, old: Field, isNamespaced: Bool, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkPlain(new, isNamespaced: isNamespaced, &findings)
    }

    static func checkMetadataUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
    }

    // MARK: PodDisruptionBudget, whose metadata is only looked at as that of any object

    static func checkBudget(_ budget: Field, _ findings: inout Findings) {
        let spec = budget["spec"]
        let (least, most) = (spec["minAvailable"], spec["maxUnavailable"])
        if least.isPresent, most.isPresent {
            let type = "intstr.IntOrString"
            let shown =
                "policy.PodDisruptionBudgetSpec{MinAvailable:\(GoSyntax.pointer(type, to: least)), "
                + "Selector:\(GoSyntax.pointer("v1.LabelSelector", to: spec["selector"])), "
                + "MaxUnavailable:\(GoSyntax.pointer(type, to: most))}"
            findings.invalid(spec, shown: shown, "minAvailable and maxUnavailable cannot be both set")
        }
        for portion in [least, most] where portion.isPresent {
            PortionRules.check(portion, &findings)
            PortionRules.checkAtMostAll(portion, &findings)
        }
        SelectorRules.check(spec["selector"], &findings)
        for name in ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] {
            findings.checkNotNegative(budget["status"][name])
        }
    }

    // MARK: Lease

    static func checkLease(_ lease: Field, _ findings: inout Findings) {
        checkPlain(lease, isNamespaced: true, &findings)
        checkLeaseSpec(lease["spec"], &findings)
    }

    static func checkLeaseUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        checkMetadataUpdate(new, old: old, &findings)
        checkLeaseSpec(new["spec"], &findings)
    }

    private static func checkLeaseSpec(_ spec: Field, _ findings: inout Findings) {
        let (duration, transitions) = (spec["leaseDurationSeconds"], spec["leaseTransitions"])
        if duration.isPresent, duration.number <= 0 { findings.invalid(duration, "must be greater than 0") }
        if transitions.number < 0 { findings.invalid(transitions, "must to greater or equal than 0") }
    }

    // MARK: PriorityClass

    private static let systemPriorities = [
        "system-node-critical": 2_000_001_000, "system-cluster-critical": 2_000_000_000,
    ]

    static func checkPriority(_ priority: Field, _ findings: inout Findings) {
        checkPlain(priority, isNamespaced: false, &findings)
        let (name, value) = (priority[path: "metadata", "name"], priority["value"])
        if name.string.hasPrefix("system-") {
            if let reason = reasonAgainstSystem(name.string, value.number, priority["globalDefault"].isTrue) {
                findings.forbidden(
                    name,
                    "priority class names with 'system-' prefix are reserved for system use only. error: \(reason)")
            }
        } else if value.number > 1_000_000_000 {
            findings.forbidden(value, "maximum allowed value of a user defined priority is 1000000000")
        }
        findings.checkSupported(priority["preemptionPolicy"], ["PreemptLowerPriority", "Never"])
    }

    private static func reasonAgainstSystem(_ name: String, _ value: Int, _ isDefault: Bool) -> String? {
        guard let known = systemPriorities[name] else { return "\(name) is not a known system priority class" }
        if known != value { return "value of \(name) PriorityClass must be \(known)" }
        return isDefault ? "globalDefault of \(name) PriorityClass must be false" : nil
    }

    static func checkPriorityUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        checkMetadataUpdate(new, old: old, &findings)
        if new["value"].number != old["value"].number {
            findings.forbidden(new["value"].named(.root["Value"]), "may not be changed in an update.")
        }
        findings.checkUnchanged(new["preemptionPolicy"], from: old["preemptionPolicy"])
    }

    // MARK: RuntimeClass

    static func checkRuntime(_ runtime: Field, _ findings: inout Findings) {
        checkPlain(runtime, isNamespaced: false, &findings)
        findings.invalid(runtime["handler"], all: Names.dnsLabel(runtime["handler"].string))
        let overhead = runtime["overhead"]
        if overhead.isPresent {
            ResourceRules.checkRequirements(
                Field(["limits": overhead["podFixed"].value ?? .null], at: overhead.place), &findings)
        }
        let scheduling = runtime["scheduling"]
        MetadataRules.checkLabels(scheduling["nodeSelector"], &findings)
        TolerationRules.check(
            scheduling["tolerations"].named(scheduling.place["tolerations"]["tolerations"]), &findings)
    }

    static func checkRuntimeUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        checkRuntime(new, &findings)
        checkMetadataUpdate(new, old: old, &findings)
        findings.checkUnchanged(new["handler"], from: old["handler"])
    }

    // MARK: Event

    static func checkEvent(_ event: Field, _ findings: inout Findings) {
        let own = event[path: "metadata", "namespace"].string
        let about = event["involvedObject"].isPresent ? event["involvedObject"] : event["regarding"]
        let namespace = about["namespace"].named(.root["involvedObject"]["namespace"])
        let isTimed = event["eventTime"].isPresent
        let isAtHome =
            namespace.isEmpty
            ? own == (isTimed ? "kube-system" : "default") || own.isEmpty && !isTimed || isTimed && own == "default"
            : isTimed || namespace.string == own
        if !isAtHome { findings.invalid(namespace, "does not match event.namespace") }
        findings.invalid(
            Field(.string(own), at: .root["namespace"]), all: Names.dnsSubdomain(own))
        if isTimed { checkTimedEvent(event, &findings) }
    }

    private static func checkTimedEvent(_ event: Field, _ findings: inout Findings) {
        let fields = [
            (
                "reportingController",
                event["reportingComponent"].isPresent ? "reportingComponent" : "reportingController"
            ),
            ("reportingInstance", "reportingInstance"), ("action", "action"), ("reason", "reason"),
        ]
        for (name, source) in fields {
            let field = event[source].named(.root[name])
            if field.isEmpty { findings.required(field) }
            if name == "reportingController" {
                findings.invalid(field, shown: GoSyntax.quoted(field.string), all: Names.qualified(field.string))
            } else if field.string.utf8.count > 128 {
                findings.invalid(field, shown: "\"\"", "can have at most 128 characters")
            }
        }
    }
}
