package import Resources

/// What the scheduler needs to know of a node.
package struct SchedulingNode: Hashable, Sendable {
    package let name: String
    package var labels: [String: String]
    package var taints: [Taint]
    /// `spec.unschedulable`: cordoned.
    package var isUnschedulable: Bool
    package var allocatable: ResourceAmounts
    /// Whether it is there in name only: no pod can be on it.
    var isLost = false
    /// How many pods the kubelet takes (`allocatable.pods`); 0 where it doesn't say.
    package var maximumPods: Int

    package init(
        name: String, labels: [String: String] = [:], taints: [Taint] = [], isUnschedulable: Bool = false,
        allocatable: ResourceAmounts, maximumPods: Int
    ) {
        self.name = name
        self.labels = labels
        self.taints = taints
        self.isUnschedulable = isUnschedulable
        self.allocatable = allocatable
        self.maximumPods = maximumPods
    }

    /// As a node is that is about to go: cordoned, with no room for anything, and still one of its zone.
    var lost: SchedulingNode {
        var node = self
        (node.isLost, node.isUnschedulable, node.maximumPods, node.allocatable) = (true, true, 0, ResourceAmounts())
        return node
    }

    /// More pods than any node takes.
    private static let mostPods: Int64 = 100_000

    /// Reads a Node object.
    package init(_ object: KubernetesObject) {
        let allocatable = object.value[path: "status", "allocatable"]
        self.init(
            name: object.name,
            labels: object.labels,
            taints: (object.value[path: "spec", "taints"]?.array ?? []).map(Taint.init),
            isUnschedulable: object.value[path: "spec", "unschedulable"]?.bool ?? false,
            allocatable: ResourceAmounts(allocatable),
            maximumPods: (allocatable?["pods"]).flatMap { ResourceAmounts.amount($0, of: "pods") }
                .map { Int(min($0, Self.mostPods)) } ?? 0
        )
    }
}
