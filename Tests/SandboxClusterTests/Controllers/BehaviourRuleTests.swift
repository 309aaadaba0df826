import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Behaviour rules` {
    private static let text = """
        rules:
        - image: registry.example.com/shop/cart:*
          behaviour: crash
        - image: registry.example.com/*
          behaviour: never-ready
        - image: nginx:1
          behaviour: image-missing
        """

    private static func rules(_ text: String) throws -> [BehaviourRule] {
        try BehaviourDocument.rules(yaml: Array(text.utf8), file: "rules.yaml")
    }

    private static func outcome(of pod: KubernetesObject) -> String {
        let waiting = pod.status["containerStatuses"]?[0]?[path: "state", "waiting", "reason"]?.string ?? ""
        if waiting.contains("ImagePull") { return "image-missing" }
        if pod.restarts > 0 { return "crash" }
        return pod.isReadyPod ? "ready" : "never-ready"
    }

    /// An image, the annotation of its pod, and what becomes of it.
    @Test(arguments: [
        ("registry.example.com/shop/cart:2", nil as String?, "crash"),
        ("registry.example.com/shop/web:2", nil, "never-ready"), ("nginx:1", nil, "image-missing"),
        ("nginx:12", nil, "ready"), ("nginx:1", "ready", "ready"), ("nginx:2", "crash", "crash"),
        ("endstate.test/crash:1", nil, "crash"),
    ])
    func `the first rule decides that matches the image, where the pod doesn't`(
        image: String, annotation: String?, outcome: String
    ) throws {
        var settings = ControllerSettings()
        settings.behaviours = try Self.rules(Self.text)
        var sandbox = try Sandbox(nodes: 1, settings: settings)
        let annotations = annotation.map { ["endstate.dev/sandbox": Value.string($0)] } ?? [:]
        try sandbox.create(Samples.pod("web", image: image, annotations: annotations))
        sandbox.wait(5)
        #expect(try Self.outcome(of: sandbox.get(Samples.identity(Kinds.pod, "web"))) == outcome)
    }

    @Test(arguments: [
        ("rules: 1", 1, 1, "rules must be a list"), ("[]", 1, 1, "the document must be an object with rules"),
        ("", 1, 1, "the behaviour rules must be one document with a list `rules`"),
        ("rules: []\nother: 1", 2, 1, "other is unknown"),
        ("rules:\n- image: a\n  behaviour: crsh", 3, 3, "rules[0].behaviour must be one of ready, "),
        ("rules:\n- image: a\n  behaviour: slow", 3, 3, "rules[0].behaviour must be one of ready, "),
        ("rules:\n- image: a\n", 2, 3, "rules[0].behaviour must be a text"),
        ("rules:\n- image: a\n  behavior: crash", 3, 3, "rules[0].behavior is unknown"),
        ("rules:\n- crash", 2, 3, "rules[0] must be an object with image and behaviour"),
    ])
    func `what a document gets wrong is told with its line`(text: String, line: Int, column: Int, message: String) {
        let error = #expect(throws: Diagnostic.self) { try Self.rules(text) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
        #expect(error?.location == SourceLocation(file: "rules.yaml", line: line, column: column))
    }

    @Test func `a misspelt behaviour has a hint`() {
        let error = #expect(throws: Diagnostic.self) { try Self.rules("rules: [{image: a, behaviour: crsh}]") }
        #expect(error?.hint == "did you mean crash?")
    }
}
