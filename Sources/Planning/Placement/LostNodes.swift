package import Placement
package import Resources

/// Nodes to do without in a what-if.
package struct LostNodes: Hashable, Sendable {
    /// Stands for each one, by itself.
    package static let each = "*"
    private static let zoneLabels = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"]

    /// By name.
    package var nodes: [String]
    package var zones: [String]

    package init(nodes: [String] = [], zones: [String] = []) {
        self.nodes = nodes
        self.zones = zones
    }

    package var isEmpty: Bool { nodes.isEmpty && zones.isEmpty }

    /// The sets of nodes to do without.
    /// - Throws: `Diagnostic` where a node or a zone doesn't exist.
    package func sets(of all: [SchedulingNode]) throws(Diagnostic) -> [NodeLoss] {
        if isEmpty { return [] }
        var byZone: [String: [String]] = [:]
        for node in all {
            guard let zone = Self.zoneLabels.compactMap({ node.labels[$0] }).first else { continue }
            byZone[zone, default: []].append(node.name)
        }
        let names = all.map(\.name).sorted()
        if nodes.contains(Self.each) { return names.map { NodeLoss(nodes: [$0]) } }
        if zones.contains(Self.each) {
            if byZone.isEmpty { throw Self.unknown("zone", Self.each, among: []) }
            return byZone.sorted { $0.key < $1.key }.map { NodeLoss(nodes: $0.value.sorted(), zones: [$0.key]) }
        }
        for node in nodes where !names.contains(node) { throw Self.unknown("node", node, among: names) }
        for zone in zones where byZone[zone] == nil { throw Self.unknown("zone", zone, among: byZone.keys.sorted()) }
        return [
            NodeLoss(nodes: Set(nodes + zones.flatMap { byZone[$0] ?? [] }).sorted(), zones: nodes.isEmpty ? zones : [])
        ]
    }

    private static func unknown(_ kind: String, _ name: String, among known: [String]) -> Diagnostic {
        if known.isEmpty { return Diagnostic(code: "no-such-\(kind)", "the cluster has no \(kind)s") }
        let nearest = Spelling.hint(name, in: known)
        return Diagnostic(
            code: "no-such-\(kind)", "the cluster has no \(kind) \(name)",
            hint: nearest ?? "known are: \(known.prefix(10).joined(separator: ", "))\(known.count > 10 ? ", …" : "")")
    }
}
