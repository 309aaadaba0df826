internal import Resources

extension TablePrinter {
    /// - Parameter namesResources: Newer servers write `cpu: 5%/80%`, older ones `5%/80%`.
    static func autoscaler(namesResources: Bool) -> TablePrinter {
        TablePrinter(
            columns: [
                .name, TableColumn("Reference"), TableColumn("Targets"), TableColumn("MinPods"), TableColumn("MaxPods"),
                TableColumn("Replicas"), .age,
            ]
        ) { object, clock in
            let value = object.value
            let target = value[path: "spec", "scaleTargetRef"] ?? .null
            return [
                .string(object.name), .string("\(target.text("kind"))/\(target.text("name"))"),
                .string(MetricsCell(value, namesResources: namesResources).text),
                TableCells.text(value.text("spec", "minReplicas"), orElse: "<unset>"),
                .integer(value.count("spec", "maxReplicas")), .integer(value.count("status", "currentReplicas")),
                clock.age(of: object),
            ]
        }
    }
}

/// What an autoscaler's metrics are now and should be: `cpu: 5%/80%, 12/20`.
private struct MetricsCell {
    private let specs: [Value]
    private let statuses: [Value]
    private let namesResources: Bool

    init(_ autoscaler: Value, namesResources: Bool) {
        self.namesResources = namesResources
        // Version 1 has the one metric of its own spelling.
        if let target = autoscaler[path: "spec", "targetCPUUtilizationPercentage"] {
            specs = [["type": "Resource", "resource": ["name": "cpu", "target": ["averageUtilization": target]]]]
            let current = autoscaler[path: "status", "currentCPUUtilizationPercentage"]
            statuses = current.map { [["resource": ["current": ["averageUtilization": $0]]]] } ?? []
        } else {
            specs = autoscaler.items("spec", "metrics")
            statuses = autoscaler.items("status", "currentMetrics")
        }
    }

    var text: String {
        if specs.isEmpty { return "<none>" }
        let metrics = specs.enumerated().map { index, spec in
            metric(spec, statuses.indices.contains(index) ? statuses[index] : nil)
        }
        let shown = metrics.prefix(2).joined(separator: ", ")
        return metrics.count > 2 ? "\(shown) + \(metrics.count - 2) more..." : shown
    }

    private func metric(_ spec: Value, _ status: Value?) -> String {
        switch spec.text("type") {
        case "External": amount(spec["external"], status?["external"], average: " (avg)")
        case "Object": amount(spec["object"], status?["object"], average: " (avg)")
        case "Pods": amount(spec["pods"], status?["pods"], average: "")
        case "Resource": resource(spec["resource"], status?["resource"])
        case "ContainerResource": resource(spec["containerResource"], status?["containerResource"])
        default: "<unknown type>"
        }
    }

    private func amount(_ spec: Value?, _ status: Value?, average: String) -> String {
        let isAverage = spec?[path: "target", "averageValue"] != nil
        let field = isAverage ? "averageValue" : "value"
        let current = status?.text("current", field) ?? ""
        let target = spec?.text("target", field) ?? ""
        return "\(current.isEmpty ? "<unknown>" : current)/\(target)\(isAverage ? average : "")"
    }

    private func resource(_ spec: Value?, _ status: Value?) -> String {
        let name = namesResources ? "\(spec?.text("name") ?? ""): " : ""
        if spec?[path: "target", "averageValue"] != nil { return name + amount(spec, status, average: "") }
        let percentages = [status?.text("current", "averageUtilization"), spec?.text("target", "averageUtilization")]
        let current = percentages[0].flatMap { $0.isEmpty ? nil : "\($0)%" } ?? "<unknown>"
        let target = percentages[1].flatMap { $0.isEmpty ? nil : "\($0)%" } ?? "<auto>"
        return "\(name)\(current)/\(target)"
    }
}
