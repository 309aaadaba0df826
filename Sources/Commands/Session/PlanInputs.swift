internal import ArgumentParser
internal import Planning
internal import Reconciler
internal import Resources

/// What `diff`, `plan` and `apply` plan from.
struct PlanInputs: ParsableArguments {
    /// A plan and what people call its cluster.
    struct Planned: Sendable {
        let prepared: PreparedPlan
        let clusterName: String
        /// The kubeconfig's; nil where there is no kubeconfig.
        let contextName: String?
    }

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var guardrails: GuardrailOptions

    var session: SessionOptions {
        SessionOptions(
            cluster: cluster, application: application, guardrails: guardrails, allowedKinds: guardrails.pruneAllowKind)
    }

    /// - Parameter plan: The file of a saved plan; nil where none is named.
    /// - Throws: `ValidationError` where the command line says, too, what a saved plan says.
    func checkAgreement(with plan: String?) throws {
        guard plan != nil else { return }
        let isSourceNamed = source.directory != nil || source.repository != nil
        let isApplicationNamed = application.name != nil || application.namespace != nil || application.config != nil
        guard !isSourceNamed, !isApplicationNamed, SavedPlan.Settings(guardrails) == SavedPlan.Settings() else {
            throw ValidationError(
                "--plan says what to apply where and how: it goes with no SOURCE, application or guardrail option.")
        }
    }

    func load(in environment: CommandEnvironment) async throws -> LoadedSource {
        try await SourceLoader(options: source, application: application, environment: environment).load()
    }

    /// - Parameters:
    ///   - judgesPlacement: Whether the plan says whether its pods find nodes.
    ///   - lostNodes: The nodes without which they should find some as well.
    func prepare(
        in environment: CommandEnvironment, judgesPlacement: Bool = true, lostNodes: LostNodes = LostNodes()
    ) async throws -> Planned {
        let loaded = try await load(in: environment)
        return try await ClusterSession.with(session, source: loaded, in: environment) { session in
            var session = session
            session.settings.judgesPlacement = judgesPlacement
            session.settings.lostNodes = lostNodes
            return Planned(
                prepared: try await session.planMaker.plan(loaded.set, source: loaded.planSource),
                clusterName: session.clusterName, contextName: session.contextName)
        }
    }

    /// The inputs from which the plan was made; how the repository and the cluster are reached is this command line's.
    /// - Throws: `ValidationError` where the command line names another context; where the plan names no application.
    func taking(_ plan: SavedPlan) throws -> PlanInputs {
        if let asked = cluster.context, let made = plan.context, asked != made {
            throw ValidationError("The plan was made for the context \(made): --context \(asked) contradicts it.")
        }
        let identity = try plan.application()
        var inputs = self
        inputs.application.name = identity.name
        inputs.application.namespace = identity.namespace
        inputs.application.config = plan.configuration
        inputs.cluster.context = cluster.context ?? plan.context
        inputs.guardrails.take(plan.settings)
        if let repository = plan.source.repository {
            inputs.source.repository = repository
            inputs.source.revision = plan.source.commit
            inputs.source.path = plan.source.path
        } else {
            inputs.source.directory = plan.source.path
        }
        return inputs
    }
}
