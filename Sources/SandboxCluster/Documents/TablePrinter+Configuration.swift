internal import Resources

extension TablePrinter {
    /// The printer of settings, secrets and rights; nil for other kinds.
    static func configurationPrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        switch (kind.group, kind.kind) {
        case ("", "ConfigMap"): configMap
        case ("", "Secret"): secret
        case ("", "ServiceAccount"): serviceAccount
        case ("", "ResourceQuota"): resourceQuota(endsWithAge: version.minor >= 31)
        case ("rbac.authorization.k8s.io", "RoleBinding"), ("rbac.authorization.k8s.io", "ClusterRoleBinding"):
            roleBinding
        case ("certificates.k8s.io", "CertificateSigningRequest"):
            signingRequest(tellsDuration: version.minor >= 22)
        case ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
            ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"):
            webhooks
        default: nil
        }
    }

    private static let configMap = TablePrinter(columns: [.name, TableColumn("Data"), .age]) { object, clock in
        let count = ["data", "binaryData"].reduce(0) { $0 + (object.value[$1]?.object?.count ?? 0) }
        return [.string(object.name), .integer(Int64(count)), clock.age(of: object)]
    }

    private static let secret = TablePrinter(
        columns: [.name, TableColumn("Type"), TableColumn("Data"), .age]
    ) { object, clock in
        [
            .string(object.name), .string(object.value.text("type")),
            .integer(Int64(object.value["data"]?.object?.count ?? 0)), clock.age(of: object),
        ]
    }

    private static let serviceAccount = TablePrinter(columns: [.name, TableColumn("Secrets"), .age]) { object, clock in
        [.string(object.name), .integer(Int64(object.value.items("secrets").count)), clock.age(of: object)]
    }

    private static func resourceQuota(endsWithAge: Bool) -> TablePrinter {
        let amounts = [TableColumn("Request"), TableColumn("Limit")]
        return TablePrinter(columns: [.name] + (endsWithAge ? amounts + [.age] : [.age] + amounts)) { object, clock in
            let used = object.value[path: "status", "used"] ?? .null
            let hard = (object.value[path: "status", "hard"]?.object ?? [:]).sorted { $0.key < $1.key }
            let isLimit = { (name: String) in name.hasPrefix("limits.") }
            let cells = [false, true].map { wantsLimits -> Value in
                let parts = hard.filter { isLimit($0.key) == wantsLimits }.map { name, amount in
                    "\(name): \(used[name]?.scalarText ?? "0")/\(amount.scalarText ?? "0")"
                }
                return .string(parts.joined(separator: ", "))
            }
            let age = clock.age(of: object)
            return [.string(object.name)] + (endsWithAge ? cells + [age] : [age] + cells)
        }
    }

    private static let roleBinding = TablePrinter(
        columns: [
            .name, TableColumn("Role"), .age, .wide("Users"), .wide("Groups"), .wide("ServiceAccounts"),
        ]
    ) { object, clock in
        let role = object.value["roleRef"] ?? .null
        let subjects = object.value.items("subjects")
        let names = ["User", "Group", "ServiceAccount"].map { kind -> Value in
            let names = subjects.filter { $0["kind"]?.string == kind }.map { subject in
                let namespace = kind == "ServiceAccount" ? subject.text("namespace") : ""
                return namespace.isEmpty ? subject.text("name") : "\(namespace)/\(subject.text("name"))"
            }
            return .string(names.joined(separator: ", "))
        }
        return [.string(object.name), .string("\(role.text("kind"))/\(role.text("name"))"), clock.age(of: object)]
            + names
    }

    private static func signingRequest(tellsDuration: Bool) -> TablePrinter {
        TablePrinter(
            columns: [.name, .age, TableColumn("SignerName"), TableColumn("Requestor")]
                + (tellsDuration ? [TableColumn("RequestedDuration")] : []) + [TableColumn("Condition")]
        ) { object, clock in
            let value = object.value
            let seconds = value[path: "spec", "expirationSeconds"]?.integer
            let duration = seconds.map { TableClock.text(Double($0)) } ?? "<none>"
            return [
                .string(object.name), clock.age(of: object),
                TableCells.text(value.text("spec", "signerName"), orElse: "<none>"),
                .string(value.text("spec", "username")),
            ] + (tellsDuration ? [.string(duration)] : []) + [.string(condition(of: value))]
        }
    }

    private static func condition(of request: Value) -> String {
        let types = Set(request.items("status", "conditions").map { $0.text("type") })
        var text = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
        if types.contains("Failed") { text += ",Failed" }
        if !request.text("status", "certificate").isEmpty { text += ",Issued" }
        return text
    }

    private static let webhooks = TablePrinter(columns: [.name, .integer("Webhooks"), .age]) { object, clock in
        [.string(object.name), .integer(Int64(object.value.items("webhooks").count)), clock.age(of: object)]
    }
}
