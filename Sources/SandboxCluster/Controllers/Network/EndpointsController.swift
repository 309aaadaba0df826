internal import FoundationEssentials
internal import Resources

/// Keeps the Endpoints of Services with selectors (pkg/controller/endpoint/endpoints_controller.go).
struct EndpointsController: Controller {
    let watched: [GroupKind]? = [Kinds.service, Kinds.pod]
    let level = WorkLevel.summaries
    private var routing = ServiceRouting()

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] { routing.keys(for: change) }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        let identity = ObjectIdentity(groupKind: Kinds.endpoints, namespace: key.namespace, name: key.name)
        let former = api.object(identity)
        guard let service = api.object(key), !service.isBeingDeleted else {
            if let former, api.object(key) == nil {
                try api.delete(identity, uid: former.uid, propagation: .background, gracePeriod: nil)
            }
            return nil
        }
        guard let selector = ServiceRouting.selector(of: service) else { return nil }
        let pods = ServicePods(of: service, selector, api).pods.filter { !$0.isBeingDeleted }
        var endpoints =
            former
            ?? KubernetesObject([
                "apiVersion": "v1", "kind": "Endpoints",
                "metadata": ["name": .string(service.name), "namespace": .string(service.namespace)],
            ])
        var labels = service.labels
        labels["service.kubernetes.io/headless"] = ServicePods.isHeadless(service) ? "" : nil
        if labels != endpoints.labels { endpoints.labels = labels }
        let subsets = subsets(of: service, pods)
        endpoints.value["subsets"] = subsets.isEmpty ? nil : .array(subsets)
        if former == nil {
            _ = try api.create(endpoints, by: Manager.controllers)
        } else if endpoints != former {
            _ = try api.update(endpoints, subresource: "", by: Manager.controllers)
        }
        return nil
    }

    /// One for each set of ports, sorted by it.
    private func subsets(of service: KubernetesObject, _ pods: [KubernetesObject]) -> [Value] {
        var groups: [Value: (ready: [Value], unready: [Value])] = [:]
        for pod in pods {
            let ports = ServicePods.ports(of: service, on: pod)
            if ports.isEmpty, !ServicePods.isHeadless(service) { continue }
            var address: Value = [
                "ip": pod.status["podIP"] ?? "", "nodeName": .string(pod.nodeName),
                "targetRef": ServicePods.reference(to: pod),
            ]
            address["hostname"] = ServicePods.hostname(of: pod, in: service)
            if pod.isReadyPod || ServicePods.publishesUnready(service) {
                groups[.array(ports), default: ([], [])].ready.append(address)
            } else {
                groups[.array(ports), default: ([], [])].unready.append(address)
            }
        }
        return groups.sorted { $0.key.json < $1.key.json }.map { ports, addresses in
            var subset: Value = [:]
            if ports != [] { subset["ports"] = ports }
            if !addresses.ready.isEmpty { subset["addresses"] = .array(addresses.ready.byAddress) }
            if !addresses.unready.isEmpty { subset["notReadyAddresses"] = .array(addresses.unready.byAddress) }
            return subset
        }
    }
}

extension [Value] {
    fileprivate var byAddress: [Value] { sorted { $0["ip"]?.string ?? "" < $1["ip"]?.string ?? "" } }
}
