import Placement
import Resources
import Testing

@testable import Commands

@Suite struct LossTextTests {
    private static func identity(_ kind: String) -> ObjectIdentity {
        ObjectIdentity(group: "apps", kind: kind, namespace: "shop", name: "web")
    }

    private static func text(_ report: PlacementReport) -> String {
        LossText.paragraphs(report).map { paragraph in
            ([paragraph.title + ":"] + paragraph.lines.map { "    " + $0 }).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static let sure = PlacementVerdict(
        workload: identity("Deployment"), certainty: .guaranteed, pods: 1, trial: [.init(node: "b", pods: 1)])
    private static let stuck = PlacementVerdict(
        workload: identity("StatefulSet"), certainty: .impossible, pods: 2, message: "0/1 nodes are available: 1 full.")

    @Test func `a way back that is certain takes one line, another one is explained`() {
        #expect(Self.text(PlacementReport()) == "")
        #expect(
            Self.text(PlacementReport(wayBack: [Self.sure]))
                == "the way back, if it fails:\n    all pods fit (guaranteed)")
        #expect(
            Self.text(PlacementReport(wayBack: [Self.sure, Self.stuck])) == """
                the way back, if it fails:
                    StatefulSet shop/web: 2 pods don't fit (impossible)
                        0/1 nodes are available: 1 full.
                """)
    }

    @Test func `nodes to do without are named, with all that would move`() {
        let loss = LossVerdict(
            nodes: ["a", "c"], verdicts: [Self.sure], blocked: ["a budget lets none go"], lost: [Self.identity("Pod")])
        #expect(
            Self.text(PlacementReport(losses: [loss])) == """
                without a, c:
                    Deployment shop/web: 1 pod fits (guaranteed), b 1
                    a budget lets none go
                    Pod shop/web is lost: nothing makes it anew
                """)
        #expect(
            Self.text(PlacementReport(losses: [LossVerdict(nodes: ["a"], verdicts: [])]))
                == "without a:\n    no pod has to move")
    }

    @Test func `of many nodes, each by itself, those are told that can't be lost`() {
        let fine = LossVerdict(nodes: ["a"], verdicts: [Self.sure])
        let dire = LossVerdict(nodes: ["b"], verdicts: [Self.stuck])
        #expect(
            Self.text(PlacementReport(losses: [fine, dire, fine])) == """
                one at a time:
                    2 of 3 can be lost

                without b:
                    StatefulSet shop/web: 2 pods don't fit (impossible)
                        0/1 nodes are available: 1 full.
                """)
        #expect(Self.text(PlacementReport(losses: [fine, fine])) == "one at a time:\n    any of the 2 can be lost")
    }
}
