import Resources

/// Addresses and ports that a Service asks for must be in the server's ranges, and nobody else's.
enum ServiceConflicts {
    /// - Parameter checksRanges: whether what is in no range of the server is refused, too.
    static func validate(_ request: AdmissionRequest, checksRanges: Bool) throws(APIStatus) {
        let spec = ServiceSpec(request.object["spec"])
        let old = ServiceSpec(request.old?["spec"])
        let asksForAddress =
            spec.needsAddress && spec.address != old.address && ServiceAllocator.address(spec.address) != nil
        let oldPorts = Set(old.ports.compactMap { $0["nodePort"]?.integer })
        let newPorts = spec.ports.compactMap { $0["nodePort"]?.integer }.filter { !oldPorts.contains($0) }
        guard asksForAddress || spec.usesNodePorts && !newPorts.isEmpty else { return }

        let others = request.view.objects(.service, namespace: nil)
            .filter { $0.namespace != request.namespace || $0.name != request.name }
        let taken = ServiceAllocator(services: others)
        if asksForAddress, let problem = problem(address: spec.address, taken, checksRanges: checksRanges) {
            throw invalid(request, field: "spec.clusterIPs", addressProblem(spec.address, problem, request.version))
        }
        for (index, port) in spec.ports.enumerated() {
            guard spec.usesNodePorts, let number = port["nodePort"]?.integer, !oldPorts.contains(number),
                let problem = problem(port: number, taken, checksRanges: checksRanges)
            else { continue }
            throw invalid(
                request, field: "spec.ports[\(index)].nodePort", "Invalid value: \(number): \(problem)")
        }
    }

    private static func addressProblem(_ address: String, _ problem: String, _ version: KubernetesVersion) -> String {
        let what =
            version.minor <= 20
            ? "failed to allocated ip:\(address) with error:\(problem)" : "failed to allocate IP \(address): \(problem)"
        return "Invalid value: []string{\"\(address)\"}: \(what)"
    }

    private static func problem(address: String, _ taken: ServiceAllocator, checksRanges: Bool) -> String? {
        let number = ServiceAllocator.address(address)
        if checksRanges, !(number.map(ServiceAllocator.isInRange) ?? false) {
            return "provided IP is not in the valid range. The range of valid IPs is \(ServiceAllocator.range)"
        }
        return number.map(taken.addresses.contains) ?? false ? "provided IP is already allocated" : nil
    }

    private static func problem(port: Int, _ taken: ServiceAllocator, checksRanges: Bool) -> String? {
        let valid = ServiceAllocator.nodePorts
        guard !checksRanges || valid.contains(port) else {
            let range = "\(valid.lowerBound)-\(valid.upperBound)"
            return "provided port is not in the valid range. The range of valid ports is \(range)"
        }
        return taken.ports.contains(port) ? "provided port is already allocated" : nil
    }

    private static func invalid(_ request: AdmissionRequest, field: String, _ message: String) -> APIStatus {
        .invalid(request.resource.kind, request.name, [FieldError(.invalid, field, message)])
    }
}
