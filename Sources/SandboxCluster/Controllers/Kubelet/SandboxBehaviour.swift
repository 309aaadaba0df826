internal import FoundationEssentials
internal import Resources

/// What becomes of a container on a sandbox's nodes.
///
/// A pod asks for it by the annotation `endstate.dev/sandbox` (or `endstate.dev/test-pod`), for all of its containers
/// but those that initialize it; or by the image of a container, whose registry is then `endstate.test` and whose name
/// is the behaviour's: `endstate.test/crash:1`, `endstate.test/slow:2s`. Other images behave as rules say
/// (`BehaviourRule`).
enum SandboxBehaviour: Hashable, Sendable {
    /// It becomes ready; or ends well, where it is one that ends. With `slow=2s` that long after the pod was bound.
    case runs(after: TimeInterval?)
    /// `image-missing`: its image cannot be pulled.
    case imageMissing
    /// `config-missing`: a Secret that it needs does not exist.
    case configMissing
    /// `crash`: it exits with code 1 as soon as it starts.
    case crashes
    /// `oom`: it exceeds its memory limit as soon as it starts.
    case exceedsMemory
    /// `never-ready`: it runs, and its readiness probe fails.
    case neverReady
    /// `stuck`: the kubelet does nothing about the pod at all.
    case stuck

    static let annotations = ["endstate.dev/sandbox", "endstate.dev/test-pod"]
    static let registry = "endstate.test/"

    /// What the pod asks for by an annotation; nil where it doesn't.
    static func wish(of pod: KubernetesObject) -> SandboxBehaviour? {
        guard pod.metadata["annotations"] != nil else { return nil }
        let annotations = pod.annotations
        for name in Self.annotations {
            if let text = annotations[name], let wish = SandboxBehaviour(text) { return wish }
        }
        return nil
    }

    /// What a container's image asks for; nil where it doesn't.
    init?(image: String) {
        guard image.hasPrefix(Self.registry) else { return nil }
        let name = image.dropFirst(Self.registry.count).split(separator: ":", maxSplits: 1).joined(separator: "=")
        self.init(name)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        switch parts.first {
        case "image-missing": self = .imageMissing
        case "config-missing": self = .configMissing
        case "crash": self = .crashes
        case "oom": self = .exceedsMemory
        case "never-ready": self = .neverReady
        case "stuck": self = .stuck
        case "ready": self = .runs(after: nil)
        case "slow":
            guard let delay = parts.dropFirst().first.flatMap({ Duration(goText: $0) }) else { return nil }
            self = .runs(after: delay.seconds)
        default: return nil
        }
    }
}
