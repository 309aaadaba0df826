internal import Resources

extension KubernetesObject {
    /// Turns quantities that are numbers into texts, as a server stores them: `cpu: 1` becomes `cpu: "1"`.
    ///
    /// API servers up to 1.20 refuse to apply numbers there, because their schema says that quantities are strings.
    mutating func writeQuantitiesAsText() {
        for pattern in quantities {
            value.changeValues(at: pattern[...]) { value in
                if value.number != nil { value = .string(value.json) }
            }
        }
    }

    /// Where the object's kind has quantities; `*` is every element or field.
    private var quantities: [[String]] {
        let kind = groupVersionKind.groupKind
        if let spec = podSpec {
            let claims =
                kind.kind == "StatefulSet"
                ? ["requests", "limits"].map { ["spec", "volumeClaimTemplates", "*", "spec", "resources", $0, "*"] }
                : []
            return claims + Self.podQuantities.map { spec + $0 }
        }
        return switch (kind.group, kind.kind) {
        case ("", "PersistentVolumeClaim"): ["requests", "limits"].map { ["spec", "resources", $0, "*"] }
        case ("", "PersistentVolume"): [["spec", "capacity", "*"]]
        case ("", "ResourceQuota"): [["spec", "hard", "*"]]
        case ("", "LimitRange"): [["spec", "limits", "*", "*", "*"]]
        default: []
        }
    }

    private static let podQuantities: [[String]] =
        ["containers", "initContainers"].flatMap { containers in
            ["requests", "limits"].map { [containers, "*", "resources", $0, "*"] }
        } + [["overhead", "*"], ["volumes", "*", "emptyDir", "sizeLimit"]]

    /// Where an object of one of Kubernetes' own kinds has the specification of pods; nil where it has none.
    private var podSpec: [String]? {
        let kind = groupVersionKind.groupKind
        if kind == GroupKind(group: "", kind: "Pod") { return ["spec"] }
        guard let template = MetadataPlace.all(in: self).dropFirst().last else { return nil }
        let fields = template.elements.dropLast().compactMap { element -> String? in
            if case .field(let name) = element { name } else { nil }
        }
        return fields + ["spec"]
    }
}

extension Value {
    /// Changes the values at a pattern of fields, in which `*` is every element of a list or field of an object.
    fileprivate mutating func changeValues(at pattern: ArraySlice<String>, _ change: (inout Value) -> Void) {
        guard let step = pattern.first else { return change(&self) }
        let rest = pattern.dropFirst()
        switch self {
        case .array(var elements) where step == "*":
            for index in elements.indices { elements[index].changeValues(at: rest, change) }
            self = .array(elements)
        case .object(var fields) where step == "*":
            for name in fields.keys { fields[name]?.changeValues(at: rest, change) }
            self = .object(fields)
        case .object(let fields):
            guard var child = fields[step] else { return }
            child.changeValues(at: rest, change)
            self[step] = child
        default: break
        }
    }
}
