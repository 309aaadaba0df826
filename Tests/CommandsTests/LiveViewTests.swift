import Reconciler
import Resources
import Testing

@testable import Commands

@Suite struct LiveViewTests {
    private static func object(_ name: String) -> ObjectIdentity {
        ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: name)
    }

    @Test func `it shows what is under way, the longest first`() {
        var view = LiveView(style: .plain)
        view.note(RunEvent(.applying, Self.object("b"), elapsed: .seconds(1)))
        view.note(RunEvent(.applying, Self.object("a"), elapsed: .seconds(3)))
        view.note(RunEvent(.applied, Self.object("b"), "created", elapsed: .seconds(4)))
        view.note(RunEvent(.waiting, Self.object("b"), "1 of 2 pods\u{1B}", elapsed: .seconds(5)))
        view.note(RunEvent(.deleting, Self.object("c"), elapsed: .seconds(6)))
        #expect(
            view.draw(at: .seconds(10), width: 80) == #"""
                  waiting Deployment shop/b 9s: 1 of 2 pods\u{1B}
                  applying Deployment shop/a 7s
                  deleting Deployment shop/c 4s

                """#)
    }

    @Test func `what is done goes, and the block is drawn anew`() {
        var view = LiveView(style: .plain)
        #expect(view.erase().isEmpty)
        view.note(RunEvent(.applying, Self.object("a"), elapsed: .zero))
        view.note(RunEvent(.applying, Self.object("b"), elapsed: .zero))
        _ = view.draw(at: .zero, width: 80)
        #expect(view.erase() == "\u{1B}[2A\u{1B}[J")
        view.note(RunEvent(.healthy, Self.object("a"), elapsed: .zero))
        view.note(RunEvent(.failed, Self.object("b"), elapsed: .zero))
        #expect(view.draw(at: .zero, width: 80).isEmpty)
        #expect(view.erase().isEmpty)
    }

    @Test func `what was under way is over once it is undone`() {
        var view = LiveView(style: .plain)
        view.note(RunEvent(.applied, Self.object("a"), elapsed: .zero))
        view.note(RunEvent(.rollingBack, nil, "revision 2", elapsed: .zero))
        view.note(RunEvent(.waiting, Self.object("b"), "1 of 2 pods", elapsed: .zero))
        #expect(view.draw(at: .zero, width: 80) == "  waiting Deployment shop/b 0s: 1 of 2 pods\n")
    }

    @Test func `that a deletion is accepted changes nothing, and is no line of its own`() {
        var view = LiveView(style: .plain)
        let accepted = RunEvent(.deletionAccepted, Self.object("a"), elapsed: .zero)
        view.note(RunEvent(.deleting, Self.object("a"), elapsed: .zero))
        view.note(accepted)
        #expect(view.draw(at: .zero, width: 80) == "  deleting Deployment shop/a 0s\n")
        #expect(EventText(style: .plain).line(accepted) == nil)
    }

    @Test func `long lines are cut, and many are counted`() {
        var view = LiveView(style: .plain)
        for name in ["a", "b", "c"] { view.note(RunEvent(.applying, Self.object(name), elapsed: .zero)) }
        #expect(
            view.draw(at: .zero, width: 20, limit: 1) == """
                  applying Deploym…
                  and 2 more

                """)
    }
}
