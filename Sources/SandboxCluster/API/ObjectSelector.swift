internal import Resources

/// Which objects a list or a watch is about: its label selector and its field selector.
struct ObjectSelector: Sendable {
    private struct FieldRequirement: Sendable {
        let field: String
        let value: String
        let isEqual: Bool
    }

    private let labels: [LabelSelectorParser.Requirement]
    private let fields: [FieldRequirement]

    init(_ query: [String: String], of resource: ResourceDefinition) throws(APIStatus) {
        labels = try LabelSelectorParser.requirements(query["labelSelector"] ?? "")
        fields = try Self.fields(query["fieldSelector"] ?? "", of: resource)
    }

    var isEmpty: Bool { labels.isEmpty && fields.isEmpty }

    /// The one name that can match, where the selector names one.
    var name: String? { fields.first { $0.field == "metadata.name" && $0.isEqual }?.value }

    func matches(_ object: KubernetesObject) -> Bool {
        if isEmpty { return true }
        let own = labels.isEmpty ? [:] : object.labels
        return labels.allSatisfy { $0.matches(own) }
            && fields.allSatisfy { (Self.text(of: $0.field, in: object) == $0.value) == $0.isEqual }
    }

    private static func fields(_ text: String, of resource: ResourceDefinition) throws(APIStatus) -> [FieldRequirement]
    {
        var requirements: [FieldRequirement] = []
        for part in text.split(separator: ",") {
            guard let requirement = requirement(String(part)) else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            guard isSupported(requirement.field, resource) else {
                let known = selectable[resource.kind.groupKind] != nil
                throw .badRequest(
                    known || resource.isCustom
                        ? "field label not supported: \(requirement.field)"
                        : "\"\(requirement.field)\" is not a known field selector: only \"metadata.name\", "
                            + "\"metadata.namespace\"")
            }
            requirements.append(requirement)
        }
        return requirements
    }

    private static func requirement(_ text: String) -> FieldRequirement? {
        for (symbol, isEqual) in [("!=", false), ("==", true), ("=", true)] {
            if let range = text.firstRange(of: symbol) {
                return FieldRequirement(
                    field: String(text[..<range.lowerBound]), value: String(text[range.upperBound...]), isEqual: isEqual
                )
            }
        }
        return nil
    }

    /// The fields that lists can select by, besides name and namespace
    /// (`AddFieldLabelConversionsFor…` in pkg/apis/*/v1/conversion.go).
    private static let selectable: [GroupKind: Set<String>] = [
        GroupKind(group: "", kind: "Pod"): [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase",
            "status.podIP", "status.podIPs", "status.nominatedNodeName", "spec.hostNetwork",
        ],
        GroupKind(group: "", kind: "Event"): [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
            "reportingComponent", "source", "type",
        ],
        GroupKind(group: "", kind: "Secret"): ["type"],
        GroupKind(group: "", kind: "Namespace"): ["status.phase"],
        GroupKind(group: "", kind: "Node"): ["spec.unschedulable"],
        GroupKind(group: "", kind: "Service"): ["spec.clusterIP", "spec.type"],
        GroupKind(group: "", kind: "ReplicationController"): ["status.replicas"],
        GroupKind(group: "apps", kind: "ReplicaSet"): ["status.replicas"],
        GroupKind(group: "batch", kind: "Job"): ["status.successful"],
    ]

    private static func isSupported(_ field: String, _ resource: ResourceDefinition) -> Bool {
        field == "metadata.name" || (field == "metadata.namespace")
            || selectable[resource.kind.groupKind]?.contains(field) == true
    }

    private static func text(of field: String, in object: KubernetesObject) -> String {
        switch field {
        case "source": return object.value[path: "source", "component"]?.string ?? ""
        case "reportingComponent": return object.value["reportingComponent"]?.string ?? ""
        case "status.successful": return object.value[path: "status", "succeeded"]?.json ?? "0"
        case "spec.unschedulable": return object.value[path: "spec", "unschedulable"]?.json ?? "false"
        default:
            let value = field.split(separator: ".").reduce(Optional(object.value)) { $0?[String($1)] }
            return value?.string ?? value?.json ?? ""
        }
    }
}
