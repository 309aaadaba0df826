internal import Resources

/// How much a pod asks for (`PodRequests` in k8s.io/component-helpers/resource/helpers.go).
enum PodRequests {
    /// - Parameter defaults: What a namespace's LimitRanges give to a container that asks for nothing; admission has
    ///   filled it in already in pods that exist.
    static func amounts(of spec: Value, defaults: ResourceAmounts = ResourceAmounts()) -> ResourceAmounts {
        let requests: (Value) -> ResourceAmounts = { container in
            containerRequests(container["resources"], defaults: defaults)
        }
        var running = (spec["containers"]?.array ?? []).map(requests).reduce(into: ResourceAmounts(), +=)
        // Those with `restartPolicy: Always` keep running beside what starts after them (KEP-753).
        var sidecars = ResourceAmounts()
        var starting = ResourceAmounts()
        for container in spec["initContainers"]?.array ?? [] {
            let amounts = requests(container)
            if container["restartPolicy"]?.string == "Always" {
                running += amounts
                sidecars += amounts
                starting = .max(starting, sidecars)
            } else {
                starting = .max(starting, amounts + sidecars)
            }
        }
        var total = ResourceAmounts.max(running, starting)
        override(&total, by: spec["resources"])
        total += ResourceAmounts(spec["overhead"])
        return total
    }

    /// What a container asks for; limits stand for requests that are not given.
    private static func containerRequests(_ resources: Value?, defaults: ResourceAmounts) -> ResourceAmounts {
        let (given, limits) = (resources?["requests"]?.object ?? [:], resources?["limits"]?.object ?? [:])
        var result = defaults
        for (name, value) in given.merging(limits, uniquingKeysWith: { given, _ in given }) where name != "pods" {
            result[name] = ResourceAmounts.amount(value, of: name) ?? 0
        }
        return result
    }

    /// Pod-level resources hold for the pod as a whole (KEP-2837).
    private static func override(_ total: inout ResourceAmounts, by resources: Value?) {
        let requests = resources?["requests"]?.object ?? [:]
        for (name, value) in requests where isPodLevel(name) {
            total[name] = ResourceAmounts.amount(value, of: name) ?? total[name]
        }
        for (name, value) in resources?["limits"]?.object ?? [:] where isPodLevel(name) && requests[name] == nil {
            if total[name] == 0 { total[name] = ResourceAmounts.amount(value, of: name) ?? 0 }
        }
    }

    private static func isPodLevel(_ name: String) -> Bool {
        name == "cpu" || name == "memory" || name.hasPrefix("hugepages-")
    }
}
