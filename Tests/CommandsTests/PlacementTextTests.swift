import Placement
import Resources
import Testing

@testable import Commands

@Suite struct PlacementTextTests {
    private static func verdict(
        _ certainty: PlacementVerdict.Certainty, _ pods: Int, on nodes: [(String, Int)] = [], message: String? = nil,
        reason: String? = nil, hint: String? = nil
    ) -> PlacementVerdict {
        PlacementVerdict(
            workload: ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web"),
            certainty: certainty, pods: pods, trial: nodes.map { .init(node: $0.0, pods: $0.1) }, message: message,
            reason: reason, hint: hint)
    }

    @Test(arguments: [
        (verdict(.guaranteed, 1, on: [("a", 1)]), ["Deployment shop/web: 1 pod fits (guaranteed), a 1"]),
        (
            verdict(.guaranteed, 3, on: [("a", 1), ("b", 2)]),
            ["Deployment shop/web: 3 pods fit (guaranteed), b 2, a 1"]
        ),
        (
            verdict(.guaranteed, 7, on: (1...7).map { ("n\($0)", 1) }),
            ["Deployment shop/web: 7 pods fit (guaranteed), n1 1, n2 1, n3 1, n4 1, n5 1, and 2 more nodes"]
        ),
        (
            verdict(.possible, 2, on: [("a", 2)], reason: "only if pods of a lower priority are evicted"),
            [
                "Deployment shop/web: 2 pods may fit (possible), a 2",
                "    only if pods of a lower priority are evicted",
            ]
        ),
        (
            verdict(.possible, 2, on: [("a", 1)], message: "0/1 nodes are available: 1 Too many pods."),
            [
                "Deployment shop/web: 2 pods may fit (possible), a trial run places 1, a 1",
                "    0/1 nodes are available: 1 Too many pods.",
            ]
        ),
        (
            verdict(
                .impossible, 1, message: "0/1 nodes are available: 1 Insufficient cpu.", reason: "not enough cpu",
                hint: "ask for less"),
            [
                "Deployment shop/web: 1 pod doesn't fit (impossible)",
                "    0/1 nodes are available: 1 Insufficient cpu.", "    not enough cpu: ask for less",
            ]
        ),
    ])
    func `a workload has a line, and below it what helps`(verdict: PlacementVerdict, lines: [String]) {
        #expect(PlacementText.lines([verdict]) == lines)
    }
}
