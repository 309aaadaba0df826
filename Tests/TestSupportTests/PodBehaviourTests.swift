import Resources
import TestSupport
import Testing

@Suite struct PodBehaviourTests {
    private static func pod(annotation: String? = nil, image: String = "nginx:1.27") -> KubernetesObject {
        var pod = KubernetesObject(["spec": ["containers": [["image": "other"], ["image": .string(image)]]]])
        if let annotation { pod.annotations = [PodBehaviour.annotation: annotation] }
        return pod
    }

    @Test(arguments: [
        ("image-missing", PodBehaviour.imageMissing), ("config-missing", .configMissing), ("crash", .crashes),
        ("oom", .exceedsMemory), ("never-ready", .neverReady), ("stuck", .stuck), ("ready", .runs(after: nil)),
        ("slow=2s", .runs(after: .seconds(2))), ("anything else", .runs(after: nil)),
    ])
    func `a pod asks for its behaviour by an annotation`(text: String, behaviour: PodBehaviour) {
        #expect(PodBehaviour(of: Self.pod(annotation: text)) == behaviour)
    }

    @Test(arguments: [
        ("endstate.test/crash:1", PodBehaviour.crashes), ("endstate.test/slow:500ms", .runs(after: .milliseconds(500))),
        ("endstate.test/image-missing", .imageMissing), ("nginx:crash", .runs(after: nil)),
    ])
    func `a pod asks for its behaviour by an image`(image: String, behaviour: PodBehaviour) {
        #expect(PodBehaviour(of: Self.pod(image: image)) == behaviour)
    }

    @Test func `the annotation comes before the image`() {
        let pod = Self.pod(annotation: "never-ready", image: "endstate.test/crash:1")
        #expect(PodBehaviour(of: pod) == .neverReady)
    }
}
