package import FoundationEssentials

/// How the controllers and kubelets of a sandbox behave where objects don't say.
package struct ControllerSettings: Hashable, Sendable {
    /// How many seconds a pod takes from being bound to running.
    package var startDelay: TimeInterval = 1
    /// How many seconds a container takes that does a task and ends: of a Job, say, or one that initializes a pod.
    package var taskDuration: TimeInterval = 1
    /// How many seconds a pod takes at most to end; its grace period is the limit.
    package var stopDelay: TimeInterval = 1
    /// How many seconds kubelets wait before they start for the third time what has ended, or pull again what is
    /// missing; then twice as long each time, up to five minutes.
    package var backOff: TimeInterval = 10
    /// Whether kubelets tell of what went well, too (`Pulled`, `Created`, `Started`).
    package var recordsNormalEvents = true
    /// The provisioners that are played: claims of StorageClasses that name one get a volume. Those of the control plane's
    /// own plugins (`kubernetes.io/`) are gone from the newest versions, and CSI drivers serve them.
    package var provisioners: Set<String> = ["endstate.dev/test-provisioner", SandboxStorage.provisioner]

    /// What becomes of the containers of images; the first rule that matches decides.
    package var behaviours: [BehaviourRule] = []

    /// What each namespace's ConfigMap `kube-root-ca.crt` holds, in PEM.
    package var certificate = ""

    package init() {}
}
