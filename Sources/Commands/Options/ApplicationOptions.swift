internal import ArgumentParser
internal import Planning
internal import Resources

/// Which application the manifests are of.
struct ApplicationOptions: ParsableArguments {
    @Option(help: "The application's name. Default: that in endstate.yaml, else the directory's.")
    var name: String?

    @Option(
        name: .shortAndLong,
        help:
            "Where the application's record lives, and manifests that name no namespace. Default: that in endstate.yaml, else the context's."
    )
    var namespace: String?

    @Option(help: ArgumentHelp("A configuration file instead of the source's endstate.yaml.", valueName: "file"))
    var config: String?

    func validate() throws {
        do {
            _ = try ApplicationIdentity(name: name ?? "app", namespace: namespace ?? "default")
        } catch {
            throw ValidationError("\(error.message); \(error.hint ?? "").")
        }
    }
}

/// CLUSTER of the command line.
struct ClusterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The only kubeconfig to read. Default: KUBECONFIG, else ~/.kube/config.", valueName: "file"))
    var kubeconfig: String?

    @Option(help: "The kubeconfig's context. Default: that in endstate.yaml, else the current one.")
    var context: String?

    @Option(help: "sandbox: an embedded cluster instead of one that a kubeconfig names.")
    var cluster: EmbeddedCluster?

    @Option(
        help: ArgumentHelp(
            "Keep the sandbox in this directory. Default: it begins anew each time.", valueName: "directory"))
    var state: String?

    func validate() throws {
        if cluster != nil, kubeconfig != nil || context != nil {
            throw ValidationError("--cluster sandbox goes with no --kubeconfig and no --context.")
        }
        if state != nil, cluster == nil { throw ValidationError("--state goes with --cluster sandbox.") }
    }
}

/// The clusters that need no kubeconfig.
enum EmbeddedCluster: String, ExpressibleByArgument, CaseIterable {
    case sandbox
}

/// What lifts a guardrail.
struct GuardrailOptions: ParsableArguments {
    @Flag(help: "Take in objects that exist and belong to nobody.")
    var adopt = false

    @Flag(help: "Take over fields that other managers own.")
    var forceConflicts = false

    @Flag(help: "Delete nothing.")
    var noPrune = false

    @Option(help: ArgumentHelp("The most members that may be deleted. Default: 20.", valueName: "count"))
    var pruneMaxCount: Int?

    @Option(
        help: ArgumentHelp("The most members that may be deleted, of a hundred. Default: 30.", valueName: "percent"))
    var pruneMaxPercent: Int?

    @Option(
        help: ArgumentHelp(
            "A protected kind that may be deleted, such as StatefulSet.apps; repeatable.", valueName: "kind"))
    var pruneAllowKind: [String] = []

    @Flag(help: "Let a source without any manifest delete every member.")
    var allowEmpty = false

    @Flag(help: "Apply manifests again that failed before and have not changed since.")
    var retry = false

    @Flag(help: "Write workloads, too, whose pods find no node.")
    var allowUnschedulable = false

    @Flag(help: "Go on with a plan that breaks a PlacementPolicy of the source.")
    var allowBrokenPolicies = false

    @Flag(help: "Order workloads by the Service names found in their environment, arguments and ConfigMaps, too.")
    var hints = false

    func validate() throws {
        if let pruneMaxCount, pruneMaxCount < 0 {
            throw ValidationError("--prune-max-count must be 0 or more.")
        }
        if let pruneMaxPercent, !(0...100).contains(pruneMaxPercent) {
            throw ValidationError("--prune-max-percent must be from 0 to 100.")
        }
    }
}

/// How a run is executed.
struct RunOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Option(help: "How long one object may take to become healthy. Default: 5m.")
    var objectTimeout: DurationArgument?

    @Option(help: "How long the whole run may take. Default: 1h.")
    var timeout: DurationArgument?

    @Option(help: "How many writes may be under way at once. Default: 16.")
    var concurrency: Int?

    @Option(help: "How long to wait for another run of the same application; 0s does not wait. Default: 5m.")
    var lockTimeout: PatienceArgument?

    func validate() throws {
        if let concurrency, !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency must be from 1 to 256.")
        }
    }
}

/// What becomes of a run that fails.
struct RollbackOptions: ParsableArguments {
    @Flag(help: "Leave what a failed run has done as it is.")
    var noRollback = false

    @Option(help: "How long undoing a failed run may take. Default: 15m.")
    var rollbackTimeout: DurationArgument?
}
