package import Resources

/// Which pods a pod must, or must not, share a topology domain with.
package struct PodAffinityTerm: Hashable, Sendable {
    /// Nil matches no pod, an empty one every pod.
    package var selector: LabelSelector?
    /// Of the pods that are meant.
    package var namespaces: Set<String>
    package var namespaceSelector: LabelSelector?
    package var topologyKey: String

    package init(
        selector: LabelSelector?, namespaces: Set<String>, namespaceSelector: LabelSelector? = nil, topologyKey: String
    ) {
        self.selector = selector
        self.namespaces = namespaces
        self.namespaceSelector = namespaceSelector
        self.topologyKey = topologyKey
    }

    /// Reads a term of a pod. Neither `namespaces` nor `namespaceSelector` means the pod's own namespace.
    init(_ value: Value, namespace: String, labels: [String: String]) {
        selector = LabelSelector(value["labelSelector"])?
            .including(value["matchLabelKeys"], of: labels)
            .excluding(value["mismatchLabelKeys"], of: labels)
        namespaces = Set((value["namespaces"]?.array ?? []).compactMap(\.string))
        namespaceSelector = LabelSelector(value["namespaceSelector"])
        if namespaces.isEmpty, namespaceSelector == nil { namespaces = [namespace] }
        topologyKey = value["topologyKey"]?.string ?? ""
    }

    /// - Parameter namespaceLabels: The labels of each namespace.
    func matches(namespace: String, labels: [String: String], namespaceLabels: [String: [String: String]]) -> Bool {
        guard let selector, selector.matches(labels) else { return false }
        return namespaces.contains(namespace)
            || namespaceSelector?.matches(namespaceLabels[namespace] ?? [:]) ?? false
    }
}

/// A preferred term and its weight, 1 to 100.
package struct WeightedTerm: Hashable, Sendable {
    let weight: Int
    let term: PodAffinityTerm
}

extension LabelSelector {
    /// With the pod's own values of the labels that `matchLabelKeys` names (KEP-3243, KEP-3633).
    func including(_ keys: Value?, of labels: [String: String]) -> LabelSelector {
        adding(.in, keys, labels)
    }

    /// With other values than the pod's own of the labels that `mismatchLabelKeys` names (KEP-3633).
    func excluding(_ keys: Value?, of labels: [String: String]) -> LabelSelector {
        adding(.notIn, keys, labels)
    }

    private func adding(_ operator: Operator, _ keys: Value?, _ labels: [String: String]) -> LabelSelector {
        var selector = self
        for key in (keys?.array ?? []).compactMap(\.string) {
            guard let value = labels[key] else { continue }
            selector.requirements.append(Requirement(key: key, operator: `operator`, values: [value]))
        }
        return selector
    }
}
