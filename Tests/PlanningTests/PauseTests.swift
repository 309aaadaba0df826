import Manifests
import Planning
import Resources
import Testing

@Suite struct `a pause` {
    private static let canary = "apps/namespaces/shop/Deployment/canary"

    /// A canary, a workload that depends on it, and one that depends on that.
    private func fixture(canary: Action = .update, web: Action = .update, back: Action = .update) throws -> PlanFixture
    {
        var fixture = try PlanFixture()
        fixture.declare(try deployment("canary"), canary)
        fixture.declare(try depending(deployment("web"), on: Self.canary), web)
        fixture.declare(try depending(deployment("back"), on: "apps/namespaces/shop/Deployment/web"), back)
        return fixture
    }

    private func depending(_ object: KubernetesObject, on reference: String) -> KubernetesObject {
        var object = object
        object.annotations["config.kubernetes.io/depends-on"] = reference
        return object
    }

    private func pauses(_ plan: Plan) -> [String: Pause] {
        let pauses = plan.steps.compactMap { step in step.pause.map { (step.node.description, $0) } }
        return Dictionary(uniqueKeysWithValues: pauses)
    }

    @Test func `is part of its object's step`() throws {
        var fixture = try fixture()
        fixture.pause(after: Self.canary, soak: .seconds(60))
        fixture.pause(after: " apps/namespaces/shop/Deployment/web ")
        #expect(
            try pauses(fixture.plan()) == [
                "Deployment shop/canary": .soak(.seconds(60)), "Deployment shop/web": .person,
            ])
        #expect(try fixture.plan().warnings.isEmpty)
    }

    @Test(arguments: [
        (Action.update, Action.update, Action.update, true),
        (.unchanged, .update, .unchanged, true),
        (.create, .unchanged, .create, true),
        (.unchanged, .unchanged, .replace, true),
        (.update, .unchanged, .unchanged, false),
        (.unchanged, .unchanged, .unchanged, false),
    ])
    func `is there only where something that depends on the object is written`(
        canary: Action, web: Action, back: Action, isThere: Bool
    ) throws {
        var fixture = try fixture(canary: canary, web: web, back: back)
        fixture.pause(after: Self.canary)
        #expect(try pauses(fixture.plan()).isEmpty != isThere)
    }

    @Test func `holds back what comes after a barrier, too`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try deployment("canary"), .unchanged)
        var second = try deployment("web")
        second.annotations["argocd.argoproj.io/sync-wave"] = "1"
        fixture.declare(second, .update)
        fixture.pause(after: Self.canary)
        #expect(try pauses(fixture.plan()) == ["Deployment shop/canary": .person])
    }

    @Test func `has a warning where nothing depends on the object`() throws {
        var fixture = try fixture()
        fixture.pause(after: "apps/namespaces/shop/Deployment/back")
        #expect(try pauses(fixture.plan()).isEmpty)
        #expect(
            try fixture.plan().warnings.map { $0.rendered() } == [
                """
                warning[idle-pause]: nothing depends on Deployment shop/back, so the pause after it holds nothing back
                 --> endstate.yaml:1:7
                hint: annotate what should wait: config.kubernetes.io/depends-on: apps/namespaces/shop/Deployment/back
                """
            ])
    }

    @Test(arguments: [
        (
            "apps/namespaces/shop/Deployment/cannary",
            "unknown-pause: spec.pauseAfter names Deployment shop/cannary, which the source doesn't declare",
            "did you mean apps/namespaces/shop/Deployment/canary?"
        ),
        (
            "apps/Deployment/canary",
            "unknown-pause: spec.pauseAfter names Deployment canary, which the source doesn't declare",
            "did you mean apps/namespaces/shop/Deployment/canary?"
        ),
        (
            "/namespaces/shop/Service/x",
            "unknown-pause: spec.pauseAfter names Service shop/x, which the source doesn't declare",
            "name an object that the source declares"
        ),
        (
            "Deployment/canary", "malformed-pause: spec.pauseAfter: \"Deployment/canary\" is no reference to an object",
            malformedHint
        ),
        (
            "\(canary),/Namespace/shop",
            "malformed-pause: spec.pauseAfter: \"\(canary),/Namespace/shop\" is no reference to an object",
            malformedHint
        ),
    ])
    func `after no object of the set is an error`(reference: String, message: String, hint: String) throws {
        var fixture = try fixture()
        fixture.pause(after: reference)
        let error = try #require(throws: PlanError.self) { try fixture.plan() }
        #expect(error.diagnostics.map { "\($0.code): \($0.message)" } == [message])
        #expect(error.diagnostics.first?.hint == hint)
        #expect(error.diagnostics.first?.location == SourceLocation(file: "endstate.yaml", line: 1, column: 7))
    }

    private static let malformedHint =
        "write GROUP/namespaces/NAMESPACE/KIND/NAME, or GROUP/KIND/NAME for an object of the whole cluster, "
        + "with nothing before the first slash for the core group"

    @Test func `after the same object as another is an error`() throws {
        var fixture = try fixture()
        fixture.pause(after: Self.canary)
        fixture.pause(after: Self.canary, soak: .seconds(1))
        #expect(
            errorText { _ = try fixture.plan() } == """
                error[repeated-pause]: spec.pauseAfter names Deployment shop/canary more than once
                 --> endstate.yaml:2:7
                hint: keep one of them
                """)
    }

    @Test func `does not keep an application from being deleted`() throws {
        var fixture = try PlanFixture()
        fixture.intent = .deleteApplication
        fixture.delete(try deployment("canary"))
        fixture.pause(after: Self.canary)
        #expect(try fixture.plan().deletions.count == 1)
    }
}
