/// Why a container cannot start or stay up, as its status alone tells it.
struct ContainerTrouble {
    enum Cause {
        case imagePull
        case configuration
        case crash
    }

    let cause: Cause
    /// The kubelet's word for it, such as `ImagePullBackOff`.
    let reason: String
    /// One sentence that names the container.
    let message: String

    /// The trouble of a container that waits for a reason which does not go away by waiting; nil for all others.
    init?(_ container: ContainerStatus) {
        guard case .waiting(let reason, let message) = container.state else { return nil }
        self.reason = reason
        if Self.imagePullReasons.contains(reason) {
            cause = .imagePull
            self.message = Self.imagePull(container, because: message)
        } else if Self.configurationReasons.contains(reason) {
            cause = .configuration
            self.message = "\(container.title) cannot be created: \(message ?? reason)"
        } else if reason == "CrashLoopBackOff" {
            cause = .crash
            self.message = Self.crash(container)
        } else {
            return nil
        }
    }

    static func imagePull(_ container: ContainerStatus, because message: String?) -> String {
        "\(container.title): image \"\(container.image)\" cannot be pulled" + (message.map { ": \($0)" } ?? "")
    }

    /// `container web exits with code 1, restarted 3 times`.
    static func crash(_ container: ContainerStatus) -> String {
        let sentence = container.termination?.sentence(memoryLimit: container.memoryLimit) ?? "keeps crashing"
        let restarts = container.restarts > 0 ? ", restarted \(counted(container.restarts, "time"))" : ""
        return "\(container.title) \(sentence)\(restarts)"
    }

    /// The kubelet's errors of image pulls (pkg/kubelet/images).
    private static let imagePullReasons: Set<String> = [
        "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
        "RegistryUnavailable", "SignatureValidationFailed",
    ]

    /// The kubelet's errors before a container starts: a missing ConfigMap, Secret or key, a refused security context.
    private static let configurationReasons: Set<String> = ["CreateContainerConfigError", "CreateContainerError"]
}
