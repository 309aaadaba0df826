import Testing

@Suite("Reasons in a pod's condition")
struct ReasonHistogramTests {
    @Test(
        "are read from what any version of the scheduler says",
        arguments: [
            (
                "0/9 nodes are available: 2 node(s) had taint {k: v}, that the pod didn't tolerate, 3 node(s) didn't match "
                    + "Pod's node affinity, 4 Insufficient cpu.",
                ["node(s) had untolerated taint {k: v}": 2, nodeAffinityRules: 3, "Insufficient cpu": 4]
            ),
            (
                "0/2 nodes are available: 1 node(s) didn't match pod affinity rules, 1 node(s) didn't satisfy existing pods "
                    + "anti-affinity rules, 2 node(s) didn't match pod affinity/anti-affinity.",
                [affinityRules: 1, existingRules: 1]
            ),
            (
                "0/2 nodes are available: 1 Too many pods, 2 node(s) were unschedulable. preemption: 0/2 nodes are "
                    + "available: 2 Preemption is not helpful for scheduling.",
                ["Too many pods": 1, "node(s) were unschedulable": 2]
            ),
        ])
    func areRead(message: String, counts: [String: Int]) {
        #expect(ReasonHistogram(message: message).counts == counts)
    }
}
