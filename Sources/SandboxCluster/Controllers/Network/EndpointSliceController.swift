internal import FoundationEssentials
internal import Resources

/// Keeps the EndpointSlices of Services with selectors (pkg/controller/endpointslice).
struct EndpointSliceController: Controller {
    let watched: [GroupKind]? = [Kinds.service, Kinds.pod]
    let level = WorkLevel.summaries
    private var routing = ServiceRouting()
    /// `--max-endpoints-per-slice`.
    private static let mostEndpoints = 100
    private static let managedBy = "endpointslice.kubernetes.io/managed-by"
    private static let manager = "endpointslice-controller.k8s.io"

    mutating func keys(for change: NotedChange) -> [ObjectIdentity] { routing.keys(for: change) }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard let service = api.object(key), !service.isBeingDeleted,
            let selector = ServiceRouting.selector(of: service)
        else { return nil }
        let pods = ServicePods(of: service, selector, api).pods
        let wanted = slices(of: service, pods)
        let existing = api.objects(Kinds.slice, ownedBy: service.uid ?? "")
            .filter { $0.labels[Self.managedBy] == Self.manager && !$0.isBeingDeleted }.inOrderOfCreation
        for (former, slice) in zip(existing, wanted) {
            var changed = former
            for field in ["endpoints", "ports"] { changed.value[field] = slice.value[field] }
            if changed.labels != slice.labels { changed.labels = slice.labels }
            if changed != former { _ = try api.update(changed, subresource: "", by: Manager.controllers) }
        }
        for slice in wanted.dropFirst(existing.count) { _ = try api.create(slice, by: Manager.controllers) }
        for slice in existing.dropFirst(wanted.count) {
            try api.delete(slice.identity, uid: slice.uid, propagation: .background, gracePeriod: nil)
        }
        return nil
    }

    private func slices(of service: KubernetesObject, _ pods: [KubernetesObject]) -> [KubernetesObject] {
        var groups: [Value: [Value]] = [:]
        for pod in pods { groups[ports(of: service, on: pod), default: []].append(endpoint(of: pod, in: service)) }
        var slices: [KubernetesObject] = []
        for (ports, endpoints) in groups.sorted(by: { $0.key.json < $1.key.json }) {
            for start in stride(from: 0, to: endpoints.count, by: Self.mostEndpoints) {
                let part = endpoints[start..<min(endpoints.count, start + Self.mostEndpoints)]
                slices.append(slice(of: service, ports: ports, Array(part)))
            }
        }
        // A Service without pods has an empty slice.
        return slices.isEmpty ? [slice(of: service, ports: .null, [])] : slices
    }

    private func ports(of service: KubernetesObject, on pod: KubernetesObject) -> Value {
        let ports = ServicePods.ports(of: service, on: pod).map { port -> Value in
            var port = port
            port["name"] = port["name"] ?? ""
            return port
        }
        return ports.isEmpty ? .null : .array(ports)
    }

    private func endpoint(of pod: KubernetesObject, in service: KubernetesObject) -> Value {
        let isReady = pod.isReadyPod && !pod.isBeingDeleted || ServicePods.publishesUnready(service)
        var endpoint: Value = [
            "addresses": [pod.status["podIP"] ?? ""],
            "conditions": [
                "ready": .bool(isReady), "serving": .bool(pod.isReadyPod), "terminating": .bool(pod.isBeingDeleted),
            ],
            "targetRef": ServicePods.reference(to: pod), "nodeName": .string(pod.nodeName),
        ]
        endpoint["hostname"] = ServicePods.hostname(of: pod, in: service)
        return endpoint
    }

    private func slice(of service: KubernetesObject, ports: Value, _ endpoints: [Value]) -> KubernetesObject {
        var owner = service.asController
        owner["apiVersion"] = "v1"
        var slice = KubernetesObject([
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
            "metadata": [
                "generateName": .string("\(service.name)-"), "namespace": .string(service.namespace),
                "ownerReferences": [owner],
            ],
            "addressType": "IPv4", "endpoints": .array(endpoints), "ports": ports,
        ])
        var labels = service.labels
        labels["kubernetes.io/service-name"] = service.name
        labels[Self.managedBy] = Self.manager
        if ServicePods.isHeadless(service) { labels["service.kubernetes.io/headless"] = "" }
        slice.labels = labels
        return slice
    }
}
