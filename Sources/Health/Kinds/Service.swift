internal import Resources

/// Service: exists; of type LoadBalancer, has an ingress address, which is stricter than kstatus' cluster IP.
enum ServiceHealth {
    static func assess(_ service: KubernetesObject) -> ObjectHealth {
        guard service.spec["type"]?.string == "LoadBalancer" else {
            return .current("Exists", "the Service exists")
        }
        let addresses = loadBalancerAddresses(of: service)
        return addresses.isEmpty
            ? .inProgress("NoAddress", "waits for the address of its load balancer")
            : .current("HasAddress", "the load balancer's address is \(addresses.joined(separator: ", "))")
    }
}

/// The IP addresses and host names under `status.loadBalancer.ingress` of a Service or an Ingress.
func loadBalancerAddresses(of object: KubernetesObject) -> [String] {
    (object.status[path: "loadBalancer", "ingress"]?.array ?? []).compactMap {
        $0["ip"]?.nonEmptyString ?? $0["hostname"]?.nonEmptyString
    }
}
