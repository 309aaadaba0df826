extension LabelSelector {
    /// The selector as the API's `labelSelector` query parameter has it, not percent-encoded: `app in (a,b),!legacy`.
    package var queryText: String {
        requirements.map { requirement in
            let values = requirement.values.joined(separator: ",")
            return switch requirement.operator {
            case .in where requirement.values.count == 1: "\(requirement.key)=\(values)"
            case .in: "\(requirement.key) in (\(values))"
            case .notIn: "\(requirement.key) notin (\(values))"
            case .exists: requirement.key
            case .doesNotExist: "!\(requirement.key)"
            }
        }.joined(separator: ",")
    }
}
