internal import FoundationEssentials
internal import Glibc
internal import Manifests
internal import Planning
internal import Resources

/// Saved plans as files.
enum PlanFile {
    /// Writes the file whole or not at all, readable by its owner alone.
    static func write(_ plan: SavedPlan, to path: String, in environment: CommandEnvironment) throws(Diagnostic) {
        let target = try environment.absolute(path)
        let draft = "\(target).\(getpid()).tmp"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        let failed = write(plan.fileBytes, to: descriptor)
        let closed = close(descriptor) == 0 ? nil : errno
        if let number = failed ?? closed ?? (rename(draft, target) == 0 ? nil : errno) {
            unlink(draft)
            throw failure(path, number)
        }
    }

    static func read(_ path: String, in environment: CommandEnvironment) throws(Diagnostic) -> SavedPlan {
        try SavedPlan(file: path, bytes: try environment.file(path).bytes)
    }

    /// Writes all bytes to the disk. Returns the `errno` of what failed.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(count, 0))
        }
        return fsync(descriptor) == 0 ? nil : errno
    }

    private static func failure(_ path: String, _ number: Int32) -> Diagnostic {
        Diagnostic(
            code: "plan-not-saved", "the plan could not be saved to \(path)", causes: [SystemError.message(number)],
            hint: "name a file in a directory that can be written to")
    }
}

extension SavedPlan.Settings {
    init(_ options: GuardrailOptions) {
        self.init()
        adopt = options.adopt
        forceConflicts = options.forceConflicts
        noPrune = options.noPrune
        pruneMaxCount = options.pruneMaxCount
        pruneMaxPercent = options.pruneMaxPercent
        pruneAllowKinds = options.pruneAllowKind
        allowEmpty = options.allowEmpty
        hints = options.hints
        retry = options.retry
        allowUnschedulable = options.allowUnschedulable
        allowBrokenPolicies = options.allowBrokenPolicies
    }
}

extension GuardrailOptions {
    /// The options as they were when the plan was made, instead of those of this command line.
    mutating func take(_ settings: SavedPlan.Settings) {
        adopt = settings.adopt
        forceConflicts = settings.forceConflicts
        noPrune = settings.noPrune
        pruneMaxCount = settings.pruneMaxCount
        pruneMaxPercent = settings.pruneMaxPercent
        pruneAllowKind = settings.pruneAllowKinds
        allowEmpty = settings.allowEmpty
        hints = settings.hints
        retry = settings.retry
        allowUnschedulable = settings.allowUnschedulable
        allowBrokenPolicies = settings.allowBrokenPolicies
    }
}
