internal import FoundationEssentials
internal import Resources

/// Gives Services of type LoadBalancer an address, as a cloud would.
struct LoadBalancerController: Controller {
    let watched: [GroupKind]? = [Kinds.service]
    let level = WorkLevel.owners
    /// The annotation of Services that shall stay without an address: `none`.
    static let annotation = "test.endstate.dev/address"
    static let finalizer = "service.kubernetes.io/load-balancer-cleanup"

    func keys(for change: NotedChange) -> [ObjectIdentity] { change.isDeletion ? [] : [change.identity] }

    func reconcile(
        _ key: ObjectIdentity, _ api: inout some ControllerAccess, _ events: inout EventRecorder
    ) throws(APIStatus) -> Date? {
        guard var service = api.object(key) else { return nil }
        let isWanted = service.spec["type"]?.string == "LoadBalancer"
        if service.isBeingDeleted {
            guard service.finalizers.contains(Self.finalizer) else { return nil }
            service.setFinalizers(service.finalizers.filter { $0 != Self.finalizer })
            _ = try api.update(service, subresource: "", by: Manager.controllers)
            return nil
        }
        var status = service.status.isNull ? [:] : service.status
        let addresses = status[path: "loadBalancer", "ingress"]?.array ?? []
        if isWanted, addresses.isEmpty, service.annotations[Self.annotation] != "none" {
            status["loadBalancer"] = ["ingress": [["ip": .string(Self.address(of: service))]]]
        } else if !isWanted, !addresses.isEmpty {
            status["loadBalancer"] = [:]
        }
        try service.updatingStatus(status, &api)
        return nil
    }

    /// One of those that RFC 5737 keeps for documentation.
    private static func address(of service: KubernetesObject) -> String {
        let sum = "\(service.namespace)/\(service.name)".utf8.reduce(0) { ($0 * 31 + Int($1)) % 254 }
        return "203.0.113.\(sum + 1)"
    }
}
