package import Resources

/// Whether the pods of a workload will find nodes, as far as that can be known.
package struct PlacementVerdict: Hashable, Sendable {
    package enum Certainty: String, Hashable, Sendable, CaseIterable {
        /// Whatever the scheduler chooses among equals, every pod finds a node.
        case guaranteed
        /// It may work out or not: that depends on choices that nobody knows, or on pods that may be evicted.
        case possible
        /// Whatever the scheduler chooses, some pod waits for ever.
        case impossible
    }

    package struct NodeShare: Hashable, Sendable {
        package let node: String
        package let pods: Int

        package init(node: String, pods: Int) {
            self.node = node
            self.pods = pods
        }
    }

    /// What is said of another number of pods.
    package struct Scale: Hashable, Sendable {
        package let pods: Int
        package let certainty: Certainty

        package init(pods: Int, certainty: Certainty) {
            self.pods = pods
            self.certainty = certainty
        }
    }

    package let workload: ObjectIdentity
    package var certainty: Certainty
    /// How many pods are to come.
    package var pods: Int
    /// Where a trial run put them; fewer than `pods` where it got stuck.
    package var trial: [NodeShare]
    /// The scheduler's message about the first pod that the trial run, or any run, can't place.
    package var message: String?
    /// What is less than certain, or in the way, in one phrase.
    package var reason: String?
    /// What would help.
    package var hint: String?
    /// The smallest and the largest number of pods that a HorizontalPodAutoscaler may ask for; empty where there is none.
    package var scaling: [Scale] = []

    package init(
        workload: ObjectIdentity, certainty: Certainty, pods: Int, trial: [NodeShare] = [], message: String? = nil,
        reason: String? = nil, hint: String? = nil
    ) {
        self.workload = workload
        self.certainty = certainty
        self.pods = pods
        self.trial = trial
        self.message = message
        self.reason = reason
        self.hint = hint
    }

    package var placed: Int { trial.reduce(0) { $0 + $1.pods } }
}
