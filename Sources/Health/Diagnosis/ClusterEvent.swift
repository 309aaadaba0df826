internal import FoundationEssentials
internal import Resources

/// An event of `v1` or `events.k8s.io/v1`, whose fields differ in name only.
struct ClusterEvent {
    let reason: String
    let message: String
    let isWarning: Bool
    let firstSeen: Date?
    /// The distant past where the event has no time.
    let lastSeen: Date
    /// The container that it is about, where it is about one.
    let container: String?
    private let uid: String?
    private let kind: String
    private let namespace: String
    private let name: String

    init(_ event: KubernetesObject) {
        let value = event.value
        let subject = value["involvedObject"] ?? value["regarding"] ?? .null
        let series = value["series"]
        reason = value["reason"]?.string ?? ""
        message = value["message"]?.string ?? value["note"]?.string ?? ""
        isWarning = value["type"]?.string == "Warning"
        let start = value["firstTimestamp"]?.date ?? value["deprecatedFirstTimestamp"]?.date
        let created = value["eventTime"]?.date ?? event.metadata["creationTimestamp"]?.date
        firstSeen = start ?? created
        lastSeen =
            series?["lastObservedTime"]?.date ?? value["lastTimestamp"]?.date
            ?? value["deprecatedLastTimestamp"]?.date ?? firstSeen ?? .distantPast
        container = subject["fieldPath"]?.string.flatMap(Self.container(inFieldPath:))
        uid = subject["uid"]?.nonEmptyString
        kind = subject["kind"]?.string ?? ""
        namespace = subject["namespace"]?.string ?? ""
        name = subject["name"]?.string ?? ""
    }

    func isAbout(_ object: KubernetesObject) -> Bool {
        if let uid, let wanted = object.uid { return uid == wanted }
        return kind == object.kind && name == object.name && namespace == object.namespace
    }

    /// The name in `spec.containers{web}` or `spec.initContainers{migrate}`.
    private static func container(inFieldPath path: String) -> String? {
        guard let open = path.lastIndex(of: "{"), path.hasSuffix("}") else { return nil }
        return String(path[path.index(after: open)...].dropLast())
    }
}
