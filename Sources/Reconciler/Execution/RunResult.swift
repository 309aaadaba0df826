package import Resources

/// What came of executing a plan.
package struct RunResult: Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// Every step was done.
        case succeeded
        /// A step failed, and the cluster is not where it was: what had been written stays, or could not all be undone.
        case failed
        /// A step failed, and all that had been written was undone.
        case rolledBack
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
        /// Whether it was to be written; else only its health was to be waited for.
        package var isWrite = true
    }

    /// Whether anything in the cluster may be other than before the run; true also where only the application's record
    /// was written, or where the outcome of a request is not known.
    package let changedCluster: Bool
    /// The number of the run's revision; nil where it had nothing to record.
    package var revision: Int?
    /// What was undone; nil where nothing was to be.
    package var rollback: RollbackReport?
}

/// What came of undoing a revision.
package struct RollbackReport: Sendable {
    /// The number of the revision that was undone.
    package let revision: Int
    /// The objects that were given back what they were, in the order in which that happened.
    package let restored: [ObjectIdentity]
    /// The objects that the revision had created, and that are gone again.
    package let deleted: [ObjectIdentity]
    /// What stays by design, and why; the plan has told it.
    package let staying: [Remainder]
    /// What should have been undone and was not.
    package let left: [Remainder]

    package struct Remainder: Hashable, Sendable {
        package let object: ObjectIdentity
        package let reason: String
    }

    package var isComplete: Bool { left.isEmpty }
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
