import Resources

/// Fills in and enforces what LimitRanges of the namespace say about containers, pods and claims
/// (plugin/pkg/admission/limitranger).
enum LimitRanger {
    private static let kind = GroupKind(group: "", kind: "LimitRange")

    /// The items of all LimitRanges in the namespace.
    private static func items(_ request: AdmissionRequest) -> [[Value]] {
        request.view.objects(kind, namespace: request.namespace).map { $0.value["spec"]?["limits"]?.array ?? [] }
    }

    static func setDefaults(in pod: inout [String: Value], _ request: AdmissionRequest) {
        for range in items(request) {
            var limits: [String: Value] = [:]
            var requests: [String: Value] = [:]
            for item in range where item["type"] == "Container" {
                limits.merge(item["default"]?.object ?? [:]) { $1 }
                requests.merge(item["defaultRequest"]?.object ?? [:]) { $1 }
            }
            guard !limits.isEmpty || !requests.isEmpty else { continue }
            setDefaults(in: &pod, limits, requests)
        }
    }

    private static func setDefaults(
        in pod: inout [String: Value], _ limits: [String: Value], _ requests: [String: Value]
    ) {
        var notes: [String] = []
        pod.edit("spec") { spec in
            for (list, title) in [("containers", "container"), ("initContainers", "init container")] {
                spec.editEach(list) { container in
                    let name = "\(title) \(container["name"]?.string ?? "")"
                    container.editOrMake("resources") { resources in
                        notes += note("request for \(name)", fill("requests", of: &resources, requests))
                        notes += note("limit for \(name)", fill("limits", of: &resources, limits))
                    }
                }
            }
        }
        guard !notes.isEmpty else { return }
        pod.editOrMake("metadata") { metadata in
            metadata.editOrMake("annotations") { annotations in
                let text = "LimitRanger plugin set: " + notes.joined(separator: "; ")
                annotations["kubernetes.io/limit-ranger"] = .string(text)
            }
        }
    }

    /// Adds what is missing, and returns its names in order.
    private static func fill(_ key: String, of resources: inout [String: Value], _ defaults: [String: Value])
        -> [String]
    {
        let given = resources[key]?.object ?? [:]
        let missing = defaults.keys.filter { given[$0] == nil }.sorted()
        if !missing.isEmpty { resources[key] = .object(given.merging(defaults) { mine, _ in mine }) }
        return missing
    }

    private static func note(_ what: String, _ names: [String]) -> [String] {
        names.isEmpty ? [] : ["\(names.joined(separator: ", ")) \(what)"]
    }

    static func validate(_ request: AdmissionRequest) throws(APIStatus) {
        let isPod = request.resource.kind.groupKind == .pod
        guard request.isCreation || !isPod, request.old?[path: "metadata", "deletionTimestamp"] == nil else { return }
        for range in items(request) {
            let problems = range.flatMap { item in
                isPod ? podProblems(request.object, item) : claimProblems(request.object, item)
            }
            if !problems.isEmpty { throw request.forbidden(problems) }
        }
    }

    private static func podProblems(_ pod: Value, _ item: Value) -> [String] {
        let spec = pod["spec"] ?? [:]
        switch item["type"] {
        case "Container":
            return spec.allContainers.flatMap { container in
                let resources = container["resources"]
                return LimitCheck(
                    item, "Container", requests: quantities(resources?["requests"]),
                    limits: quantities(resources?["limits"])
                ).problems
            }
        case "Pod":
            return LimitCheck(
                item, "Pod", requests: podTotals("requests", spec), limits: podTotals("limits", spec)
            ).problems
        default: return []
        }
    }

    private static func claimProblems(_ claim: Value, _ item: Value) -> [String] {
        guard item["type"] == "PersistentVolumeClaim" else { return [] }
        let requests = quantities(claim[path: "spec", "resources", "requests"])
        return LimitCheck(item, "PersistentVolumeClaim", requests: requests, limits: [:]).claimProblems
    }

    static func quantities(_ amounts: Value?) -> [String: ResourceTotal] {
        (amounts?.object ?? [:]).compactMapValues { Quantity($0).map { ResourceTotal($0) } }
    }

    /// The sum over all containers, of resources that each of them names, or what an init container wants if that is more.
    private static func podTotals(_ key: String, _ spec: Value) -> [String: ResourceTotal] {
        func amounts(_ list: String) -> [[String: ResourceTotal]] {
            (spec[list]?.array ?? []).map { quantities($0[path: "resources", key]) }
        }
        let containers = amounts("containers")
        var totals: [String: ResourceTotal] = [:]
        for name in Set(containers.flatMap(\.keys)) where containers.allSatisfy({ $0[name] != nil }) {
            let sum = containers.reduce(Int128(0)) { $0.addingClamped($1[name]?.nanos ?? 0) }
            totals[name] = ResourceTotal(nanos: sum)
        }
        for (name, amount) in amounts("initContainers").joined() where amount.nanos > (totals[name]?.nanos ?? 0) {
            totals[name] = amount
        }
        return totals
    }
}

/// One item of a LimitRange against what one thing asks for.
private struct LimitCheck {
    let item: Value
    let type: String
    let requests: [String: ResourceTotal]
    let limits: [String: ResourceTotal]

    init(_ item: Value, _ type: String, requests: [String: ResourceTotal], limits: [String: ResourceTotal]) {
        self.item = item
        self.type = type
        self.requests = requests
        self.limits = limits
    }

    var problems: [String] {
        each("min", minimum) + each("max", maximum) + each("maxLimitRequestRatio", ratio)
    }

    /// Claims have requests only.
    var claimProblems: [String] {
        each("min", minimum) + each("max", maximumRequest)
    }

    private func each(_ key: String, _ check: (String, ResourceTotal) -> String?) -> [String] {
        LimitRanger.quantities(item[key]).sorted { $0.key < $1.key }.compactMap { check($0.key, $0.value) }
    }

    private func minimum(_ name: String, _ bound: ResourceTotal) -> String? {
        let rule = "minimum \(name) usage per \(type) is \(bound.text)"
        guard let request = requests[name] else { return "\(rule).  No request is specified" }
        if request.nanos < bound.nanos { return "\(rule), but request is \(request.text)" }
        if let limit = limits[name], limit.nanos < bound.nanos { return "\(rule), but limit is \(limit.text)" }
        return nil
    }

    private func maximum(_ name: String, _ bound: ResourceTotal) -> String? {
        let rule = "maximum \(name) usage per \(type) is \(bound.text)"
        guard let limit = limits[name] else { return "\(rule).  No limit is specified" }
        if limit.nanos > bound.nanos { return "\(rule), but limit is \(limit.text)" }
        if let request = requests[name], request.nanos > bound.nanos {
            return "\(rule), but request is \(request.text)"
        }
        return nil
    }

    private func maximumRequest(_ name: String, _ bound: ResourceTotal) -> String? {
        let rule = "maximum \(name) usage per \(type) is \(bound.text)"
        guard let request = requests[name] else { return "\(rule).  No request is specified" }
        return request.nanos > bound.nanos ? "\(rule), but request is \(request.text)" : nil
    }

    private func ratio(_ name: String, _ bound: ResourceTotal) -> String? {
        let rule = "\(name) max limit to request ratio per \(type) is \(bound.text)"
        guard let request = requests[name], request.nanos != 0 else {
            return "\(rule), but no request is specified or request is 0"
        }
        guard let limit = limits[name], limit.nanos != 0 else {
            return "\(rule), but no limit is specified or limit is 0"
        }
        let ratio = Double(limit.nanos) / Double(request.nanos)
        guard ratio * 1e9 > Double(bound.nanos) else { return nil }
        return "\(rule), but provided ratio is \(Self.sixDecimals(ratio))"
    }

    /// Go's `%f`, of numbers below 10³⁰.
    private static func sixDecimals(_ number: Double) -> String {
        let millionths = Int128((min(number, 1e30) * 1e6).rounded())
        let rest = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000)." + String(repeating: "0", count: max(0, 6 - rest.count)) + rest
    }
}
