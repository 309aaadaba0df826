internal import Placement
internal import Planning
package import Resources

/// The pods of a workload on a node, or without one.
package struct PodLanding: Hashable, Sendable {
    package let workload: ObjectIdentity
    /// Nil for pods that found none.
    package let node: String?
    /// How many of the pods are there.
    package let pods: Int
    /// How many of them came with the run.
    package let new: Int

    private struct Place: Hashable, Comparable {
        let workload: ObjectIdentity
        /// Empty for none.
        let node: String

        static func < (left: Place, right: Place) -> Bool {
            (left.workload, left.node) < (right.workload, right.node)
        }
    }

    /// Where the pods of a plan's workloads are, by workload and node.
    static func all(
        in objects: [KubernetesObject], of plan: Plan, before: [KubernetesObject]
    ) -> [PodLanding] {
        let workloads = Set(plan.steps.compactMap { $0.change?.identity })
        let known = Set(before.compactMap(\.uid))
        var counts: [Place: (pods: Int, new: Int)] = [:]
        for object in objects where object.kind == "Pod" && object.apiVersion == "v1" {
            let pod = SchedulingPod(object)
            guard workloads.contains(pod.maker), !pod.hasEnded else { continue }
            let place = Place(workload: pod.maker, node: pod.nodeName ?? "")
            counts[place, default: (0, 0)].pods += 1
            if !known.contains(object.uid ?? "") { counts[place, default: (0, 0)].new += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { place, count in
            PodLanding(
                workload: place.workload, node: place.node.isEmpty ? nil : place.node, pods: count.pods, new: count.new)
        }
    }
}
