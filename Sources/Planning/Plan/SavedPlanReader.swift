internal import FoundationEssentials
internal import Resources

/// Why a field of a saved plan isn't understood.
struct SavedPlanFieldError: Error, CustomStringConvertible {
    let field: String

    var description: String { "its field \(field) isn't understood" }
}

/// Reads the fields of a saved plan.
enum SavedPlanReader {
    typealias Failure = SavedPlanFieldError

    static func read(_ value: Value) throws(Failure) -> SavedPlan {
        SavedPlan(
            outline: try outline(value["outline"] ?? .null),
            source: try source(value["source"] ?? .null),
            configuration: value["configuration"]?.string,
            context: value["context"]?.string,
            settings: try settings(value["settings"] ?? .null),
            members: try members(value),
            madeAt: try known(try? Date(value["madeAt"]?.string ?? "", strategy: .iso8601), "madeAt"),
            madeBy: try known(value["madeBy"]?.string, "madeBy"),
            plan: try known(value["plan"], "plan")
        )
    }

    private static func outline(_ value: Value) throws(Failure) -> PlanOutline {
        PlanOutline(
            intent: try known(value["intent"]?.string.flatMap(PlanIntent.init), "outline.intent"),
            name: try known(value[path: "application", "name"]?.string, "outline.application.name"),
            namespace: try known(value[path: "application", "namespace"]?.string, "outline.application.namespace"),
            cluster: (value["cluster"]?.string).map(ClusterFingerprint.init),
            commit: value["commit"]?.string,
            manifestDigest: try known(value["manifestDigest"]?.string, "outline.manifestDigest"),
            steps: try entries(value, "steps"),
            deletions: try entries(value, "deletions"),
            kept: try entries(value, "kept")
        )
    }

    private static func entries(_ value: Value, _ list: String) throws(Failure) -> [PlanOutline.Entry] {
        try each(value[list], "outline.\(list)") { entry, field throws(Failure) in
            PlanOutline.Entry(
                node: try known(GraphNode(entry), field),
                action: entry["action"] == nil
                    ? nil : try known(entry["action"]?.string.flatMap(Action.init), "\(field).action"),
                uid: entry["uid"]?.string,
                resourceVersion: entry["resourceVersion"]?.string,
                dependsOn: entry["dependsOn"] == nil
                    ? []
                    : try each(entry["dependsOn"], "\(field).dependsOn") { node, field throws(Failure) in
                        try known(GraphNode(node), field)
                    },
                pause: entry["pause"] == nil ? nil : try known(entry["pause"].flatMap(Pause.init), "\(field).pause")
            )
        }
    }

    private static func source(_ value: Value) throws(Failure) -> PlanSource {
        PlanSource(
            repository: value["repository"]?.string,
            revision: value["revision"]?.string,
            commit: value["commit"]?.string,
            path: try known(value["path"]?.string, "source.path"),
            isDirty: try known(value["dirty"]?.bool, "source.dirty"),
            subject: value["subject"]?.string
        )
    }

    private static func settings(_ value: Value) throws(Failure) -> SavedPlan.Settings {
        func flag(_ name: String) throws(Failure) -> Bool { try known(value[name]?.bool, "settings.\(name)") }
        var settings = SavedPlan.Settings()
        settings.adopt = try flag("adopt")
        settings.forceConflicts = try flag("forceConflicts")
        settings.noPrune = try flag("noPrune")
        settings.pruneMaxCount = value["pruneMaxCount"]?.integer
        settings.pruneMaxPercent = value["pruneMaxPercent"]?.integer
        settings.pruneAllowKinds = try each(value["pruneAllowKinds"], "settings.pruneAllowKinds") {
            kind, field throws(Failure) in try known(kind.string, field)
        }
        settings.allowEmpty = try flag("allowEmpty")
        settings.hints = try flag("hints")
        settings.retry = try flag("retry")
        settings.allowUnschedulable = try flag("allowUnschedulable")
        settings.allowBrokenPolicies = try flag("allowBrokenPolicies")
        return settings
    }

    private static func members(_ value: Value) throws(Failure) -> [ObjectIdentity: String] {
        let members = try each(value["members"], "members") { member, field throws(Failure) in
            let identity = try known(member["object"].flatMap(ObjectIdentity.init), "\(field).object")
            return (identity, try known(member["uid"]?.string, "\(field).uid"))
        }
        return Dictionary(members, uniquingKeysWith: { first, _ in first })
    }

    private static func each<Element>(
        _ list: Value?, _ field: String, _ element: (Value, String) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        var result: [Element] = []
        for (index, value) in try known(list?.array, field).enumerated() {
            result.append(try element(value, "\(field)[\(index)]"))
        }
        return result
    }

    private static func known<T>(_ value: T?, _ field: String) throws(Failure) -> T {
        guard let value else { throw Failure(field: field) }
        return value
    }
}

extension GraphNode {
    fileprivate init?(_ json: Value) {
        if let identity = json["object"].flatMap(ObjectIdentity.init) {
            self = .object(identity)
        } else if let identity = json["external"].flatMap(ObjectIdentity.init) {
            self = .external(identity)
        } else if let name = json["barrier"]?.string {
            self = .barrier(name)
        } else {
            return nil
        }
    }
}

extension ObjectIdentity {
    fileprivate init?(_ json: Value) {
        guard let group = json["group"]?.string, let kind = json["kind"]?.string, let name = json["name"]?.string
        else { return nil }
        self.init(group: group, kind: kind, namespace: json["namespace"]?.string ?? "", name: name)
    }
}

extension Pause {
    fileprivate init?(_ json: Value) {
        let seconds: Double
        switch (json["until"]?.string, json["seconds"]) {
        case ("person", nil):
            self = .person
            return
        case ("healthy", .integer(let whole)?): seconds = Double(whole)
        case ("healthy", .double(let fraction)?): seconds = fraction
        default: return nil
        }
        // As long as Go's durations can be.
        guard (0..<9e9).contains(seconds) else { return nil }
        self = .soak(.milliseconds(Int64((seconds * 1000).rounded())))
    }
}
