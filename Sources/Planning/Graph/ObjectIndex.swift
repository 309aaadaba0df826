internal import Manifests
internal import Resources

/// The objects of a set, sorted by identity and numbered from 0, and the ways to find them.
struct ObjectIndex {
    let sources: [GraphSource]
    private let numbers: [ObjectIdentity: Int]
    /// Those whose pods are there to stay, by namespace.
    private let workloads: [String: [Int]]
    /// The same by one of their pods' labels, which spares a Service the search through its whole namespace.
    private let labelled: [NamespacedLabel: [Int]]
    private let services: [ServiceName: Int]
    private let definitions: [GroupKind: Int]

    private struct ServiceName: Hashable {
        let namespace: String
        let name: String
    }

    private struct NamespacedLabel: Hashable {
        let namespace: String
        let key: String
        let value: String
    }

    init(_ unsorted: [GraphSource]) {
        // Positions are sorted, because sources are large values to move.
        let sources = unsorted.indices.sorted { unsorted[$0].identity < unsorted[$1].identity }.map { unsorted[$0] }
        var numbers: [ObjectIdentity: Int] = [:]
        var workloads: [String: [Int]] = [:]
        var labelled: [NamespacedLabel: [Int]] = [:]
        var services: [ServiceName: Int] = [:]
        var definitions: [GroupKind: Int] = [:]
        for (number, source) in sources.enumerated() {
            numbers[source.identity] = number
            let namespace = source.identity.namespace
            if let pods = source.pods, pods.isPermanent {
                workloads[namespace, default: []].append(number)
                for (key, value) in pods.labels {
                    labelled[NamespacedLabel(namespace: namespace, key: key, value: value), default: []].append(number)
                }
            }
            if source.identity.groupKind == GroupKind(group: "", kind: "Service") {
                services[ServiceName(namespace: namespace, name: source.identity.name)] = number
            }
            if let kind = source.object.definedKind { definitions[kind] = number }
        }
        self.sources = sources
        self.numbers = numbers
        self.workloads = workloads
        self.labelled = labelled
        self.services = services
        self.definitions = definitions
    }

    /// One error for each object that another one of the same identity follows.
    var duplicates: [Diagnostic] {
        zip(sources, sources.dropFirst()).filter { $0.identity == $1.identity }.map { first, second in
            let places = [first, second].compactMap { $0.manifest?.location(of: FieldPath()).description }
            return Diagnostic(
                code: "duplicate-object",
                "\(first.identity) is there more than once",
                causes: places,
                hint: "keep one of them"
            )
        }
    }

    var hasServices: Bool { !services.isEmpty }

    func number(of identity: ObjectIdentity) -> Int? { numbers[identity] }

    func service(_ name: String, in namespace: String) -> Int? {
        services[ServiceName(namespace: namespace, name: name)]
    }

    /// The CustomResourceDefinition of a kind.
    func definition(of kind: GroupKind) -> Int? { definitions[kind] }

    /// The workloads of a namespace whose pods a selector matches.
    func workloads(in namespace: String, matching selector: LabelSelector) -> [Int] {
        (workloads[namespace] ?? []).filter { number in
            sources[number].pods.map { selector.matches($0.labels) } ?? false
        }
    }

    /// The workloads of all namespaces whose pods a selector matches.
    func workloads(matching selector: LabelSelector) -> [Int] {
        workloads.keys.sorted().flatMap { workloads(in: $0, matching: selector) }
    }

    /// The workloads whose pods a Service sends traffic to; none where it has no selector.
    func workloads(behind service: Int) -> [Int] {
        let source = sources[service]
        let labels = (source.object.value[path: "spec", "selector"]?.object ?? [:]).compactMapValues(\.string)
        let namespace = source.identity.namespace
        let candidates = labels.map { key, value in
            labelled[NamespacedLabel(namespace: namespace, key: key, value: value)] ?? []
        }
        guard let fewest = candidates.min(by: { $0.count < $1.count }) else { return [] }
        return fewest.filter { number in
            let podLabels = sources[number].pods?.labels ?? [:]
            return labels.allSatisfy { podLabels[$0.key] == $0.value }
        }
    }
}

extension KubernetesObject {
    /// The kind that a CustomResourceDefinition defines; nil for other objects.
    var definedKind: GroupKind? {
        guard kind == "CustomResourceDefinition", let kind = value[path: "spec", "names", "kind"]?.string else {
            return nil
        }
        return GroupKind(group: value[path: "spec", "group"]?.string ?? "", kind: kind)
    }
}
