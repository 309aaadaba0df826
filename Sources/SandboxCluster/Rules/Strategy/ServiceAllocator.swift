import Resources

/// Hands out addresses and ports that no Service has yet.
///
/// The server picks at random; here the search begins where a service's name leads to, so that the same objects in the
/// same order get the same numbers.
struct ServiceAllocator {
    /// The control plane's `--service-cluster-ip-range`: 10.96.0.0/16.
    static let range = "10.96.0.0/16"
    static let network: UInt32 = 10 << 24 | 96 << 16
    private static let size: UInt32 = 1 << 16
    static let nodePorts = 30_000...32_767

    private(set) var addresses: Set<UInt32> = []
    private(set) var ports: Set<Int> = []
    private var hash: UInt64

    /// - Parameter services: all there are.
    init(services: [KubernetesObject], seed: String = "") {
        hash = stableHash(seed)
        for service in services {
            let spec = ServiceSpec(service.value["spec"])
            if let address = Self.address(spec.address) { addresses.insert(address) }
            for port in spec.ports {
                if let number = port["nodePort"]?.integer { ports.insert(number) }
            }
            if let number = spec.healthPort?.integer { ports.insert(number) }
        }
    }

    /// Nil where the range is used up. The first address is that of the API itself.
    mutating func nextAddress() -> String? {
        let usable = Self.size - 3
        let start = UInt32(truncatingIfNeeded: nextHash() % UInt64(usable))
        for step in 0..<usable {
            let address = Self.network + 2 + (start + step) % usable
            if addresses.insert(address).inserted { return Self.text(address) }
        }
        return nil
    }

    /// Nil where all ports are in use.
    mutating func nextPort() -> Int? {
        let start = Int(nextHash() % UInt64(Self.nodePorts.count))
        for step in 0..<Self.nodePorts.count {
            let port = Self.nodePorts.lowerBound + (start + step) % Self.nodePorts.count
            if ports.insert(port).inserted { return port }
        }
        return nil
    }

    private mutating func nextHash() -> UInt64 {
        hash = hash &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return hash >> 33
    }

    /// The number of an IPv4 address; nil where the text is none.
    static func address(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(0) { $0 << 8 | UInt32($1) }
    }

    static func isInRange(_ address: UInt32) -> Bool {
        address > network && address < network + size - 1
    }

    private static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
    }
}

/// FNV-1a: the same in every run, unlike Swift's own hashes.
func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
}
