package import Resources

/// What becomes of a pod on a fake kubelet.
///
/// A pod asks for it by the annotation `endstate.dev/test-pod`, or by the image of a container, whose registry is then
/// `endstate.test` and whose name is the behaviour's: `endstate.test/crash:1`, `endstate.test/slow:2s`.
package enum PodBehaviour: Hashable, Sendable {
    /// It becomes ready; or succeeds, where its restart policy is not `Always`. With `slow=2s` after that time.
    case runs(after: Duration?)
    /// `image-missing`: its images cannot be pulled.
    case imageMissing
    /// `config-missing`: a Secret that its containers need does not exist.
    case configMissing
    /// `crash`: its containers exit with code 1, again and again; once, where its restart policy is `Never`.
    case crashes
    /// `oom`: its containers exceed their memory limit, again and again.
    case exceedsMemory
    /// `never-ready`: it runs, and its readiness probe fails.
    case neverReady
    /// `stuck`: the kubelet does nothing at all.
    case stuck

    package static let annotation = "endstate.dev/test-pod"
    package static let registry = "endstate.test/"

    /// What the pod asks for; nothing known means that it simply runs.
    package init(of pod: KubernetesObject) {
        let images = (pod.value[path: "spec", "containers"]?.array ?? []).compactMap { $0["image"]?.string }
        let words = images.filter { $0.hasPrefix(Self.registry) }.map { image in
            image.dropFirst(Self.registry.count).replacing(":", with: "=", maxReplacements: 1)
        }
        let wishes = [pod.annotations[Self.annotation]].compactMap { $0 } + words.map { String($0) }
        self = wishes.lazy.compactMap(PodBehaviour.init).first ?? .runs(after: nil)
    }

    private init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        switch parts.first {
        case "image-missing": self = .imageMissing
        case "config-missing": self = .configMissing
        case "crash": self = .crashes
        case "oom": self = .exceedsMemory
        case "never-ready": self = .neverReady
        case "stuck": self = .stuck
        case "ready": self = .runs(after: nil)
        case "slow": self = .runs(after: parts.dropFirst().first.flatMap { Duration(goText: $0) })
        default: return nil
        }
    }
}
