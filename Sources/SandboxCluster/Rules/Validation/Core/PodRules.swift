internal import Resources

/// A pod (`ValidatePodCreate`, `ValidatePodSpec`).
enum PodRules {
    static func checkCreate(_ pod: Field, _ findings: inout Findings) {
        check(pod, &findings)
        let spec = pod["spec"]
        if !spec["ephemeralContainers"].isEmpty {
            findings.forbidden(spec["ephemeralContainers"], "cannot be set on create")
        }
        PodAnnotationRules.checkSeccompAgreement(pod[path: "metadata", "annotations"], spec, &findings)
    }

    static func check(_ pod: Field, _ findings: inout Findings) {
        let (metadata, spec) = (pod["metadata"], pod["spec"])
        MetadataRules.check(metadata, isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(metadata, &findings)
        PodAnnotationRules.check(metadata["annotations"], spec, &findings)
        checkSpec(spec, pod: metadata, &findings)
        if spec["serviceAccountName"].isEmpty, spec["serviceAccount"].isEmpty { checkNoTokens(spec, &findings) }
        for list in ["containers", "initContainers"] {
            for container in spec[list].elements { checkImageIsTrimmed(container["image"], &findings) }
        }
    }

    private static func checkNoTokens(_ spec: Field, _ findings: inout Findings) {
        for volume in spec["volumes"].elements {
            for source in volume[path: "projected", "sources"].elements where source["serviceAccountToken"].isPresent {
                findings.forbidden(
                    source["serviceAccountToken"], "must not be specified when serviceAccountName is not set")
            }
        }
    }

    static func checkImageIsTrimmed(_ image: Field, _ findings: inout Findings) {
        let text = image.string
        if text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false {
            findings.invalid(image, "must not have leading or trailing whitespace")
        }
    }

    /// - Parameter pod: the metadata of the pod; nil where it is a template's.
    static func checkSpec(_ spec: Field, pod: Field?, _ findings: inout Findings) {
        let volumes = VolumeRules.check(spec["volumes"], pod: pod, &findings)
        ContainerRules.check(spec["containers"], volumes, &findings)
        ContainerRules.checkInit(spec["initContainers"], others: spec["containers"], volumes, &findings)
        checkPolicies(spec, &findings)
        MetadataRules.checkLabels(spec["nodeSelector"], &findings)
        SecurityRules.checkPod(spec, &findings)
        AffinityRules.check(spec["affinity"], &findings)
        checkDNS(spec["dnsConfig"], policy: spec["dnsPolicy"], &findings)
        for gate in spec["readinessGates"].elements {
            let type = gate["conditionType"]
            findings.invalid(type, shown: GoSyntax.quoted(type.string), all: Names.qualified(type.string))
        }
        AffinityRules.checkSpread(spec["topologySpreadConstraints"], &findings)
        checkNamesAndTimes(spec, &findings)
    }

    private static func checkPolicies(_ spec: Field, _ findings: inout Findings) {
        findings.checkSupported(spec["restartPolicy"], ["Always", "OnFailure", "Never"])
        findings.checkSupported(spec["dnsPolicy"], ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"])
    }

    private static func checkNamesAndTimes(_ spec: Field, _ findings: inout Findings) {
        for name in ["serviceAccountName", "nodeName"] where !spec[name].isEmpty {
            findings.invalid(spec[name], all: Names.dnsSubdomain(spec[name].string))
        }
        if spec["activeDeadlineSeconds"].isPresent {
            findings.checkRange(spec["activeDeadlineSeconds"], 1...Int(Int32.max))
        }
        for name in ["hostname", "subdomain"] where !spec[name].isEmpty {
            findings.invalid(spec[name], all: Names.dnsLabel(spec[name].string))
        }
        TolerationRules.check(spec["tolerations"], &findings)
        for alias in spec["hostAliases"].elements { checkHostAlias(alias, spec["hostAliases"].place, &findings) }
        for name in ["priorityClassName", "runtimeClassName"] where !spec[name].isEmpty {
            findings.invalid(spec[name], all: Names.dnsSubdomain(spec[name].string))
        }
        findings.checkSupported(spec["preemptionPolicy"], ["PreemptLowerPriority", "Never"])
        if spec["overhead"].isPresent {
            ResourceRules.checkRequirements(
                Field(["limits": spec["overhead"].value ?? .null], at: spec["overhead"].place), &findings)
        }
    }

    private static func checkHostAlias(_ alias: Field, _ place: Place, _ findings: inout Findings) {
        if IPAddress(alias["ip"].string) == nil {
            findings.invalid(alias["ip"].named(place["ip"]), "must be valid IP address")
        }
        for name in alias["hostnames"].elements {
            findings.invalid(name.named(place["hostnames"]), all: Names.dnsSubdomain(name.string))
        }
    }

    private static func checkDNS(_ config: Field, policy: Field, _ findings: inout Findings) {
        let servers = config["nameservers"]
        if policy.string == "None" {
            guard config.isPresent else {
                return findings.required(config, "must provide `dnsConfig` when `dnsPolicy` is None")
            }
            if servers.isEmpty {
                return findings.required(
                    servers, "must provide at least one DNS nameserver when `dnsPolicy` is None")
            }
        }
        if servers.elements.count > 3 {
            findings.invalid(
                servers, shown: GoSyntax.list(servers, of: "string"), "must not have more than 3 nameservers")
        }
        for server in servers.elements where IPAddress(server.string) == nil {
            findings.invalid(server, "must be valid IP address")
        }
        checkSearches(config["searches"], &findings)
        for option in config["options"].elements where option["name"].isEmpty {
            findings.required(option, "must not be empty")
        }
    }

    private static func checkSearches(_ searches: Field, _ findings: inout Findings) {
        let shown = GoSyntax.list(searches, of: "string")
        if searches.elements.count > 6 {
            findings.invalid(searches, shown: shown, "must not have more than 6 search paths")
        }
        if searches.strings.joined(separator: " ").utf8.count > 256 {
            findings.invalid(
                searches, shown: shown, "must not have more than 256 characters (including spaces) in the search list")
        }
        for search in searches.elements {
            let name = search.string.hasSuffix(".") ? String(search.string.dropLast()) : search.string
            findings.invalid(search, shown: GoSyntax.quoted(name), all: Names.dnsSubdomain(name))
        }
    }
}
