package import Resources

/// What came of executing a plan.
package struct RunResult: Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// Every step was done.
        case succeeded
        /// A step failed, and what had been written stays.
        case failed
        /// The run was asked to stop before its end.
        case interrupted
    }

    package let outcome: Outcome
    /// The objects that were written, in the order in which that happened.
    package let written: [ObjectIdentity]
    package let deleted: [ObjectIdentity]
    /// The steps that failed, and why.
    package let failures: [Failure]
    /// The objects whose steps were not done, with what each of them still waited for.
    package let skipped: [Skipped]
    package let elapsed: Duration

    package struct Failure: Hashable, Sendable {
        package let object: ObjectIdentity
        package let location: SourceLocation?
        package let failure: StepFailure
    }

    package struct Skipped: Hashable, Sendable {
        package let object: ObjectIdentity
        /// Nil where the run stopped before the object's turn came.
        package let waitedFor: ObjectIdentity?
    }

    /// Whether anything in the cluster may be other than before the run; true also where only the application's record
    /// was written, or where the outcome of a request is not known.
    package let changedCluster: Bool
}

extension RunResult.Failure {
    package var diagnostic: Diagnostic {
        Diagnostic(
            code: "step-failed-\(failure.phase.rawValue)",
            "\(object) failed: \(failure.message)",
            at: location,
            causes: failure.details,
            hint: failure.hint
        )
    }
}
