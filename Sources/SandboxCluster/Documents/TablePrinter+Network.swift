internal import Resources

extension TablePrinter {
    /// The printer of what leads to pods; nil for other kinds.
    static func networkPrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        switch (kind.group, kind.kind) {
        case ("", "Service"): service
        case ("", "Endpoints"): endpoints
        case ("discovery.k8s.io", "EndpointSlice"): endpointSlice
        case ("networking.k8s.io", "Ingress"): ingress
        case ("networking.k8s.io", "IngressClass"): ingressClass
        case ("networking.k8s.io", "NetworkPolicy"): networkPolicy
        default: nil
        }
    }

    private static let service = TablePrinter(
        columns: [
            .name, TableColumn("Type"), TableColumn("Cluster-IP"), TableColumn("External-IP"), TableColumn("Port(s)"),
            .age, .wide("Selector"),
        ]
    ) { object, clock in
        let spec = object.value["spec"] ?? .null
        let address = spec.items("clusterIPs").first?.string ?? spec.text("clusterIP")
        return [
            .string(object.name), .string(spec.text("type")), TableCells.text(address, orElse: "<none>"),
            .string(externalAddress(object.value)), TableCells.text(ports(spec), orElse: "<none>"),
            clock.age(of: object), TableCells.labels(spec["selector"]),
        ]
    }

    private static func externalAddress(_ service: Value) -> String {
        let external = service.items("spec", "externalIPs").compactMap(\.string)
        switch service.text("spec", "type") {
        case "ClusterIP", "NodePort": return external.isEmpty ? "<none>" : external.joined(separator: ",")
        case "LoadBalancer":
            let all = loadBalancerAddresses(service) + external
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        case "ExternalName": return service.text("spec", "externalName")
        default: return "<unknown>"
        }
    }

    private static func loadBalancerAddresses(_ object: Value) -> [String] {
        let addresses = object.items("status", "loadBalancer", "ingress").map { entry in
            entry.text("ip").isEmpty ? entry.text("hostname") : entry.text("ip")
        }
        return Set(addresses.filter { !$0.isEmpty }).sorted()
    }

    private static func ports(_ spec: Value) -> String {
        spec.items("ports").map { port in
            let nodePort = port.count("nodePort")
            let number = nodePort > 0 ? "\(port.count("port")):\(nodePort)" : "\(port.count("port"))"
            return "\(number)/\(port.text("protocol"))"
        }.joined(separator: ",")
    }

    private static let endpoints = TablePrinter(columns: [.name, TableColumn("Endpoints"), .age]) { object, clock in
        let subsets = object.value.items("subsets")
        let all = subsets.flatMap { subset -> [String] in
            let addresses = subset.items("addresses").map { $0.text("ip") }
            let ports = subset.items("ports").map { $0.count("port") }
            if ports.isEmpty { return addresses }
            return ports.flatMap { port in
                addresses.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" }
            }
        }
        return [
            .string(object.name), .string(TableCells.list(all, empty: subsets.isEmpty ? "<none>" : "")),
            clock.age(of: object),
        ]
    }

    private static let endpointSlice = TablePrinter(
        columns: [.name, TableColumn("AddressType"), TableColumn("Ports"), TableColumn("Endpoints"), .age]
    ) { object, clock in
        let value = object.value
        let ports = value.items("ports").map { port in
            port["port"]?.scalarText ?? port["name"]?.string ?? "*"
        }
        let addresses = value.items("endpoints").flatMap { $0.items("addresses").compactMap(\.string) }
        return [
            .string(object.name), .string(value.text("addressType")), .string(TableCells.list(ports, empty: "<unset>")),
            .string(TableCells.list(addresses, empty: "<unset>")), clock.age(of: object),
        ]
    }

    private static let ingress = TablePrinter(
        columns: [
            .name, TableColumn("Class"), TableColumn("Hosts"), TableColumn("Address"), TableColumn("Ports"), .age,
        ]
    ) { object, clock in
        let value = object.value
        return [
            .string(object.name), TableCells.text(value.text("spec", "ingressClassName"), orElse: "<none>"),
            .string(hosts(value.items("spec", "rules"))),
            .string(loadBalancerAddresses(value).joined(separator: ",")),
            value.items("spec", "tls").isEmpty ? "80" : "80, 443", clock.age(of: object),
        ]
    }

    /// The hosts of the first rules that name one.
    private static func hosts(_ rules: [Value]) -> String {
        let hosts = rules.map { $0.text("host") }.filter { !$0.isEmpty }
        let shown = hosts.prefix(3).joined(separator: ",")
        if shown.isEmpty { return "*" }
        // Rules without a host count, too, once three that have one were found.
        let third = rules.indices.filter { !rules[$0].text("host").isEmpty }.dropFirst(2).first
        guard let third, third + 1 < rules.count else { return shown }
        return "\(shown) + \(rules.count - 3) more..."
    }

    private static let ingressClass = TablePrinter(
        columns: [.name, TableColumn("Controller"), TableColumn("Parameters"), .age]
    ) { object, clock in
        let value = object.value
        var parameters = "<none>"
        if let reference = value[path: "spec", "parameters"] {
            let group = reference["apiGroup"]?.string.map { ".\($0)" } ?? ""
            parameters = "\(reference.text("kind"))\(group)/\(reference.text("name"))"
        }
        return [
            .string(object.name), .string(value.text("spec", "controller")), .string(parameters), clock.age(of: object),
        ]
    }

    private static let networkPolicy = TablePrinter(
        columns: [.name, TableColumn("Pod-Selector"), .age]
    ) { object, clock in
        [.string(object.name), TableCells.selector(object.value[path: "spec", "podSelector"]), clock.age(of: object)]
    }
}
