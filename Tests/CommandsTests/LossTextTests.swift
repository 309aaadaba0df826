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
            NodeLoss(nodes: ["a", "c"]), verdicts: [Self.sure], blocked: ["a budget lets none go"],
            lost: [Self.identity("Pod")])
        #expect(
            Self.text(PlacementReport(losses: [loss])) == """
                without a, c:
                    Deployment shop/web: 1 pod fits (guaranteed), b 1
                    a budget lets none go
                    Pod shop/web is lost: nothing makes it anew
                """)
        #expect(
            LossText.refusal([loss])?.message
                == "without a, c PodDisruptionBudgets let pods not be evicted, 1 pod would be lost")
        #expect(
            Self.text(PlacementReport(losses: [LossVerdict(NodeLoss(nodes: ["a"]), verdicts: [])]))
                == "without a:\n    no pod has to move")
        let zone = LossVerdict(NodeLoss(nodes: ["a", "b"], zones: ["east"]), verdicts: [], isOfTrial: true)
        #expect(
            Self.text(PlacementReport(losses: [zone]))
                == "without zone east (a, b), with new pods where a trial run put them:\n    no pod has to move")
    }

    @Test func `of many nodes, each by itself, those are told that may not be lost`() {
        let fine = LossVerdict(NodeLoss(nodes: ["a"]), verdicts: [Self.sure])
        let dire = LossVerdict(NodeLoss(nodes: ["b"]), verdicts: [Self.stuck])
        var chance = Self.sure
        chance.certainty = .possible
        let open = LossVerdict(NodeLoss(nodes: ["c"]), verdicts: [chance])
        #expect(
            Self.text(PlacementReport(losses: [fine, dire, open, fine])) == """
                one at a time:
                    2 of 4 can be lost (guaranteed), 1 may be, 1 can't

                without b:
                    StatefulSet shop/web: 2 pods don't fit (impossible)
                        0/1 nodes are available: 1 full.

                without c:
                    Deployment shop/web: 1 pod may fit (possible), b 1
                """)
        #expect(
            Self.text(PlacementReport(losses: [fine, fine])) == "one at a time:\n    2 of 2 can be lost (guaranteed)")
        #expect(LossText.refusal([fine, open]) == nil)
        #expect(LossText.refusal([dire])?.message == "without b 1 workload would find no place")
        #expect(
            LossText.refusal([dire, fine, dire])?.message
                == "without b 1 workload would find no place; so it is in 1 more case"
        )
    }
}
