import Resources

// The rest of the core group (pkg/apis/core/v1/defaults.go and conversion.go).
extension DefaultRule {
    static let core: [String: DefaultRule] = [
        "v1 Namespace": DefaultRule { fields, version in
            if version.minor >= 21 { labelWithName(&fields) }
        },
        "v1 NamespaceStatus": DefaultRule(["phase": "Active"]),
        "v1 NodeSpec": DefaultRule(body: nodeSpec),
        "v1 NodeStatus": DefaultRule { fields in
            if let capacity = fields["capacity"] { fields.setDefault("allocatable", capacity) }
        },
        "v1 Secret": DefaultRule(["type": "Opaque"]) { fields, _ in encodeTexts(&fields) },
        "v1 EndpointPort": DefaultRule(["protocol": "TCP"]),
        "v1 LimitRangeItem": DefaultRule(body: limitRangeItem),
        "v1 ReplicationController": DefaultRule(body: replicationController),
        "v1 ReplicationControllerSpec": DefaultRule(["replicas": 1]),
    ]

    private static func labelWithName(_ fields: inout [String: Value]) {
        guard let name = fields["metadata"]?["name"], !name.isGoZero else { return }
        fields.edit("metadata") { metadata in
            metadata.editOrMake("labels") { $0["kubernetes.io/metadata.name"] = name }
        }
    }

    /// `podCIDR` is the first of `podCIDRs`.
    private static func nodeSpec(_ fields: inout [String: Value]) {
        if let first = fields["podCIDRs"]?[0] {
            fields["podCIDR"] = first
        } else if let only = fields["podCIDR"] {
            fields["podCIDRs"] = [only]
        }
    }

    /// `stringData` is only for writing: it goes into `data`, and wins there.
    private static func encodeTexts(_ fields: inout [String: Value]) {
        guard let texts = fields.removeValue(forKey: "stringData")?.object, !texts.isEmpty else { return }
        fields.editOrMake("data") { data in
            for (key, text) in texts { data[key] = .string(Base64.encode((text.string ?? "").utf8)) }
        }
    }

    private static func limitRangeItem(_ fields: inout [String: Value]) {
        guard fields["type"] == "Container" else { return }
        func amounts(_ key: String) -> [String: Value] { fields[key]?.object ?? [:] }
        let limits = amounts("default").merging(amounts("max")) { given, _ in given }
        let requests = amounts("defaultRequest").merging(limits) { given, _ in given }
            .merging(amounts("min")) { given, _ in given }
        if !limits.isEmpty { fields["default"] = .object(limits) }
        if !requests.isEmpty { fields["defaultRequest"] = .object(requests) }
    }

    private static func replicationController(_ fields: inout [String: Value]) {
        guard let labels = fields["spec"]?[path: "template", "metadata", "labels"] else { return }
        fields.edit("spec") { $0.setDefault("selector", labels) }
        fields.edit("metadata") { $0.setDefault("labels", labels) }
    }
}
