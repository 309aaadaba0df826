internal import ArgumentParser
internal import Manifests
internal import Planning
internal import Reconciler
internal import Resources

struct RollbackCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Go back to an earlier revision.",
        discussion: """
            Without --to, a newest revision that failed or was not ended is undone; otherwise the last good one before the \
            one in force is brought back, as a new revision. What was gone back from is not applied again until it \
            changes, unless --retry is given. On a terminal it shows the plan and asks; without one it needs --yes. The \
            application is found as by status.
            """
    )

    @OptionGroup var inputs: ApplicationInputs
    @Option(help: ArgumentHelp("The revision to go back to, as history numbers them.", valueName: "number"))
    var to: Int?
    @OptionGroup var guardrails: GuardrailOptions
    @OptionGroup var options: RunOptions
    @OptionGroup var rollback: RollbackOptions
    @Option(name: .shortAndLong, help: "text or json (one event a line).") var output = RunFormat.text

    func validate() throws {
        if let to, to < 1 { throw ValidationError("--to must be 1 or more.") }
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        try Approval.requireChance(yes: options.yes, environment.terminal)
        var session = inputs.session
        session.guardrails = guardrails
        session.run = options
        session.rollback = rollback
        session.allowedKinds = guardrails.pruneAllowKind
        return try await inputs.open(session, in: environment) { session in
            let run = Run(session: session, environment: environment, format: output, isApproved: options.yes)
            return try await RollbackRun(run: run, retries: guardrails.retry).execute(to: to)
        }
    }
}

/// What `rollback` does: undoes what was left open, or brings an earlier set back as a plan of its own.
struct RollbackRun: Sendable {
    var run: Run
    /// Whether a revision that failed may be brought back.
    let retries: Bool

    private var session: ClusterSession { run.session }
    private var terminal: Terminal { run.environment.terminal }

    func execute(to number: Int?) async throws -> ExitStatus {
        let history = try await session.history()
        if let number {
            let choice = try RollbackTarget.named(
                number, in: history.map(\.revision), of: session.application, retries: retries)
            return try await bringBack(choice, whileNothingBegins: false)
        }
        if let newest = RevisionUndo.target(in: history) {
            if let status = try await undo(newest, history) { return status }
        }
        let now = try await session.history().map(\.revision)
        return try await bringBack(try .last(in: now, of: session.application), whileNothingBegins: true)
    }

    /// - Parameter whileNothingBegins: Whether the choice stands only as long as no other run begins.
    private func bringBack(_ choice: RollbackTarget, whileNothingBegins: Bool) async throws -> ExitStatus {
        if let remark = choice.remark { terminal.notes(remark + "\n\n") }
        let number = choice.target.number
        var run = run
        // The order is that of the revision's own run.
        run.session.settings.usesHints = try await read(number, session).contents.usesHints
        run.restores = number
        return try await run.execute { [session = run.session] in
            if whileNothingBegins { try choice.check(try await session.history().map(\.revision)) }
            let (revision, contents) = try await read(number, session)
            let set = ManifestSet(
                manifests: contents.objects.map { Manifest(object: $0, file: "revision \(number)") },
                digest: revision.manifestDigest)
            return try await session.planMaker.plan(set, source: revision.source, restores: number)
        }
    }

    private func read(
        _ number: Int, _ session: ClusterSession
    ) async throws -> (revision: Revision, contents: RevisionContents) {
        let history = try await session.history()
        guard let recorded = history.first(where: { $0.number == number }) else {
            throw RollbackTarget.missing(number, history.map(\.revision), session.application)
        }
        return (recorded.revision, try await session.store.contents(of: recorded))
    }
}

// MARK: undoing
extension RollbackRun {
    /// Undoes the newest revision; nil where another run has brought it to a good end meanwhile.
    private func undo(_ newest: RecordedRevision, _ history: [RecordedRevision]) async throws -> ExitStatus? {
        try await checkCluster(newest)
        try await show(newest, history)
        if !run.isApproved, try await !Approval.ask("Go on?", terminal) {
            throw Refusal(Diagnostic(code: "not-approved", "not approved: nothing was written"))
        }
        if let status = try await run.undo(newest.number) { return status }
        // Whoever ended it was faster; going back from what is in force now is not what was asked for.
        let now = try await session.history().first { $0.number == newest.number }
        if now?.revision.state == .rolledBack {
            terminal.notes("another run has rolled revision \(newest.number) back meanwhile\n")
            return .success
        }
        throw Refusal(
            Diagnostic(
                code: "rollback-overtaken",
                "another run has ended revision \(newest.number) meanwhile: it is not undone",
                hint: "look at the revisions (endstate history), and run again"))
    }

    private func show(_ newest: RecordedRevision, _ history: [RecordedRevision]) async throws {
        guard run.format == .text else { return }
        let deployed = history.filter { $0.number < newest.number }.deployed
        var previous: RevisionContents?
        if let deployed { previous = try await session.store.contents(of: deployed) }
        let undo = try UndoPlan(
            undoing: try await session.store.contents(of: newest), previous: previous,
            application: session.application)
        let fate = RevisionText(style: .plain, now: run.environment.now()).fate(newest.revision)
        let text = UndoText(style: terminal.outputStyle, clusterName: session.clusterName)
        terminal.output(
            text.render(newest.revision, of: session.application, undo, previous: deployed?.number, fate: fate) + "\n")
    }

    /// - Throws: Where this is another cluster than the configuration names, or than the revision is of.
    private func checkCluster(_ newest: RecordedRevision) async throws {
        guard let cluster = try await session.clusterUID() else { return }
        let wanted = [session.guardrails.expectedCluster?.uid, newest.revision.cluster].compactMap(\.self)
        guard let other = wanted.first(where: { $0 != cluster }) else { return }
        throw Refusal(
            Diagnostic(
                code: "cluster-mismatch",
                "this is another cluster: the UID of its namespace kube-system is \(cluster), and \(other) is expected",
                hint: "check --context and KUBECONFIG"))
    }
}
