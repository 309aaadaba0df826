internal import FoundationEssentials
internal import Resources

/// Writes events, and counts up those that say the same again.
struct EventRecorder: Sendable {
    /// What makes two events the same (`getEventKey` and the aggregation in k8s.io/client-go/tools/record).
    private struct Key: Hashable {
        let component: String
        let subject: String
        let fieldPath: String
        let type: String
        let reason: String
        let message: String

        init(_ event: KubernetesObject) {
            let value = event.value
            component = value[path: "source", "component"]?.string ?? ""
            subject =
                value[path: "involvedObject", "uid"]?.string ?? value[path: "involvedObject", "name"]?.string ?? ""
            fieldPath = value[path: "involvedObject", "fieldPath"]?.string ?? ""
            type = value["type"]?.string ?? ""
            reason = value["reason"]?.string ?? ""
            message = value["message"]?.string ?? ""
        }
    }

    private var known: [Key: ObjectIdentity] = [:]
    private var counter: UInt64 = 0

    /// What is said about an object.
    struct Report {
        let type: String
        let reason: String
        let message: String
        let component: String
        /// The container that it is about.
        var container: String?
        var isInitContainer = false

        static func normal(_ reason: String, _ message: String, by component: String) -> Report {
            Report(type: "Normal", reason: reason, message: message, component: component)
        }

        static func warning(_ reason: String, _ message: String, by component: String) -> Report {
            Report(type: "Warning", reason: reason, message: message, component: component)
        }
    }

    mutating func note(_ change: NotedChange) {
        let key = Key(change.object)
        if !change.isDeletion {
            known[key] = change.identity
        } else if known[key] == change.identity {
            known[key] = nil
        }
    }

    /// Writes an event about the object. A refusal is no matter: events are best effort.
    mutating func record(
        _ report: Report, about object: KubernetesObject, _ api: inout some ControllerAccess
    ) {
        var event = Self.event(report, about: object, now: api.now)
        let key = Key(event)
        if let identity = known[key], let former = api.object(identity) {
            event = former
            event.value["count"] = .integer(Int64((former.value["count"]?.integer ?? 1) + 1))
            event.value["lastTimestamp"] = api.now.apiTime
            _ = try? api.update(event, subresource: "", by: Self.manager(of: report.component))
            return
        }
        counter += 1
        let time = UInt64(max(0, api.now.timeIntervalSince1970)) &* 1_000_000_000 &+ counter
        event.value["metadata"]?["name"] = .string("\(object.name).\(String(time, radix: 16))")
        if let made = try? api.create(event, by: Self.manager(of: report.component)) { known[key] = made.identity }
    }

    private static func manager(of component: String) -> String {
        switch component {
        case "kubelet": Manager.kubelet
        case "default-scheduler": Manager.scheduler
        default: Manager.controllers
        }
    }

    private static func event(_ report: Report, about object: KubernetesObject, now: Date) -> KubernetesObject {
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        var subject: Value = [
            "apiVersion": .string(object.apiVersion), "kind": .string(object.kind), "name": .string(object.name),
        ]
        subject["namespace"] = object.namespace.isEmpty ? nil : .string(object.namespace)
        subject["uid"] = object.uid.map(Value.string)
        subject["resourceVersion"] = object.resourceVersion.map(Value.string)
        if let container = report.container {
            let field = report.isInitContainer ? "initContainers" : "containers"
            subject["fieldPath"] = .string("spec.\(field){\(container)}")
        }
        var source: Value = ["component": .string(report.component)]
        if report.component == "kubelet" { source["host"] = object.value[path: "spec", "nodeName"] }
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Event", "metadata": ["namespace": .string(namespace)],
            "involvedObject": subject, "reason": .string(report.reason), "message": .string(report.message),
            "type": .string(report.type), "source": source, "count": 1, "firstTimestamp": now.apiTime,
            "lastTimestamp": now.apiTime, "eventTime": .null, "reportingComponent": "", "reportingInstance": "",
        ])
    }
}
