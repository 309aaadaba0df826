package import FoundationEssentials
package import Resources

/// A plan as it is kept in a file, to be reviewed and then executed if nothing has changed by then.
///
/// It holds no Secret's values: whoever executes it reads the source again, makes the plan again and asks
/// `differences(from:members:)` whether it is still the same.
package struct SavedPlan: Hashable, Sendable {
    /// The options of the command line that the plan was made with; what endstate.yaml says is read again with the source.
    package struct Settings: Hashable, Sendable {
        package var adopt = false
        package var forceConflicts = false
        package var noPrune = false
        package var pruneMaxCount: Int?
        package var pruneMaxPercent: Int?
        /// As they were written, such as `StatefulSet.apps`.
        package var pruneAllowKinds: [String] = []
        package var allowEmpty = false
        package var hints = false
        package var retry = false
        package var allowUnschedulable = false
        package var allowBrokenPolicies = false

        package init() {}
    }

    package let outline: PlanOutline
    /// How to read the manifests again: the commit of a repository, or a directory by its absolute path.
    package let source: PlanSource
    /// The configuration file that was named instead of the source's own, by its absolute path.
    package let configuration: String?
    /// The kubeconfig context of the cluster.
    package let context: String?
    package let settings: Settings
    /// The UIDs of the application's members; empty text for a member without one.
    package let members: [ObjectIdentity: String]
    /// In whole seconds.
    package let madeAt: Date
    /// The person and the machine, such as `alice@ci-7`.
    package let madeBy: String
    /// `Plan.json`, for people: nothing is executed from it.
    package let plan: Value

    /// - Parameters:
    ///   - members: the application's live objects, from which the plan was made.
    ///   - configuration: the absolute path of a configuration file that was named.
    ///   - context: the kubeconfig context.
    package init(
        _ plan: Plan,
        members: [ObjectIdentity: KubernetesObject],
        configuration: String? = nil,
        context: String? = nil,
        settings: Settings = Settings(),
        madeAt: Date,
        madeBy: String
    ) {
        self.init(
            outline: plan.outline,
            source: plan.source,
            configuration: configuration,
            context: context,
            settings: settings,
            members: members.mapValues { $0.uid ?? "" },
            madeAt: madeAt,
            madeBy: madeBy,
            plan: plan.json
        )
    }

    init(
        outline: PlanOutline,
        source: PlanSource,
        configuration: String?,
        context: String?,
        settings: Settings,
        members: [ObjectIdentity: String],
        madeAt: Date,
        madeBy: String,
        plan: Value
    ) {
        self.outline = outline
        self.source = source
        self.configuration = configuration
        self.context = context
        self.settings = settings
        self.members = members
        self.madeAt = Date(timeIntervalSince1970: madeAt.timeIntervalSince1970.rounded(.down))
        self.madeBy = madeBy
        self.plan = plan
    }

    /// The plan's: what is printed when it is saved, and recorded when it is executed.
    package var digest: String { outline.digest }

    /// The name and namespace of the application, which must not be taken from anywhere else when the plan is executed.
    /// - Throws: a diagnostic where they are no valid names, as in a file that was made by hand.
    package func application() throws(Diagnostic) -> ApplicationIdentity {
        try ApplicationIdentity(name: outline.name, namespace: outline.namespace)
    }
}
