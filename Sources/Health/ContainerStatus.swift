internal import Resources

/// One container's entry in a pod's status.
struct ContainerStatus {
    enum State {
        case waiting(reason: String, message: String?)
        case running
        case terminated(Termination)
    }

    /// How a container's process ended.
    struct Termination {
        let exitCode: Int
        let signal: Int?
        let reason: String?
        let message: String?
    }

    let name: String
    let isInit: Bool
    let image: String
    let isReady: Bool
    let restarts: Int
    let state: State
    let lastTermination: Termination?
    /// As the pod writes it, such as `64Mi`.
    let memoryLimit: String?

    init?(_ value: Value, isInit: Bool, memoryLimit: String?) {
        guard let name = value["name"]?.string else { return nil }
        self.name = name
        self.isInit = isInit
        self.memoryLimit = memoryLimit
        image = value["image"]?.string ?? ""
        isReady = value["ready"]?.bool ?? false
        restarts = value["restartCount"]?.integer ?? 0
        lastTermination = Termination(value[path: "lastState", "terminated"])
        if let termination = Termination(value[path: "state", "terminated"]) {
            state = .terminated(termination)
        } else if value[path: "state", "running"] != nil {
            state = .running
        } else {
            let waiting = value[path: "state", "waiting"]
            state = .waiting(
                reason: waiting?["reason"]?.nonEmptyString ?? "ContainerCreating",
                message: waiting?["message"]?.nonEmptyString
            )
        }
    }

    /// `container web` or `init container migrate`.
    var title: String { isInit ? "init container \(name)" : "container \(name)" }

    var waitingReason: String? {
        if case .waiting(let reason, _) = state { reason } else { nil }
    }

    /// The end of the process that ran last: of this state, or of the one before a restart.
    var termination: Termination? {
        if case .terminated(let termination) = state { termination } else { lastTermination }
    }
}

extension ContainerStatus.Termination {
    init?(_ value: Value?) {
        guard let value, let exitCode = value["exitCode"]?.integer else { return nil }
        self.exitCode = exitCode
        signal = value["signal"]?.integer.flatMap { $0 == 0 ? nil : $0 }
        reason = value["reason"]?.nonEmptyString
        message = value["message"]?.nonEmptyString
    }

    /// What the process did, to follow the container's name: `exits with code 1`.
    func sentence(memoryLimit: String?) -> String {
        switch reason {
        case "OOMKilled":
            let limit = memoryLimit.map { " of \($0)" } ?? ""
            return "is killed for using more memory than its limit\(limit) (OOMKilled)"
        case "StartError", "ContainerCannotRun":
            return "cannot be started: \(message ?? "exit code \(exitCode)")"
        default:
            // A shell's convention that container runtimes follow: 128 plus the signal's number.
            let number = signal ?? (129...192 ~= exitCode ? exitCode - 128 : nil)
            return number.map { "is ended by \(Self.signalName($0)) (exit code \(exitCode))" }
                ?? "exits with code \(exitCode)"
        }
    }

    private static func signalName(_ number: Int) -> String {
        let names = [
            1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
            9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM",
        ]
        return names[number] ?? "signal \(number)"
    }
}
