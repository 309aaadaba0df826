/// What is known of the places of a plan's pods; empty where none come.
package struct PlacementReport: Hashable, Sendable {
    /// Of the workloads of which pods come, in the order of the plan.
    package var verdicts: [PlacementVerdict]
    /// Of the source's policies.
    package var policies: [PolicyVerdict]
    /// Of the workloads that are there already, if the plan is undone.
    package var wayBack: [PlacementVerdict]
    /// Of each set of nodes that was to be done without.
    package var losses: [LossVerdict]

    package init(
        verdicts: [PlacementVerdict] = [], policies: [PolicyVerdict] = [], wayBack: [PlacementVerdict] = [],
        losses: [LossVerdict] = []
    ) {
        self.verdicts = verdicts
        self.policies = policies
        self.wayBack = wayBack
        self.losses = losses
    }

    /// Answers a question.
    package init(_ question: PlacementQuestion) {
        let verdicts = PlacementSimulator(question).verdicts()
        self.init(verdicts: verdicts)
        // Without pods that come there is nothing to keep, or to undo.
        if !verdicts.isEmpty {
            if !question.policies.isEmpty { policies = PolicyCheck(question, verdicts: verdicts).verdicts() }
            if !question.former.isEmpty { wayBack = PlacementSimulator(question.wayBack(after: verdicts)).verdicts() }
        }
        if !question.losses.isEmpty {
            let check = LossCheck(question, after: verdicts)
            losses = question.losses.map(check.verdict)
        }
    }
}
