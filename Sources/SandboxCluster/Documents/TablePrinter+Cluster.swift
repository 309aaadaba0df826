internal import Resources

extension TablePrinter {
    /// The printer of what a cluster consists of; nil for other kinds.
    static func clusterPrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        switch (kind.group, kind.kind) {
        case ("", "Namespace"): namespace
        case ("", "Node"): node
        case ("", "Event"), ("events.k8s.io", "Event"): event
        case ("", "ComponentStatus"): componentStatus
        case ("apiregistration.k8s.io", "APIService"): apiService
        case ("coordination.k8s.io", "Lease"): lease
        case ("scheduling.k8s.io", "PriorityClass"): priorityClass(tellsPreemption: version.minor >= 31)
        case ("node.k8s.io", "RuntimeClass"): runtimeClass
        default: nil
        }
    }

    private static let namespace = TablePrinter(columns: [.name, TableColumn("Status"), .age]) { object, clock in
        [.string(object.name), .string(object.value.text("status", "phase")), clock.age(of: object)]
    }

    private static let node = TablePrinter(
        columns: [
            .name, TableColumn("Status"), TableColumn("Roles"), .age, TableColumn("Version"), .wide("Internal-IP"),
            .wide("External-IP"), .wide("OS-Image"), .wide("Kernel-Version"), .wide("Container-Runtime"),
        ]
    ) { object, clock in
        let value = object.value
        let info = value[path: "status", "nodeInfo"] ?? .null
        let addresses = ["InternalIP", "ExternalIP"].map { type in
            value.items("status", "addresses").first { $0["type"]?.string == type }?.text("address") ?? "<none>"
        }
        return [
            .string(object.name), .string(nodeStatus(value)),
            TableCells.text(roles(object.labels).joined(separator: ","), orElse: "<none>"), clock.age(of: object),
            .string(info.text("kubeletVersion")), .string(addresses[0]), .string(addresses[1]),
        ]
            + ["osImage", "kernelVersion", "containerRuntimeVersion"].map {
                TableCells.text(info.text($0), orElse: "<unknown>")
            }
    }

    private static func nodeStatus(_ node: Value) -> String {
        var words = ["Unknown"]
        if let condition = node.condition("Ready") { words = [condition["status"] == "True" ? "Ready" : "NotReady"] }
        if node[path: "spec", "unschedulable"] == true { words.append("SchedulingDisabled") }
        return words.joined(separator: ",")
    }

    private static func roles(_ labels: [String: String]) -> [String] {
        let prefix = "node-role.kubernetes.io/"
        var roles = Set(labels.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
        if let role = labels["kubernetes.io/role"] { roles.insert(role) }
        roles.remove("")
        return roles.sorted()
    }

    private static let event = TablePrinter(
        columns: [
            TableColumn("Last Seen"), TableColumn("Type"), TableColumn("Reason"), TableColumn("Object"),
            .wide("Subobject"), .wide("Source"), TableColumn("Message"), .wide("First Seen"), .wide("Count"),
            TableColumn("Name", format: "name", priority: 1),
        ]
    ) { object, clock in EventCells(object.value).cells(object.name, clock) }

    private static let componentStatus = TablePrinter(
        columns: [.name, TableColumn("Status"), TableColumn("Message"), TableColumn("Error")]
    ) { object, _ in
        let condition = object.value.items("conditions").first { $0["type"] == "Healthy" }
        let status = condition.map { $0["status"] == "True" ? "Healthy" : "Unhealthy" } ?? "Unknown"
        return [
            .string(object.name), .string(status), .string(condition?.text("message") ?? ""),
            .string(condition?.text("error") ?? ""),
        ]
    }

    private static let apiService = TablePrinter(
        columns: [.name, TableColumn("Service"), TableColumn("Available"), .age]
    ) { object, clock in
        let service = object.value[path: "spec", "service"]
        let condition = object.value.condition("Available")
        let status = condition?.text("status") ?? "Unknown"
        let isAvailable = condition == nil || status == "True"
        return [
            .string(object.name),
            .string(service.map { "\($0.text("namespace"))/\($0.text("name"))" } ?? "Local"),
            .string(isAvailable ? status : "\(status) (\(condition?.text("reason") ?? ""))"), clock.age(of: object),
        ]
    }

    private static let lease = TablePrinter(columns: [.name, TableColumn("Holder"), .age]) { object, clock in
        [.string(object.name), .string(object.value.text("spec", "holderIdentity")), clock.age(of: object)]
    }

    private static func priorityClass(tellsPreemption: Bool) -> TablePrinter {
        TablePrinter(
            columns: [.name, .integer("Value"), .boolean("Global-Default"), .age]
                + (tellsPreemption ? [TableColumn("PreemptionPolicy")] : [])
        ) { object, clock in
            let value = object.value
            return [
                .string(object.name), .integer(value.count("value")), .bool(value["globalDefault"] == true),
                clock.age(of: object),
            ]
                + (tellsPreemption
                    ? [TableCells.text(value.text("preemptionPolicy"), orElse: "PreemptLowerPriority")] : [])
        }
    }

    private static let runtimeClass = TablePrinter(columns: [.name, TableColumn("Handler"), .age]) { object, clock in
        [.string(object.name), .string(object.value.text("handler")), clock.age(of: object)]
    }
}

/// The row of an event, of either group (`printEvent`): `events.k8s.io` has other names for the same fields.
private struct EventCells {
    private let event: Value

    init(_ event: Value) {
        self.event = event
    }

    func cells(_ name: String, _ clock: TableClock) -> [Value] {
        let about = event["involvedObject"] ?? event["regarding"] ?? .null
        let first = clock.age(time("firstTimestamp", "deprecatedFirstTimestamp") ?? time("eventTime"))
        var last = time("lastTimestamp", "deprecatedLastTimestamp").map(clock.age) ?? first
        var count = event.count("count") + event.count("deprecatedCount")
        if let series = event["series"] {
            last = clock.age(series["lastObservedTime"])
            count = series.count("count") + 1
        }
        let target = [about.text("kind").lowercased(), about.text("name")].filter { !$0.isEmpty }
        let message = event.text("message") + event.text("note")
        return [
            last, .string(event.text("type")), .string(event.text("reason")),
            .string(target.joined(separator: "/")), .string(about.text("fieldPath")), .string(source),
            .string(message.trimmed), first, .integer(max(count, 1)), .string(name),
        ]
    }

    private func time(_ names: String...) -> Value? {
        names.lazy.compactMap { event[$0] }.first { !$0.isNull }
    }

    private var source: String {
        let source = event["source"] ?? event["deprecatedSource"] ?? .null
        let controller = event.text("reportingComponent") + event.text("reportingController")
        let component = source.text("component").isEmpty ? controller : source.text("component")
        let instance = source.text("host").isEmpty ? event.text("reportingInstance") : source.text("host")
        return instance.isEmpty ? component : "\(component), \(instance)"
    }
}

extension String {
    fileprivate var trimmed: String {
        let rest = drop { $0.isWhitespace }
        return String(rest.reversed().drop { $0.isWhitespace }.reversed())
    }
}
