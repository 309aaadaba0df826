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

    init(
        _ query: [String: String], of resource: ResourceDefinition, in version: KubernetesVersion
    ) throws(APIStatus) {
        labels = try LabelSelectorParser.requirements(query["labelSelector"] ?? "")
        fields = try Self.fields(query["fieldSelector"] ?? "", of: resource, in: version)
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

    private static func fields(
        _ text: String, of resource: ResourceDefinition, in version: KubernetesVersion
    ) throws(APIStatus) -> [FieldRequirement] {
        var requirements: [FieldRequirement] = []
        for part in terms(of: text) {
            guard let requirement = try requirement(part) else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            if requirement.field.isEmpty, requirement.value.isEmpty { continue }
            guard isSupported(requirement.field, resource, in: version) else {
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

    /// The parts between commas that no backslash stands before.
    private static func terms(of text: String) -> [String] {
        var terms = [""]
        var isEscaped = false
        for character in text {
            if character == ",", !isEscaped {
                terms.append("")
            } else {
                terms[terms.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return terms.filter { !$0.isEmpty }
    }

    private static func requirement(_ text: String) throws(APIStatus) -> FieldRequirement? {
        for (symbol, isEqual) in [("!=", false), ("==", true), ("=", true)] {
            guard let range = text.firstRange(of: symbol) else { continue }
            return FieldRequirement(
                field: String(text[..<range.lowerBound]), value: try unescaped(text[range.upperBound...]),
                isEqual: isEqual)
        }
        return nil
    }

    /// A value may have a backslash before a comma, an equals sign and a backslash (`UnescapeValue` in
    /// k8s.io/apimachinery/pkg/fields/selector.go).
    private static func unescaped(_ text: Substring) throws(APIStatus) -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            let next = rest.popFirst().map(String.init) ?? ""
            guard ["\\", ",", "="].contains(next) else {
                throw .badRequest("invalid field selector: invalid escape sequence: \\\(next)")
            }
            result += next
        }
        return result
    }

    /// The fields that lists can select by, besides name and namespace
    /// (`AddFieldLabelConversionsFor…` in pkg/apis/*/v1/conversion.go).
    private static let selectable: [GroupKind: Set<String>] = [
        GroupKind(group: "", kind: "Pod"): [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase",
            "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        GroupKind(group: "", kind: "Event"): [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
            "reportingComponent", "source", "type",
        ],
        GroupKind(group: "", kind: "Secret"): ["type"],
        GroupKind(group: "", kind: "Namespace"): ["status.phase"],
        GroupKind(group: "", kind: "Node"): ["spec.unschedulable"],
        GroupKind(group: "", kind: "ReplicationController"): ["status.replicas"],
        GroupKind(group: "batch", kind: "Job"): ["status.successful"],
    ]

    /// What newer versions can select by, too.
    private static let newer: [GroupKind: Set<String>] = [
        GroupKind(group: "", kind: "Pod"): ["spec.hostNetwork"],
        GroupKind(group: "", kind: "Service"): ["spec.clusterIP", "spec.type"],
    ]

    private static func isSupported(
        _ field: String, _ resource: ResourceDefinition, in version: KubernetesVersion
    ) -> Bool {
        if field == "metadata.name" { return true }
        if field == "metadata.namespace" { return resource.isNamespaced || !resource.isCustom }
        let kind = resource.kind.groupKind
        return selectable[kind]?.contains(field) == true
            || (version.recordsSubresources && newer[kind]?.contains(field) == true)
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
