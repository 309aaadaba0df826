internal import Resources

/// The edges that follow from what the objects themselves say.
struct InferredOrder {
    let index: ObjectIndex

    /// Adds all edges; stronger ones must have been added before.
    func add(to edges: inout CandidateEdges) {
        for (number, source) in index.sources.enumerated() {
            func add(_ dependency: Int, _ reason: String) {
                edges.add(CandidateEdge(dependent: number, dependency: dependency, kind: .inferred, reason: reason))
            }
            if let definition = index.definition(of: source.identity.groupKind) {
                add(definition, "its kind is defined by it")
            }
            for reference in source.references {
                for (dependency, reason) in resolve(reference) { add(dependency, reason) }
            }
            for workload in protectedWorkloads(of: source) { add(workload, "it limits disruptions of its pods") }
            for workload in neighbours(of: source) where workload != number {
                add(workload, "its pods must be near those of it")
            }
        }
    }

    /// The objects of the set that a reference means.
    private func resolve(_ reference: Reference) -> [(Int, String)] {
        switch reference.target {
        case .object(let identity):
            return index.number(of: identity).map { [($0, reference.reason)] } ?? []
        case .backend(let namespace, let name):
            guard let service = index.service(name, in: namespace) else { return [] }
            let behind = index.workloads(behind: service).map { ($0, "\(reference.reason) through Service \(name)") }
            return [(service, reference.reason)] + behind
        }
    }

    /// The workloads whose pods the source's pods want to be near, by required affinity: the scheduler has no place for
    /// them before those are there. Namespaces that are selected by labels are those of the whole set.
    private func neighbours(of source: GraphSource) -> [Int] {
        let terms = source.pods?.spec[
            path: "affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
        return (terms?.array ?? []).flatMap { term -> [Int] in
            guard let selector = LabelSelector(term["labelSelector"]) else { return [] }
            if term["namespaceSelector"] != nil { return index.workloads(matching: selector) }
            let named = (term["namespaces"]?.array ?? []).compactMap(\.string)
            return (named.isEmpty ? [source.identity.namespace] : named).flatMap {
                index.workloads(in: $0, matching: selector)
            }
        }
    }

    /// The workloads whose pods a PodDisruptionBudget selects. An empty selector selects nothing in policy/v1beta1 and
    /// everything in policy/v1 (the API's own documentation).
    private func protectedWorkloads(of source: GraphSource) -> [Int] {
        guard source.identity.groupKind == GroupKind(group: "policy", kind: "PodDisruptionBudget"),
            let selector = LabelSelector(source.object.value[path: "spec", "selector"]),
            !(selector.requirements.isEmpty && source.object.apiVersion == "policy/v1beta1")
        else { return [] }
        return index.workloads(in: source.identity.namespace, matching: selector)
    }
}
