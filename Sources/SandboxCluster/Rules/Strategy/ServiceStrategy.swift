import Resources

/// What a Service gets from the server and gives back when its type changes
/// (pkg/registry/core/service/strategy.go and storage/rest.go).
enum ServiceStrategy {
    static func create(
        _ fields: inout [String: Value], in view: some ClusterView, dryRun: Bool, _ version: KubernetesVersion
    ) {
        fields.edit("spec") { spec in
            if let address = spec["clusterIP"], spec.hasNothing(at: "clusterIPs") { spec["clusterIPs"] = [address] }
        }
        allocate(&fields, old: nil, in: view, dryRun: dryRun, version)
    }

    static func update(_ fields: inout [String: Value], old: Value, _ version: KubernetesVersion) {
        let earlier = ServiceSpec(old["spec"])
        fields.edit("spec") { spec in
            if version.minor >= 21 { keepAllocated(&spec, earlier) }
            matchAddresses(&spec, earlier)
            giveBack(&spec, earlier)
        }
        if fields["spec"]?["type"] != "LoadBalancer" { fields["status"] = ["loadBalancer": [:]] }
    }

    /// Hands out an address, node ports and a port for health checks where they are needed and missing.
    static func allocate(
        _ fields: inout [String: Value], old: Value?, in view: any ClusterView, dryRun: Bool,
        _ version: KubernetesVersion
    ) {
        let metadata = fields["metadata"]
        let seed = "\(metadata?["namespace"]?.string ?? "")/\(metadata?["name"]?.string ?? "")"
        fields.edit("spec") { spec in
            let service = ServiceSpec(.object(spec))
            if version.minor >= 21, service.needsAddress { setFamilies(&spec) }
            let isNewlyAddressed = old.map { !ServiceSpec($0["spec"]).needsAddress } ?? true
            // A dry run showed no address until the allocator was rewritten in 1.23.
            let wantsAddress =
                isNewlyAddressed && service.needsAddress && service.address.isEmpty && (!dryRun || version.minor >= 23)
            let wantsPorts = service.allocatesNodePorts && service.ports.contains { $0["nodePort"] == nil }
            let wantsHealthPort = service.needsHealthPort && service.healthPort == nil
            guard wantsAddress || wantsPorts || wantsHealthPort else { return }

            var allocator = ServiceAllocator(services: view.objects(.service, namespace: nil), seed: seed)
            if wantsAddress, let address = allocator.nextAddress() {
                spec["clusterIP"] = .string(address)
                spec["clusterIPs"] = [.string(address)]
            }
            if wantsPorts { setNodePorts(&spec, &allocator, sharesPorts: old == nil) }
            if wantsHealthPort { spec["healthCheckNodePort"] = allocator.nextPort().map { .integer(Int64($0)) } }
        }
    }

    /// One node port serves one port number in all its protocols, when a service is made.
    private static func setNodePorts(
        _ spec: inout [String: Value], _ allocator: inout ServiceAllocator, sharesPorts: Bool
    ) {
        var byNumber: [Int: Value] = [:]
        for port in spec["ports"]?.array ?? [] {
            if sharesPorts, let number = port["port"]?.integer, let given = port["nodePort"] {
                byNumber[number] = given
            }
        }
        spec.editEach("ports") { port in
            guard port["nodePort"] == nil, let number = port["port"]?.integer else { return }
            let nodePort = byNumber[number] ?? allocator.nextPort().map { .integer(Int64($0)) }
            port["nodePort"] = nodePort
            if sharesPorts { byNumber[number] = nodePort }
        }
    }

    /// The addresses of a cluster with one family of them.
    private static func setFamilies(_ spec: inout [String: Value]) {
        let isForeign = spec["clusterIP"] == "None" && spec.hasNothing(at: "selector")
        if isForeign {
            spec.setDefault("ipFamilyPolicy", "RequireDualStack")
            spec.setDefault("ipFamilies", ["IPv4", "IPv6"])
        } else {
            spec.setDefault("ipFamilyPolicy", "SingleStack")
            spec.setDefault("ipFamilies", ["IPv4"])
        }
    }

    /// An update that doesn't name what was handed out keeps it.
    private static func keepAllocated(_ spec: inout [String: Value], _ earlier: ServiceSpec) {
        let now = ServiceSpec(.object(spec))
        if earlier.needsAddress, now.needsAddress, now.address.isEmpty, now.addresses == nil {
            spec["clusterIP"] = earlier.value["clusterIP"]
            spec["clusterIPs"] = earlier.addresses
        }
        if earlier.usesNodePorts, now.usesNodePorts {
            let taken = Set(now.ports.compactMap { $0["nodePort"]?.integer })
            spec.editEach("ports") { port in
                guard port["nodePort"] == nil else { return }
                let same = earlier.ports.first { $0["port"] == port["port"] && $0["protocol"] == port["protocol"] }
                guard let number = same?["nodePort"]?.integer, !taken.contains(number) else { return }
                port["nodePort"] = .integer(Int64(number))
            }
        }
        if earlier.needsHealthPort, now.needsHealthPort, now.healthPort == nil {
            spec["healthCheckNodePort"] = earlier.healthPort
        }
    }

    /// Keeps `clusterIPs` in line with `clusterIP`, which old clients know alone (`NormalizeClusterIPs`).
    private static func matchAddresses(_ spec: inout [String: Value], _ earlier: ServiceSpec) {
        let now = ServiceSpec(.object(spec))
        if now.address == earlier.address {
            if now.addresses == nil { spec["clusterIPs"] = earlier.addresses }
        } else if now.addresses == earlier.addresses {
            spec["clusterIPs"] = now.address.isEmpty ? .none : .some([.string(now.address)])
        }
    }

    /// Removes what the new type has no use for, unless the request changed it, too (`dropTypeDependentFields`).
    private static func giveBack(_ spec: inout [String: Value], _ earlier: ServiceSpec) {
        let now = ServiceSpec(.object(spec))
        func drop(_ keys: String...) {
            for key in keys where spec[key] == earlier.value[key] { spec[key] = nil }
        }
        if earlier.needsAddress, !now.needsAddress {
            if now.address == earlier.address, now.addresses == earlier.addresses { drop("clusterIP", "clusterIPs") }
            drop("ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")
        }
        if earlier.usesNodePorts, !now.usesNodePorts {
            let earlierPorts = Set(earlier.ports.compactMap { $0["nodePort"]?.integer })
            if earlierPorts.isSuperset(of: now.ports.compactMap { $0["nodePort"]?.integer }) {
                spec.editEach("ports") { $0["nodePort"] = nil }
            }
            spec["externalTrafficPolicy"] = nil
        }
        if earlier.needsHealthPort, !now.needsHealthPort { spec["healthCheckNodePort"] = nil }
        if earlier.type == "LoadBalancer", now.type != "LoadBalancer" { drop("allocateLoadBalancerNodePorts") }
    }
}

/// What a Service's spec says about addresses and ports.
struct ServiceSpec {
    let value: Value

    init(_ value: Value?) {
        self.value = value ?? [:]
    }

    var type: String { value["type"]?.string ?? "ClusterIP" }
    /// Empty where there is none; `None` for a headless service.
    var address: String { value["clusterIP"]?.string ?? "" }
    var addresses: Value? { value["clusterIPs"].flatMap { $0.isGoZero ? nil : $0 } }
    var ports: [Value] { value["ports"]?.array ?? [] }
    var healthPort: Value? { value["healthCheckNodePort"] }

    var needsAddress: Bool { type != "ExternalName" }
    var usesNodePorts: Bool { type == "NodePort" || type == "LoadBalancer" }
    var allocatesNodePorts: Bool { usesNodePorts && value["allocateLoadBalancerNodePorts"] != false }
    var needsHealthPort: Bool { type == "LoadBalancer" && value["externalTrafficPolicy"] == "Local" }
}

extension GroupKind {
    static let service = GroupKind(group: "", kind: "Service")
}
