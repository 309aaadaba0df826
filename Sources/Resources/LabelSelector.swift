/// A `metav1.LabelSelector`: all of `matchLabels` and all of `matchExpressions` must hold; an empty one matches all.
package struct LabelSelector: Hashable, Sendable {
    package enum Operator: String, Hashable, Sendable {
        case `in` = "In"
        case notIn = "NotIn"
        case exists = "Exists"
        case doesNotExist = "DoesNotExist"
    }

    package struct Requirement: Hashable, Sendable {
        package let key: String
        package let `operator`: Operator
        package let values: [String]

        package init(key: String, operator: Operator, values: [String]) {
            self.key = key
            self.operator = `operator`
            self.values = values
        }
    }

    package var requirements: [Requirement]

    package init(requirements: [Requirement]) {
        self.requirements = requirements
    }

    /// Reads a selector; nil where it is absent, no object, or has an operator that is not one of the four.
    package init?(_ value: Value?) {
        guard let fields = value?.object else { return nil }
        self.init(matchLabels: (fields["matchLabels"]?.object ?? [:]).compactMapValues(\.string))
        for expression in fields["matchExpressions"]?.array ?? [] {
            guard let key = expression["key"]?.string,
                let `operator` = expression["operator"]?.string.flatMap(Operator.init)
            else { return nil }
            let values = (expression["values"]?.array ?? []).compactMap(\.string)
            requirements.append(Requirement(key: key, operator: `operator`, values: values))
        }
    }

    /// A selector of equal labels, such as a Service's `spec.selector`.
    package init(matchLabels: [String: String]) {
        requirements = matchLabels.sorted { $0.key < $1.key }
            .map { Requirement(key: $0.key, operator: .in, values: [$0.value]) }
    }

    /// As manifests write it.
    package var value: Value {
        [
            "matchExpressions": .array(
                requirements.map { requirement in
                    var value: Value = [
                        "key": .string(requirement.key), "operator": .string(requirement.operator.rawValue),
                    ]
                    if !requirement.values.isEmpty { value["values"] = .array(requirement.values.map(Value.string)) }
                    return value
                })
        ]
    }

    package func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            let value = labels[requirement.key]
            return switch requirement.operator {
            case .in: value.map(requirement.values.contains) ?? false
            case .notIn: value.map { !requirement.values.contains($0) } ?? true
            case .exists: value != nil
            case .doesNotExist: value == nil
            }
        }
    }
}
