internal import FoundationEssentials
internal import Resources

extension TablePrinter {
    /// The printer of what makes pods; nil for other kinds.
    static func workloadPrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        switch (kind.group, kind.kind) {
        case ("apps", "Deployment"): deployment
        case ("apps", "ReplicaSet"): replicaSet { TableCells.selector($0[path: "spec", "selector"]) }
        case ("", "ReplicationController"): replicaSet { TableCells.labels($0[path: "spec", "selector"]) }
        case ("apps", "StatefulSet"): statefulSet
        case ("apps", "DaemonSet"): daemonSet
        case ("apps", "ControllerRevision"): controllerRevision
        case ("batch", "Job"): job(tellsStatus: version.minor >= 30)
        case ("batch", "CronJob"): cronJob(tellsTimeZone: version.minor >= 29)
        case ("autoscaling", "HorizontalPodAutoscaler"): autoscaler(namesResources: version.minor >= 30)
        case ("policy", "PodDisruptionBudget"): disruptionBudget
        default: nil
        }
    }

    private static let wideTemplate: [TableColumn] = [.wide("Containers"), .wide("Images"), .wide("Selector")]

    private static func template(_ object: Value) -> Value? { object[path: "spec", "template", "spec"] }

    private static let deployment = TablePrinter(
        columns: [.name, TableColumn("Ready"), TableColumn("Up-to-date"), TableColumn("Available"), .age] + wideTemplate
    ) { object, clock in
        let value = object.value
        return [
            .string(object.name),
            .string("\(value.count("status", "readyReplicas"))/\(value.count("spec", "replicas"))"),
            .integer(value.count("status", "updatedReplicas")), .integer(value.count("status", "availableReplicas")),
            clock.age(of: object),
        ] + TableCells.containers(template(value))
            + [.string(TableCells.selectorText(value[path: "spec", "selector"]))]
    }

    private static func replicaSet(selector: @escaping @Sendable (Value) -> Value) -> TablePrinter {
        TablePrinter(
            columns: [.name, .integer("Desired"), .integer("Current"), .integer("Ready"), .age] + wideTemplate
        ) { object, clock in
            let value = object.value
            return [
                .string(object.name), .integer(value.count("spec", "replicas")),
                .integer(value.count("status", "replicas")), .integer(value.count("status", "readyReplicas")),
                clock.age(of: object),
            ] + TableCells.containers(template(value)) + [selector(value)]
        }
    }

    private static let statefulSet = TablePrinter(
        columns: [.name, TableColumn("Ready"), .age, .wide("Containers"), .wide("Images")]
    ) { object, clock in
        let value = object.value
        let ready = "\(value.count("status", "readyReplicas"))/\(value.count("spec", "replicas"))"
        return [.string(object.name), .string(ready), clock.age(of: object)] + TableCells.containers(template(value))
    }

    private static let daemonSet = TablePrinter(
        columns: [
            .name, .integer("Desired"), .integer("Current"), .integer("Ready"), .integer("Up-to-date"),
            .integer("Available"), TableColumn("Node Selector"), .age,
        ] + wideTemplate
    ) { object, clock in
        let value = object.value
        let counts = [
            "desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled",
            "numberAvailable",
        ]
        return [.string(object.name)] + counts.map { .integer(value.count("status", $0)) }
            + [TableCells.labels(template(value)?["nodeSelector"]), clock.age(of: object)]
            + TableCells.containers(template(value)) + [TableCells.selector(value[path: "spec", "selector"])]
    }

    private static let controllerRevision = TablePrinter(
        columns: [.name, TableColumn("Controller"), TableColumn("Revision"), .age]
    ) { object, clock in
        let owner = object.owners.first(where: \.isController)
        let controller = owner.map { "\($0.groupKind.description.lowercased())/\($0.name)" } ?? "<none>"
        return [
            .string(object.name), .string(controller), .integer(object.value.count("revision")), clock.age(of: object),
        ]
    }

    private static let disruptionBudget = TablePrinter(
        columns: [
            .name, TableColumn("Min Available"), TableColumn("Max Unavailable"), .integer("Allowed Disruptions"), .age,
        ]
    ) { object, clock in
        let value = object.value
        return [
            .string(object.name), TableCells.text(value.text("spec", "minAvailable"), orElse: "N/A"),
            TableCells.text(value.text("spec", "maxUnavailable"), orElse: "N/A"),
            .integer(value.count("status", "disruptionsAllowed")), clock.age(of: object),
        ]
    }
}

// MARK: jobs
extension TablePrinter {
    private static func job(tellsStatus: Bool) -> TablePrinter {
        TablePrinter(
            columns: [.name] + (tellsStatus ? [TableColumn("Status")] : [])
                + [TableColumn("Completions"), TableColumn("Duration"), .age] + wideTemplate
        ) { object, clock in
            let value = object.value
            return [.string(object.name)] + (tellsStatus ? [.string(jobStatus(value))] : [])
                + [.string(completions(value)), .string(duration(value, clock)), clock.age(of: object)]
                + TableCells.containers(template(value)) + [TableCells.selector(value[path: "spec", "selector"])]
        }
    }

    private static func jobStatus(_ job: Value) -> String {
        if job.hasCondition("Complete") { return "Complete" }
        if job.hasCondition("Failed") { return "Failed" }
        if job[path: "metadata", "deletionTimestamp"] != nil { return "Terminating" }
        let conditions = [
            ("Suspended", "Suspended"), ("FailureTarget", "FailureTarget"),
            ("SuccessCriteriaMet", "SuccessCriteriaMet"),
        ]
        return conditions.first { job.hasCondition($0.0) }?.1 ?? "Running"
    }

    private static func completions(_ job: Value) -> String {
        let succeeded = job.count("status", "succeeded")
        if let wanted = job[path: "spec", "completions"]?.integer { return "\(succeeded)/\(wanted)" }
        let parallelism = job.count("spec", "parallelism")
        return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
    }

    private static func duration(_ job: Value, _ clock: TableClock) -> String {
        guard let start = TableClock.date(job[path: "status", "startTime"]) else { return "" }
        let end = TableClock.date(job[path: "status", "completionTime"]) ?? clock.now
        return TableClock.text(end.timeIntervalSince(start))
    }

    private static func cronJob(tellsTimeZone: Bool) -> TablePrinter {
        TablePrinter(
            columns: [.name, TableColumn("Schedule")] + (tellsTimeZone ? [TableColumn("Timezone")] : [])
                + [.boolean("Suspend"), .integer("Active"), TableColumn("Last Schedule"), .age] + wideTemplate
        ) { object, clock in
            let value = object.value
            let last = value[path: "status", "lastScheduleTime"]
            let suspend = value[path: "spec", "suspend"]?.bool.map { $0 ? "True" : "False" } ?? "<unset>"
            let jobSpec = value[path: "spec", "jobTemplate", "spec"]
            return [.string(object.name), .string(value.text("spec", "schedule"))]
                + (tellsTimeZone ? [TableCells.text(value.text("spec", "timeZone"), orElse: "<none>")] : [])
                + [
                    .string(suspend), .integer(Int64(value.items("status", "active").count)),
                    last == nil ? "<none>" : clock.age(last), clock.age(of: object),
                ]
                + TableCells.containers(jobSpec?[path: "template", "spec"])
                + [TableCells.selector(jobSpec?["selector"])]
        }
    }
}
