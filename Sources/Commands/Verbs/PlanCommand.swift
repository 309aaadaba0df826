internal import ArgumentParser
internal import GitSource
internal import Manifests
internal import Placement
internal import Planning
internal import Reconciler
internal import Resources

struct PlanCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show the ordered plan: steps, deletions, what can't be undone.",
        discussion: """
            Exits with 0 where nothing would change, with 2 where something would, and with 5 where a guardrail would \
            refuse it, or where pods find no place without the nodes that --without-node and --without-zone name. Nothing is written to the cluster. With --out the plan is kept, to be reviewed and then executed \
            by apply --plan; the file holds no Secret's values.
            """
    )

    @OptionGroup var inputs: PlanInputs
    @Option(name: .shortAndLong, help: "text, json, yaml or markdown.") var output = PlanFormat.text
    @Flag(help: "Tell of each step what it waits for, and why.") var reasons = false
    @Option(help: ArgumentHelp("Save the plan to this file, unless a guardrail would refuse it.", valueName: "file"))
    var out: String?
    @Option(
        help: ArgumentHelp(
            """
            Ask no cluster, but take its nodes and pods from this file (kubectl get nodes,pods -A -o yaml): every object \
            counts as new.
            """, valueName: "file"))
    var nodes: String?

    @Option(
        help: ArgumentHelp(
            """
            Tell whether all pods would still find places without these nodes (names with commas between; '*': without \
            each one), and whether they could be drained.
            """, valueName: "names"))
    var withoutNode: [String] = []
    @Option(help: ArgumentHelp("The same without the nodes of these zones.", valueName: "names"))
    var withoutZone: [String] = []

    private var lostNodes: LostNodes {
        let names = { (texts: [String]) in
            texts.flatMap { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) }
        }
        return LostNodes(nodes: names(withoutNode), zones: names(withoutZone))
    }

    func validate() throws {
        let (lost, each) = (lostNodes, LostNodes.each)
        if (lost.nodes + lost.zones).contains(each), lost.nodes.count + lost.zones.count > 1 {
            throw ValidationError("'*' stands for each node, or each zone, by itself: name nothing else.")
        }
        if !withoutNode.isEmpty || !withoutZone.isEmpty, lost.isEmpty { throw ValidationError("Name nodes or zones.") }
        if !lost.isEmpty, out != nil {
            throw ValidationError(
                "--without-node and --without-zone ask a question; save the plan in a run of its own.")
        }
        if nodes != nil, out != nil { throw ValidationError("--nodes and --out exclude each other.") }
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        if let nodes { return try await planOffline(nodes, in: environment) }
        if let out, inputs.source.repository == nil { try refuseAmongManifests(out, environment) }
        let planned = try await inputs.prepare(in: environment, lostNodes: lostNodes)
        let plan = planned.prepared.plan
        show(plan, planned.clusterName, environment.terminal)
        try save(planned, in: environment)
        return status(plan)
    }

    private func status(_ plan: Plan) -> ExitStatus {
        if !plan.violations.isEmpty || !plan.placement.losses.allSatisfy(\.isSurvived) { return .refused }
        return plan.summary.hasChanges ? .changes : .success
    }

    private func planOffline(_ nodes: String, in environment: CommandEnvironment) async throws -> ExitStatus {
        let loaded = try await inputs.load(in: environment)
        let settings = loaded.set.application ?? ApplicationSettings()
        let namespace = inputs.application.namespace ?? settings.namespace ?? "default"
        let name = inputs.application.name ?? settings.name ?? loaded.directoryName
        let cluster = try RecordedCluster.objects(in: try environment.file(nodes))
        guard cluster.contains(where: { $0.kind == "Node" }) else {
            throw Diagnostic(
                code: "no-nodes", "\(nodes) has no Node",
                hint: "make it with: kubectl get nodes,pods --all-namespaces --output yaml")
        }
        let plan = try OfflinePlan.plan(
            loaded.set.replacing(loaded.set.placed(in: namespace, unknownScope: .namespaced)),
            application: try ApplicationIdentity(name: name, namespace: namespace), source: loaded.planSource,
            cluster: cluster,
            settings: try inputs.session.guardrailSettings(settings),
            useHints: inputs.guardrails.hints || settings.hints ?? false, lostNodes: lostNodes)
        show(plan, "the nodes of \(nodes) (offline)", environment.terminal)
        return status(plan)
    }

    /// A saved plan that the next run would read as a manifest would break it.
    private func refuseAmongManifests(_ out: String, _ environment: CommandEnvironment) throws {
        guard SourceTree.isManifest(out) else { return }
        let file = try environment.absolute(out)
        let folder = EnclosingTree.resolved(file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "/")
        let source = EnclosingTree.resolved(try environment.absolute(inputs.source.directory ?? "."))
        guard folder == source || folder.hasPrefix(source + "/") else { return }
        throw Diagnostic(
            code: "plan-among-manifests", "\(out) lies in the source, where it would be read as a manifest",
            hint: "save it elsewhere, or without the ending: --out shop.plan")
    }

    private func show(_ plan: Plan, _ clusterName: String, _ terminal: Terminal) {
        switch output {
        case .text:
            let text = PlanText(style: terminal.outputStyle, clusterName: clusterName, showsReasons: reasons)
            terminal.output(text.render(plan))
        case .json: terminal.output(plan.json.prettyJSON + "\n")
        case .yaml: terminal.output(YAMLText.document(plan.json))
        case .markdown: terminal.output(PlanMarkdown(clusterName: clusterName).render(plan))
        }
    }

    private func save(_ planned: PlanInputs.Planned, in environment: CommandEnvironment) throws {
        guard let out else { return }
        let plan = planned.prepared.plan
        guard plan.violations.isEmpty else {
            return environment.terminal.notes("The plan is not saved: a guardrail refuses it.\n")
        }
        let saved = SavedPlan(
            plan,
            members: planned.prepared.state.members,
            configuration: try inputs.application.config.map { try environment.absolute($0) },
            context: planned.contextName,
            settings: SavedPlan.Settings(inputs.guardrails),
            madeAt: environment.now(),
            madeBy: environment.holder.person
        )
        try PlanFile.write(saved, to: out, in: environment)
        environment.terminal.notes("Plan saved to \(out), digest \(saved.digest)\n")
    }
}
