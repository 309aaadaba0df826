/// What a source wants of the places of its pods: a `PlacementPolicy` of `endstate.dev/v1`.
package struct PlacementPolicy: Hashable, Sendable {
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Tell whether a plan keeps it.
        case check
        /// Add Kubernetes' own constraints to the manifests that keep it.
        case enforce
    }

    /// A taint that keeps pods off nodes.
    package struct Taint: Hashable, Sendable {
        package let key: String
        package let value: String
        package let effect: String

        package init(key: String, value: String, effect: String) {
            self.key = key
            self.value = value
            self.effect = effect
        }
    }

    /// Nodes that carry only what names them.
    package struct Pool: Hashable, Sendable {
        /// The label by which the nodes are known.
        package let label: String
        package let value: String
        /// That keeps others off them.
        package let taint: Taint
        /// The pods that belong there, and nowhere else.
        package let pods: LabelSelector
        /// Those that may be there as well.
        package let guests: LabelSelector?

        package init(
            label: String, value: String, taint: Taint, pods: LabelSelector, guests: LabelSelector? = nil
        ) {
            self.label = label
            self.value = value
            self.taint = taint
            self.pods = pods
            self.guests = guests
        }
    }

    package enum Rule: Hashable, Sendable {
        /// Pods with different values of the label are never in one domain of the topology; pods without it don't count.
        case isolate(label: String, topologyKey: String)
        case exclusive(Pool)
        /// So many percent of each resource stay free, of all nodes with the same value of a label, or of all there are.
        /// No resources means each that the nodes have.
        case headroom(percent: Int, poolLabel: String?, resources: [String])
        /// The replicas of each of these workloads are spread over the domains.
        case spread(pods: LabelSelector, topologyKey: String, maxSkew: Int)
        /// Each of these pods is in a domain with one of the others.
        case together(pods: LabelSelector, with: LabelSelector, topologyKey: String)
    }

    package let name: String
    package let mode: Mode
    package let rule: Rule
    /// Where it is declared.
    package let location: SourceLocation

    package init(name: String, mode: Mode, rule: Rule, location: SourceLocation) {
        self.name = name
        self.mode = mode
        self.rule = rule
        self.location = location
    }
}

extension PlacementPolicy.Rule {
    /// The rule's field in a manifest.
    package var name: String {
        switch self {
        case .isolate: "isolate"
        case .exclusive: "exclusive"
        case .headroom: "headroom"
        case .spread: "spread"
        case .together: "together"
        }
    }
}
