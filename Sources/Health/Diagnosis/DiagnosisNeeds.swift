package import Resources

extension HealthDiagnosis {
    /// The lists to read before `diagnose`, the smallest that hold what it looks at; empty for kinds that their own
    /// status alone explains.
    package static func needs(_ object: KubernetesObject) -> [RelatedList] {
        let groupKind = object.groupVersionKind.groupKind
        guard !selfExplaining.contains(groupKind) else { return [] }
        guard podMakers.contains(groupKind) else {
            return [events(of: object)]
        }
        return workloads(of: object) + claims(of: object) + [
            RelatedList(event, namespace: object.namespace, fieldSelector: "type=Warning")
        ]
    }

    private static let event = GroupVersionKind(group: "", version: "v1", kind: "Event")

    private static let selfExplaining: Set<GroupKind> = [
        GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition"),
        GroupKind(group: "apiregistration.k8s.io", kind: "APIService"),
        GroupKind(group: "", kind: "Namespace"),
    ]

    /// Normal events too: the volume controller reports a missing StorageClass as one.
    private static func events(of object: KubernetesObject) -> RelatedList {
        let selector = object.uid.map { "involvedObject.uid=\($0)" } ?? "involvedObject.name=\(object.name)"
        // Events about cluster-scoped objects are kept in the namespace "default".
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        return RelatedList(event, namespace: namespace, fieldSelector: selector)
    }

    private static func workloads(of object: KubernetesObject) -> [RelatedList] {
        guard let selector = podSelector(of: object) else { return [] }
        func list(_ group: String, _ kind: String) -> RelatedList {
            RelatedList(
                GroupVersionKind(group: group, version: "v1", kind: kind),
                namespace: object.namespace, labelSelector: selector.queryText
            )
        }
        return switch object.kind {
        case "Deployment": [list("apps", "ReplicaSet"), list("", "Pod")]
        case "DaemonSet": [list("apps", "ControllerRevision"), list("", "Pod")]
        default: [list("", "Pod")]
        }
    }

    /// Nil for a pod, which is read already, and for an object without a selector.
    private static func podSelector(of object: KubernetesObject) -> LabelSelector? {
        guard object.kind == "ReplicationController" else { return LabelSelector(object.spec["selector"]) }
        return (object.spec["selector"]?.object).map { LabelSelector(matchLabels: $0.compactMapValues(\.string)) }
    }

    private static func claims(of object: KubernetesObject) -> [RelatedList] {
        let template = object.kind == "Pod" ? object.value : object.spec["template"] ?? .null
        let usesClaims = (template[path: "spec", "volumes"]?.array ?? []).contains {
            $0["persistentVolumeClaim"] != nil
        }
        guard usesClaims || object.spec["volumeClaimTemplates"] != nil else { return [] }
        return [
            RelatedList(
                GroupVersionKind(group: "", version: "v1", kind: "PersistentVolumeClaim"), namespace: object.namespace
            )
        ]
    }
}
