internal import Diffing
package import KubeClient
package import Manifests
internal import Placement
package import Planning
package import Resources

/// A plan and what executing it needs to know of the cluster.
package struct PreparedPlan: Sendable {
    package let plan: Plan
    package let state: ClusterState
    /// The resources of the declared kinds, those that the plan itself defines included.
    let resources: [GroupVersionKind: APIResource]
    let serverVersion: ServerVersion?
    /// The application's revisions as they were before the plan was made, newest first.
    package let history: [RecordedRevision]
    /// The revision whose set the plan brings back; nil where the set is from a source.
    let restores: Int?

    /// The resource that the change's object is written as.
    /// - Throws: `StepFailure` where its kind is no longer served.
    func resource(for change: ObjectChange) throws -> APIResource {
        let declared = change.desired.flatMap { resources[$0.groupVersionKind] }
        guard let found = declared ?? state.resource(of: change.identity) else { throw StepFailure.unresolved }
        return found
    }
}

/// Makes plans: reads the cluster, compares, and hands the changes to the planner.
package struct PlanMaker: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    package let settings: ReconcilerSettings
    let guardrails: GuardrailSettings

    package init(
        client: KubeClient, application: ApplicationIdentity, settings: ReconcilerSettings,
        guardrails: GuardrailSettings
    ) {
        self.client = client
        self.application = application
        self.settings = settings
        self.guardrails = guardrails
    }

    /// The plan that brings the cluster to what the manifests declare. Nothing is written.
    /// - Parameter restores: The revision that the manifests are from; nil where they are from a source.
    /// - Throws: `PlanProblems` with everything that is wrong with the manifests as the cluster sees them; `GraphError`,
    ///   `PlanError`; what the cluster can't be asked for.
    package func plan(_ set: ManifestSet, source: PlanSource, restores: Int? = nil) async throws -> PreparedPlan {
        let client = try await versioned()
        let enforced = try set.enforcingPolicies(
            in: application.namespace, selectsNamespaces: client.serverVersion?.selectsNamespaces ?? true)
        let set = enforced.set
        // Read first: what is recorded after this was not seen by the plan.
        let history = try await RevisionStore(client: client, application: application).list()
        let kinds = Set(set.manifests.map(\.object.groupVersionKind))
        let declared = Set(
            set.manifests.map { $0.object.namespace.isEmpty ? application.namespace : $0.object.namespace })
        let state = try await ClusterReader(client: client, application: application).read(
            kinds: kinds, namespaces: declared)
        let resolver = KindResolver(
            discovery: state.discovery, manifests: set.manifests, defaultNamespace: application.namespace)
        let label = (key: ApplySet.memberLabel, value: application.applySetID)
        let (desired, problems) = resolver.resolve(set.manifests, label: label)
        try PlanProblems.check(problems)
        try await requireHome(state, desired, client)
        let graph = try DependencyGraph.build(manifests: desired.map(\.manifest), useHints: settings.usesHints)
        let findings = try await findings(desired, state, client)
        try PlanProblems.check(problems + findings.flatMap(\.problems))
        let deletions = deletions(of: state, besides: Set(desired.map(\.identity)))
        let changes = enforced.marking(findings.compactMap(\.change))
        let observations = try await observations(state, deletions, client)
        let settled = Planner.settled(
            changes + deletions, application: application, settings: guardrails, observations: observations)
        let placement = try await placement(of: settled, graph, set.policies, client)
        var guardrails = guardrails
        if restores != nil {
            // The way back must not be closed: what is there is likely worse.
            guardrails.allowsUnschedulable = true
            guardrails.allowsBrokenPolicies = true
        }
        let plan = try Planner.plan(
            PlanInput(
                application: application,
                source: source,
                manifestDigest: set.digest,
                manifestCount: set.manifests.count,
                changes: changes + deletions,
                graph: graph,
                existing: try await existing(graph.externalDependencies.map(\.identity), client),
                settings: guardrails,
                observations: observations,
                pauses: set.application?.pauseAfter ?? [],
                condemnation: Quarantine.condemning(set.digest, among: history.map(\.revision)),
                placement: placement.report,
                warnings: problems + enforced.warnings + placement.warnings
            )
        )
        let resources = Dictionary(
            desired.map { ($0.object.groupVersionKind, $0.resource) }, uniquingKeysWith: { first, _ in first })
        return PreparedPlan(
            plan: plan, state: state, resources: resources, serverVersion: client.serverVersion, history: history,
            restores: restores)
    }

    /// The plan that removes every member and then the application's own record.
    package func deletionPlan(source: PlanSource) async throws -> PreparedPlan {
        let client = try await versioned()
        let history = try await RevisionStore(client: client, application: application).list()
        let state = try await ClusterReader(client: client, application: application).read(kinds: [], namespaces: [])
        let deletions = deletions(of: state, besides: [])
        let plan = try Planner.plan(
            PlanInput(
                intent: .deleteApplication,
                application: application,
                source: source,
                manifestDigest: ManifestSet.digest(of: []),
                manifestCount: 0,
                changes: deletions,
                graph: nil,
                settings: guardrails,
                observations: try await observations(state, deletions, client)
            )
        )
        return PreparedPlan(
            plan: plan, state: state, resources: [:], serverVersion: client.serverVersion, history: history,
            restores: nil)
    }

    /// The namespace of the application's record must exist, or be part of the plan.
    private func requireHome(_ state: ClusterState, _ desired: [DesiredObject], _ client: KubeClient) async throws {
        let home = ObjectIdentity(group: "", kind: "Namespace", name: application.namespace)
        if state.recorded != nil || desired.contains(where: { $0.identity == home }) { return }
        guard try await missing([application.namespace], client).contains(application.namespace) else { return }
        throw Diagnostic(
            code: "namespace-missing",
            "the namespace \(application.namespace), where application \(application.name) keeps its record, does not exist",
            hint: "declare it in a manifest, create it (kubectl create namespace \(application.namespace)), "
                + "or name another with --namespace"
        )
    }

    private func versioned() async throws -> KubeClient {
        var client = client
        client.serverVersion = try await client.version()
        return client
    }

    private func findings(_ desired: [DesiredObject], _ state: ClusterState, _ client: KubeClient) async throws
        -> [Finding]
    {
        let new = desired.filter { state.members[$0.identity] == nil }
        let missingNamespaces = try await missing(Set(new.map(\.object.namespace)), client)
        try PlanProblems.check(homeless(new, missingNamespaces, desired))
        let finder = ChangeFinder(
            client: client,
            application: application,
            discovery: state.discovery,
            guardrails: guardrails,
            missingNamespaces: missingNamespaces,
            untried: try await untried(new, missingNamespaces, client),
            schemas: SchemaSource(client: client),
            scaledWorkloads: try await ScalerReader(client: client).scaledWorkloads(desired, members: state.members)
        )
        return try await concurrentMap(desired, limit: settings.concurrency) { object in
            try await finder.find(object, live: state.members[object.identity])
        }
    }

    /// Objects in namespaces that neither exist nor are declared.
    private func homeless(
        _ new: [DesiredObject], _ missing: Set<String>, _ desired: [DesiredObject]
    ) -> [Diagnostic] {
        let declared = desired.map(\.identity).filter { $0.groupKind == GroupKind(group: "", kind: "Namespace") }
        let gone = missing.subtracting(declared.map(\.name))
        return new.filter { gone.contains($0.object.namespace) }.map { object in
            let namespace = object.object.namespace
            return object.manifest.diagnostic(
                code: "namespace-missing",
                "\(object.identity) is in the namespace \(namespace), which neither exists nor is declared",
                at: FieldPath(fields: "metadata", "namespace"),
                hint: "declare the Namespace in a manifest, or create it: kubectl create namespace \(namespace)"
            )
        }
    }

    private func untried(
        _ new: [DesiredObject], _ missingNamespaces: Set<String>, _ client: KubeClient
    ) async throws -> Set<ObjectIdentity> {
        if settings.triesCreations { return [] }
        let askable = new.filter { $0.definition == nil && !missingNamespaces.contains($0.object.namespace) }
        return try await AbsenceReader(client: client).absent(askable, limit: settings.concurrency)
    }

    /// Which of the namespaces do not exist; where the account may not ask, they are taken to exist, and a dry run tells.
    private func missing(_ namespaces: Set<String>, _ client: KubeClient) async throws -> Set<String> {
        let names = namespaces.filter { !$0.isEmpty }.sorted()
        let found = try await concurrentMap(names, limit: settings.concurrency) { name in
            do {
                return try await client.get(.namespaces, name: name) != nil
            } catch let error as APIError where error.isForbidden {
                return true
            }
        }
        return Set(zip(names, found).filter { !$0.1 }.map(\.0))
    }

    private func deletions(of state: ClusterState, besides declared: Set<ObjectIdentity>) -> [ObjectChange] {
        state.members.filter { !declared.contains($0.key) }.map { identity, live in
            ObjectChange(
                identity: identity, action: .delete, live: live, fieldChanges: ObjectDiff.changes(from: live, to: nil))
        }
    }

    private func existing(_ identities: [ObjectIdentity], _ client: KubeClient) async throws -> Set<ObjectIdentity> {
        if identities.isEmpty { return [] }
        let discovery = try await client.discover(groups: Set(identities.map(\.groupKind.group)))
        let found = try await concurrentMap(identities, limit: settings.concurrency) { identity in
            let resource: APIResource
            switch discovery.preferred(identity.groupKind) {
            case .found(let found): resource = found
            case .unavailable(let group, let reason): throw unavailable(identity, group, reason)
            case .unknownKind: return false
            }
            return try await client.get(resource, namespace: identity.namespace, name: identity.name) != nil
        }
        return Set(zip(identities, found).filter(\.1).map(\.0))
    }

    private func unavailable(_ identity: ObjectIdentity, _ group: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            code: "group-unavailable",
            "it is not known whether \(identity), which the manifests refer to, exists",
            causes: [reason],
            hint: "repair the API service of \(group): kubectl get apiservices"
        )
    }

    private func observations(
        _ state: ClusterState, _ deletions: [ObjectChange], _ client: KubeClient
    ) async throws -> ClusterObservations {
        var contents: [ObjectIdentity: ForeignContents] = [:]
        if guardrails.isPruneEnabled {
            let reader = ContentsReader(client: client, application: application)
            for change in deletions {
                guard let live = change.live else { continue }
                contents[change.identity] = try await reader.contents(of: live)
            }
        }
        return ClusterObservations(
            cluster: state.fingerprint.map(ClusterFingerprint.init),
            unreadKinds: state.unreadKinds,
            recordedNamespaces: Set(state.recorded?.namespaces ?? []),
            unavailableGroups: state.discovery.unavailableGroups,
            contents: contents
        )
    }
}

/// Everything that is wrong with manifests as the cluster sees them.
package struct PlanProblems: DiagnosticError {
    package let diagnostics: [Diagnostic]

    static func check(_ diagnostics: [Diagnostic]) throws(PlanProblems) {
        guard diagnostics.contains(where: { $0.severity == .error }) else { return }
        throw PlanProblems(diagnostics: diagnostics.filter { $0.severity == .error })
    }
}
