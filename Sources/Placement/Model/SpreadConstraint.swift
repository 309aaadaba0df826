package import Resources

/// How evenly pods must be spread over the domains of a topology (KEP-895).
package struct SpreadConstraint: Hashable, Sendable {
    package var topologyKey: String
    package var maxSkew: Int
    /// Nil matches no pod.
    package var selector: LabelSelector?
    /// With fewer eligible domains than that, the smallest count is taken to be zero (KEP-3022).
    package var minDomains: Int
    /// Whether the constraint filters (`DoNotSchedule`) instead of only counting in the choice.
    package var isRequired: Bool
    /// Whether nodes that the pod's node affinity excludes count as none (KEP-3094).
    package var honorsAffinity: Bool
    /// Whether nodes with taints that the pod doesn't tolerate count as none (KEP-3094).
    package var honorsTaints: Bool

    package init(
        topologyKey: String, maxSkew: Int = 1, selector: LabelSelector?, minDomains: Int = 1, isRequired: Bool = true,
        honorsAffinity: Bool = true, honorsTaints: Bool = false
    ) {
        self.topologyKey = topologyKey
        self.maxSkew = maxSkew
        self.selector = selector
        self.minDomains = minDomains
        self.isRequired = isRequired
        self.honorsAffinity = honorsAffinity
        self.honorsTaints = honorsTaints
    }

    init(_ value: Value, labels: [String: String]) {
        topologyKey = value["topologyKey"]?.string ?? ""
        maxSkew = value["maxSkew"]?.count ?? 1
        selector = LabelSelector(value["labelSelector"])?.including(value["matchLabelKeys"], of: labels)
        minDomains = value["minDomains"]?.count ?? 1
        isRequired = value["whenUnsatisfiable"]?.string == "DoNotSchedule"
        honorsAffinity = value["nodeAffinityPolicy"]?.string != "Ignore"
        honorsTaints = value["nodeTaintsPolicy"]?.string == "Honor"
    }
}
