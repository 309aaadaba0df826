internal import Resources

/// Reads a `PlacementPolicy` of `endstate.dev/v1` and tells all that is wrong with it.
struct PolicyReader {
    private var fields: FieldReader
    var problems: [Diagnostic] { fields.problems }

    init(manifest: Manifest) {
        fields = FieldReader(manifest)
    }

    private static let rules = ["isolate", "exclusive", "headroom", "spread", "together"]
    private static let spec = FieldPath(fields: "spec")
    private static let hostname = "kubernetes.io/hostname"
    private static let zone = "topology.kubernetes.io/zone"

    /// Nil where it is wrong.
    mutating func policy() -> PlacementPolicy? {
        let root = FieldPath()
        fields.refuseUnknownFields(of: root, known: ["apiVersion", "kind", "metadata", "spec"])
        let metadata = root.appending("metadata")
        fields.refuseUnknownFields(of: metadata, known: ["name", "annotations", "labels"])
        let name = fields.required(metadata.appending("name")) { $0.label($1) }
        fields.refuseUnknownFields(of: Self.spec, known: ["mode"] + Self.rules)
        let mode: PlacementPolicy.Mode = fields.choice(Self.spec.appending("mode")) ?? .check
        guard let rule = rule(), let name, fields.problems.isEmpty else { return nil }
        if mode == .enforce, case .headroom = rule {
            fields.add(Self.spec.appending("mode"), "can't be enforce: Kubernetes has no constraint for headroom")
            return nil
        }
        return PlacementPolicy(name: name, mode: mode, rule: rule, location: fields.manifest.location(of: root))
    }

    private mutating func rule() -> PlacementPolicy.Rule? {
        let given = Self.rules.filter { fields.value(Self.spec.appending($0)) != nil }
        guard let rule = given.first, given.count == 1 else {
            let found = given.isEmpty ? "" : ", not \(given.joined(separator: " and "))"
            fields.add(Self.spec, "must have one of \(Self.rules.joined(separator: ", "))\(found)")
            return nil
        }
        let path = Self.spec.appending(rule)
        return switch rule {
        case "isolate": isolate(path)
        case "exclusive": exclusive(path)
        case "headroom": headroom(path)
        case "spread": spread(path)
        default: together(path)
        }
    }

    private mutating func isolate(_ path: FieldPath) -> PlacementPolicy.Rule? {
        fields.refuseUnknownFields(of: path, known: ["label", "topologyKey"])
        let label = fields.required(path.appending("label")) { $0.qualifiedName($1) }
        let key = fields.qualifiedName(path.appending("topologyKey")) ?? Self.hostname
        return label.map { .isolate(label: $0, topologyKey: key) }
    }

    private mutating func exclusive(_ path: FieldPath) -> PlacementPolicy.Rule? {
        fields.refuseUnknownFields(of: path, known: ["nodes", "taint", "pods", "guests"])
        let nodes = fields.required(path.appending("nodes")) { $0.singleLabel($1) }
        let taint = taint(path.appending("taint"))
        let pods = fields.required(path.appending("pods")) { $0.selector($1) }
        let guests = fields.selector(path.appending("guests"))
        guard let nodes, let taint, let pods else { return nil }
        return .exclusive(
            PlacementPolicy.Pool(label: nodes.key, value: nodes.value, taint: taint, pods: pods, guests: guests))
    }

    private mutating func taint(_ path: FieldPath) -> PlacementPolicy.Taint? {
        guard fields.required(path, read: { $0.value($1) }) != nil else { return nil }
        fields.refuseUnknownFields(of: path, known: ["key", "value", "effect"])
        let key = fields.required(path.appending("key")) { $0.qualifiedName($1) }
        let value = fields.labelValue(path.appending("value")) ?? ""
        let effect = fields.text(path.appending("effect")) ?? "NoSchedule"
        if !["NoSchedule", "NoExecute"].contains(effect) {
            fields.add(path.appending("effect"), "must be NoSchedule or NoExecute")
        }
        return key.map { PlacementPolicy.Taint(key: $0, value: value, effect: effect) }
    }

    private mutating func headroom(_ path: FieldPath) -> PlacementPolicy.Rule? {
        fields.refuseUnknownFields(of: path, known: ["percent", "pool", "resources"])
        let percent = fields.integer(path.appending("percent"), in: 1...99) ?? 20
        let pool = fields.qualifiedName(path.appending("pool"))
        let resources = path.appending("resources")
        let names = fields.elements(resources).indices.compactMap { fields.text(resources.appending(.index($0))) }
        if names.contains("pods") { fields.add(resources, "can't have pods: their number is no resource") }
        return .headroom(percent: percent, poolLabel: pool, resources: names)
    }

    private mutating func spread(_ path: FieldPath) -> PlacementPolicy.Rule? {
        fields.refuseUnknownFields(of: path, known: ["pods", "topologyKey", "maxSkew"])
        let pods = fields.required(path.appending("pods")) { $0.selector($1) }
        let key = fields.qualifiedName(path.appending("topologyKey")) ?? Self.zone
        let skew = fields.integer(path.appending("maxSkew"), in: 1...1000) ?? 1
        return pods.map { .spread(pods: $0, topologyKey: key, maxSkew: skew) }
    }

    private mutating func together(_ path: FieldPath) -> PlacementPolicy.Rule? {
        fields.refuseUnknownFields(of: path, known: ["pods", "with", "topologyKey"])
        let pods = fields.required(path.appending("pods")) { $0.selector($1) }
        let others = fields.required(path.appending("with")) { $0.selector($1) }
        let key = fields.qualifiedName(path.appending("topologyKey")) ?? Self.zone
        guard let pods, let others else { return nil }
        return .together(pods: pods, with: others, topologyKey: key)
    }
}
