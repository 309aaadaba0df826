internal import Resources

/// Configurations of admission webhooks (pkg/apis/admissionregistration/validation).
enum WebhookRules {
    static func check(_ configuration: Field, _ findings: inout Findings) {
        MetadataRules.check(configuration["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        var names: Set<String> = []
        for hook in configuration["webhooks"].elements {
            checkHook(hook, &findings)
            checkReviewVersions(hook["admissionReviewVersions"], &findings)
            let name = hook["name"]
            if !name.isEmpty, !names.insert(name.string).inserted { findings.duplicate(name) }
        }
    }

    private static func checkHook(_ hook: Field, _ findings: inout Findings) {
        checkName(hook["name"], &findings)
        for rule in hook["rules"].elements { checkRule(rule, &findings) }
        findings.checkSupported(hook["failurePolicy"], ["Fail", "Ignore"])
        findings.checkSupported(hook["matchPolicy"], ["Equivalent", "Exact"])
        let effects = hook["sideEffects"]
        if effects.isPresent {
            findings.checkSupported(effects, ["None", "NoneOnDryRun"])
        } else {
            findings.required(effects, "must specify one of None, NoneOnDryRun")
        }
        let timeout = hook["timeoutSeconds"]
        if timeout.isPresent, !(1...30).contains(timeout.number) {
            findings.invalid(timeout, "the timeout value must be between 1 and 30 seconds")
        }
        for name in ["namespaceSelector", "objectSelector"] { SelectorRules.check(hook[name], &findings) }
        findings.checkSupported(hook["reinvocationPolicy"], ["IfNeeded", "Never"])
        checkClient(hook["clientConfig"], &findings)
    }

    private static func checkName(_ name: Field, _ findings: inout Findings) {
        if name.isEmpty { return findings.required(name) }
        let messages = Names.dnsSubdomain(name.string)
        if !messages.isEmpty { return findings.invalid(name, messages.joined(separator: ",")) }
        if name.string.split(separator: ".").count < 3 {
            findings.invalid(name, "should be a domain with at least three segments separated by dots")
        }
    }

    private static func checkRule(_ rule: Field, _ findings: inout Findings) {
        let operations = rule["operations"]
        if operations.isEmpty { findings.required(operations) }
        checkWildcard(operations, "operations", type: "admissionregistration.OperationType", &findings)
        for operation in operations.elements {
            findings.checkSupported(operation, ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])
        }
        for (name, words) in [("apiGroups", "API groups"), ("apiVersions", "API versions")] {
            if rule[name].isEmpty { findings.required(rule[name]) }
            checkWildcard(rule[name], words, type: "string", &findings)
        }
        for version in rule["apiVersions"].elements where version.isEmpty { findings.required(version) }
        checkResources(rule["resources"], &findings)
        findings.checkSupported(rule["scope"], ["*", "Cluster", "Namespaced"])
    }

    private static func checkWildcard(_ list: Field, _ words: String, type: String, _ findings: inout Findings) {
        if list.strings.count > 1, list.strings.contains("*") {
            findings.invalid(
                list, shown: GoSyntax.list(list, of: type), "if '*' is present, must not specify other \(words)")
        }
    }

    private static func checkResources(_ resources: Field, _ findings: inout Findings) {
        if resources.isEmpty { findings.required(resources) }
        for resource in resources.elements where resource.isEmpty { findings.required(resource) }
        let names = resources.strings
        let shown = GoSyntax.list(resources, of: "string")
        if names.count > 1, names.contains("*/*") {
            findings.invalid(resources, shown: shown, "if '*/*' is present, must not specify other resources")
        }
        if names.contains("*"), names.contains(where: { $0 != "*" && !$0.contains("/") }) {
            findings.invalid(
                resources, shown: shown,
                "if '*' is present, must not specify other resources without subresources")
        }
    }

    private static func checkReviewVersions(_ versions: Field, _ findings: inout Findings) {
        if versions.isEmpty { return findings.required(versions, "must specify one of v1, v1beta1") }
        var seen: Set<String> = []
        for version in versions.elements {
            guard seen.insert(version.string).inserted else {
                findings.invalid(version, "duplicate version")
                continue
            }
            findings.invalid(version, all: Names.dns1035Label(version.string))
        }
        if seen.isDisjoint(with: ["v1", "v1beta1"]) {
            findings.invalid(
                versions, shown: GoSyntax.list(versions, of: "string"), "must include at least one of v1, v1beta1")
        }
    }

    /// Of the conversion of custom resources, too.
    static func checkClient(_ client: Field, _ findings: inout Findings) {
        let (url, service) = (client["url"], client["service"])
        if url.isPresent == service.isPresent {
            findings.required(client, "exactly one of url or service is required")
        } else if url.isPresent {
            checkURL(url, &findings)
        } else {
            checkService(service, &findings)
        }
    }

    private static func checkURL(_ url: Field, _ findings: inout Findings) {
        let form = "; desired format: https://host[/path]"
        let text = url.string
        let scheme = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        if scheme.count < 2 || scheme[0] != "https" {
            let shown = scheme.count < 2 ? "" : String(scheme[0])
            findings.invalid(url, shown: GoSyntax.quoted(shown), "'https' is the only allowed URL scheme\(form)")
        }
        let rest = scheme.count < 2 ? "" : scheme[1]
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if host.isEmpty { findings.invalid(url, shown: "\"\"", "host must be provided\(form)") }
        if authority.contains("@") {
            findings.invalid(
                url, shown: GoSyntax.quoted(String(authority.prefix { $0 != "@" })),
                "user information is not permitted in the URL")
        }
        if let mark = rest.firstIndex(of: "#"), rest[mark...].count > 1 {
            findings.invalid(
                url, shown: GoSyntax.quoted(String(rest[mark...].dropFirst())),
                "fragments are not permitted in the URL")
        }
        if let mark = rest.firstIndex(of: "?") {
            let query = String(rest[mark...].dropFirst().prefix { $0 != "#" })
            if !query.isEmpty {
                findings.invalid(
                    url, shown: GoSyntax.quoted(query), "query parameters are not permitted in the URL")
            }
        }
    }

    private static func checkService(_ service: Field, _ findings: inout Findings) {
        for name in ["name", "namespace"] where service[name].isEmpty {
            findings.required(service[name], "service \(name) is required")
        }
        let port = service["port"]
        if port.isPresent, !(1...65535).contains(port.number) {
            findings.invalid(port, "port is not valid: \(Names.rangeMessage(1...65535))")
        }
        let path = service["path"]
        if path.isEmpty || path.string == "/" { return }
        if path.string == "//" { return findings.invalid(path, "segment[0] may not be empty") }
        if !path.string.hasPrefix("/") { findings.invalid(path, "must start with a '/'") }
        var steps = path.string.dropFirst()
        if steps.hasSuffix("/") { steps.removeLast() }
        for (index, step) in steps.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            if step.isEmpty {
                findings.invalid(path, "segment[\(index)] may not be empty")
            } else {
                findings.invalid(path, all: Names.dnsSubdomain(String(step)).map { "segment[\(index)]: \($0)" })
            }
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
    }
}
