internal import Resources

/// The names of resources and their amounts (pkg/apis/core/validation and pkg/apis/core/helper).
enum ResourceRules {
    private static let compute = ["cpu", "memory", "ephemeral-storage"]
    private static let scoped =
        compute.map { "requests.\($0)" } + compute.map { "limits.\($0)" } + ["requests.storage"]
    private static let counted = [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims",
        "configmaps", "services.nodeports", "services.loadbalancers",
    ]
    private static let quotaResources = Set(compute + scoped + counted)

    static func isHugePages(_ name: String) -> Bool { name.hasPrefix("hugepages-") }
    private static func isQuotaHugePages(_ name: String) -> Bool {
        isHugePages(name) || name.hasPrefix("requests.hugepages-")
    }
    static func isQuotaResource(_ name: String) -> Bool { quotaResources.contains(name) || isQuotaHugePages(name) }

    /// Whether Kubernetes itself counts it: no domain, or one of its own.
    private static func isNative(_ name: String) -> Bool { !name.contains("/") || name.contains("kubernetes.io/") }
    static func isOvercommittable(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

    private static func isExtended(_ name: String) -> Bool {
        !isNative(name) && !name.hasPrefix("requests.") && Names.qualified("requests.\(name)").isEmpty
    }

    static func checkName(_ name: String, _ field: Field, _ findings: inout Findings) -> Bool {
        let messages = Names.qualified(name)
        findings.invalid(field, shown: GoSyntax.quoted(name), all: messages)
        guard messages.isEmpty else { return false }
        guard name.contains("/") || isQuotaResource(name) || name == "storage" else {
            findings.invalid(field, shown: GoSyntax.quoted(name), "must be a standard resource type or fully qualified")
            return false
        }
        return true
    }

    static func checkContainerName(_ name: String, _ field: Field, _ findings: inout Findings) {
        _ = checkName(name, field, &findings)
        if !name.contains("/") {
            if !compute.contains(name), !isHugePages(name) {
                findings.invalid(field, shown: GoSyntax.quoted(name), "must be a standard resource for containers")
            }
        } else if !isNative(name), !isExtended(name) {
            findings.invalid(field, shown: GoSyntax.quoted(name), "doesn't follow extended resource name standard")
        }
    }

    static func checkQuotaName(_ name: String, _ field: Field, _ findings: inout Findings) {
        _ = checkName(name, field, &findings)
        if !name.contains("/"), !isQuotaResource(name) {
            findings.invalid(field, shown: GoSyntax.quoted(name), "must be a standard resource for quota")
        }
    }

    /// Not negative, and whole where things are counted.
    static func checkAmount(_ name: String, _ field: Field, _ findings: inout Findings) {
        // Most amounts are neither, and reading them takes time.
        let isCounted = counted.contains(name) || isExtended(name)
        guard isCounted || field.string.hasPrefix("-") || field.integer ?? 0 < 0, let quantity = field.quantity else {
            return
        }
        if quantity.nanos < 0 { findings.invalid(field, shown: GoSyntax.quoted(quantity.text), Findings.isNegative) }
        if isCounted, quantity.nanos % 1_000_000_000 != 0 {
            findings.invalid(field, shown: GoSyntax.quantity(quantity), "must be an integer")
        }
    }

    /// The requests and limits of a container.
    static func checkRequirements(_ resources: Field, _ findings: inout Findings) {
        let (limits, requests) = (resources["limits"], resources["requests"])
        for (name, amount) in limits.entries {
            checkContainerName(name, amount, &findings)
            checkAmount(name, amount, &findings)
        }
        for (name, amount) in requests.entries {
            checkContainerName(name, amount, &findings)
            checkAmount(name, amount, &findings)
            checkRequest(name, amount, requests, limit: limits[name], limits, &findings)
        }
        let names = (limits.entries + requests.entries).map(\.key)
        if names.contains(where: isHugePages), !names.contains("cpu"), !names.contains("memory") {
            findings.forbidden(resources, "HugePages require cpu or memory")
        }
    }

    private static func checkRequest(
        _ name: String, _ amount: Field, _ requests: Field, limit: Field, _ limits: Field, _ findings: inout Findings
    ) {
        guard let request = amount.quantity else { return }
        guard let most = limit.quantity else {
            if !isOvercommittable(name) {
                findings.required(limits, "Limit must be set for non overcommitable resources")
            }
            return
        }
        if request != most, !isOvercommittable(name) {
            findings.invalid(requests, shown: GoSyntax.quoted(request.text), "must be equal to \(name) limit")
        } else if request > most {
            findings.invalid(
                requests, shown: GoSyntax.quoted(request.text), "must be less than or equal to \(name) limit")
        }
    }
}

extension Field {
    /// The amount; nil where there is none, or no amount that can be read.
    var quantity: Quantity? { value.flatMap(Quantity.init) }
}

extension GoSyntax {
    /// `%#v` of a `resource.Quantity` that fits in 64 bits and was written in its canonical form.
    static func quantity(_ quantity: Quantity) -> String {
        let number = quantity.text.prefix { $0.isNumber || $0 == "-" || $0 == "." }
        let scales: [Substring: Int] = [
            "n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
        ]
        let fraction = number.split(separator: ".").dropFirst().first?.count ?? 0
        let suffix = quantity.text[number.endIndex...]
        let scale = (scales[suffix] ?? 0) - fraction
        let digits = scales[suffix] == nil ? "\(quantity.nanos / 1_000_000_000)" : number.filter { $0 != "." }
        let format =
            switch quantity.format {
            case .binarySI: "BinarySI"
            case .decimalSI: "DecimalSI"
            case .decimalExponent: "DecimalExponent"
            }
        return "resource.Quantity{i:resource.int64Amount{value:\(digits), scale:\(scale)}, "
            + "d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:\(quoted(quantity.text)), Format:\"\(format)\"}"
    }
}
