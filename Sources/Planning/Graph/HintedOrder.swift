internal import Resources

/// The edges that DNS names in environment variables, arguments and ConfigMaps suggest.
struct HintedOrder {
    let index: ObjectIndex
    private let scanner: ServiceNameScanner

    init(index: ObjectIndex) {
        self.index = index
        let services = index.sources.filter { $0.identity.groupKind == GroupKind(group: "", kind: "Service") }
        scanner = ServiceNameScanner(services: Set(services.map(\.identity.name)))
    }

    /// A text that may name a Service, and what to call it.
    private struct Mention {
        let hit: ServiceNameScanner.Hit
        let place: String
    }

    /// Adds the hints for pairs that have no edge yet.
    func add(to edges: inout CandidateEdges) {
        guard index.hasServices else { return }
        let configMaps = mentionsInConfigMaps()
        for (number, source) in index.sources.enumerated() {
            guard let pods = source.pods else { continue }
            var mentions = mentions(in: pods)
            for reference in configMapReferences(of: source) {
                mentions += configMaps[reference] ?? []
            }
            for mention in mentions {
                add(mention, of: number, to: &edges)
            }
        }
    }

    private func add(_ mention: Mention, of number: Int, to edges: inout CandidateEdges) {
        let namespace = mention.hit.namespace ?? index.sources[number].identity.namespace
        guard let service = index.service(mention.hit.service, in: namespace) else { return }
        let workloads = index.workloads(behind: service)
        if workloads.contains(number) { return }
        let reason = "\(mention.place) has \"\(mention.hit.text)\", the name of Service \(mention.hit.service)"
        for dependency in workloads.isEmpty ? [service] : workloads {
            edges.add(CandidateEdge(dependent: number, dependency: dependency, kind: .hint, reason: reason))
        }
    }

    private func mentions(in pods: PodTemplate) -> [Mention] {
        pods.containers.flatMap { container in
            let variables = (container.value["env"]?.array ?? []).flatMap { variable in
                let name = variable["name"]?.string ?? ""
                return mentions(in: variable["value"], "environment variable \(name) of \(container.title)")
            }
            let arguments = ["command", "args"].flatMap { field in
                (container.value[field]?.array ?? []).flatMap { mentions(in: $0, "\(field) of \(container.title)") }
            }
            return variables + arguments
        }
    }

    private func mentionsInConfigMaps() -> [Int: [Mention]] {
        var found: [Int: [Mention]] = [:]
        for (number, source) in index.sources.enumerated()
        where source.identity.groupKind == GroupKind(group: "", kind: "ConfigMap") {
            let data = (source.object.value["data"]?.object ?? [:]).sorted { $0.key < $1.key }
            found[number] = data.flatMap { mentions(in: $0.value, "\($0.key) in ConfigMap \(source.identity.name)") }
        }
        return found
    }

    private func mentions(in value: Value?, _ place: String) -> [Mention] {
        guard let text = value?.string else { return [] }
        return scanner.hits(in: text).map { Mention(hit: $0, place: place) }
    }

    private func configMapReferences(of source: GraphSource) -> [Int] {
        source.references.compactMap { reference in
            guard case .object(let identity) = reference.target, identity.groupKind.kind == "ConfigMap" else {
                return nil
            }
            return index.number(of: identity)
        }
    }
}
