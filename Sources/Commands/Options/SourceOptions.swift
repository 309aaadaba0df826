internal import ArgumentParser

/// SOURCE of the command line: a directory, or a repository at a revision.
struct SourceOptions: ParsableArguments {
    @Argument(help: "A directory with manifests, uncommitted files included. Default: the current one.")
    var directory: String?

    @Option(name: .customLong("repo"), help: "Read from this git repository instead: an https or ssh URL, or a path.")
    var repository: String?

    @Option(help: "The branch, tag or commit of the repository.")
    var revision: String?

    @Option(help: "The directory in the repository. Default: its root.")
    var path: String?

    @Option(help: ArgumentHelp("The private key for an ssh repository. Default: the agent's keys.", valueName: "file"))
    var sshKey: String?

    @Option(
        help: ArgumentHelp(
            "Known ssh hosts. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.", valueName: "file"))
    var knownHosts: String?

    func validate() throws {
        if repository == nil {
            guard revision == nil, path == nil else {
                throw ValidationError("--revision and --path go with --repo.")
            }
        } else {
            guard directory == nil else { throw ValidationError("Name either a directory or --repo, not both.") }
            guard revision != nil else { throw ValidationError("--repo needs --revision BRANCH|TAG|COMMIT.") }
        }
    }
}
