/// What is known of the places of a plan's pods; empty where none come.
package struct PlacementReport: Hashable, Sendable {
    /// Of the workloads of which pods come, in the order of the plan.
    package var verdicts: [PlacementVerdict]
    /// Of the source's policies.
    package var policies: [PolicyVerdict]

    package init(verdicts: [PlacementVerdict] = [], policies: [PolicyVerdict] = []) {
        self.verdicts = verdicts
        self.policies = policies
    }

    /// Answers a question.
    package init(_ question: PlacementQuestion) {
        let verdicts = PlacementSimulator(question).verdicts()
        self.init(
            verdicts: verdicts,
            policies: question.policies.isEmpty ? [] : PolicyCheck(question, verdicts: verdicts).verdicts())
    }
}
