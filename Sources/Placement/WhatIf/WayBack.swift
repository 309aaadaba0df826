internal import Resources

extension PlacementQuestion {
    /// Whether the pods find nodes that a plan replaced, if all of it is undone at its very end: with its pods ready, and
    /// before anything is pruned. Nothing waits for anything else then.
    func wayBack(after verdicts: [PlacementVerdict]) -> PlacementQuestion {
        let planned = PlannedPods(self, after: verdicts, prunes: false)
        var back = self
        back.pods = planned.staying
        for workload in workloads {
            for var pod in planned.coming[workload.identity] ?? [] {
                // What had no pods is deleted, or replaced once more.
                pod.isBeingDeleted = workload.existing.isEmpty
                back.pods.append(pod)
            }
        }
        back.workloads = workloads.compactMap { workload in
            guard var earlier = former[workload.identity] else { return nil }
            let gone = Set(workload.departing.map(PodName.init))
            let own = workload.existing.filter { !gone.contains(PodName($0)) }
            earlier.existing = workload.existing.isEmpty ? [] : own + (planned.coming[workload.identity] ?? [])
            earlier.replacesExisting = workload.replacesExisting
            return earlier
        }
        (back.former, back.pruned, back.policies, back.predecessors) = ([:], [], [], [:])
        return back
    }
}
