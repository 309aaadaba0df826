internal import Resources

/// Why a step did not come to its end.
package struct StepFailure: Error, Hashable, Sendable {
    /// Where in a step it happened.
    package enum Phase: String, Hashable, Sendable {
        case write
        case health
        case timeout
        case deletion
        case pause
    }

    package let phase: Phase
    /// One sentence without a full stop.
    package let message: String
    /// Further facts, such as log lines.
    package let details: [String]
    package let hint: String?
}

extension StepFailure {
    /// A failure from whatever a step threw.
    init(_ error: any Error) {
        guard !(error is StepFailure), let told = (error as? any DiagnosticError)?.diagnostics.first else {
            self =
                error as? StepFailure
                ?? StepFailure(phase: .write, message: "\(error)", details: [], hint: nil)
            return
        }
        self.init(phase: .write, message: told.message, details: told.causes, hint: told.hint)
    }

    static let unresolved = StepFailure(
        phase: .write, message: "the cluster no longer serves its kind", details: [], hint: "plan again")
    static let deletedAgain = StepFailure(
        phase: .write,
        message: "it is deleted by somebody else as often as it is written",
        details: [],
        hint: "find out who deletes it: kubectl get events, or the API server's audit log"
    )
    static let deletedMeanwhile = StepFailure(
        phase: .health,
        message: "it was deleted by somebody else while its health was waited for",
        details: [],
        hint: "find out who deletes it: kubectl get events, or the API server's audit log"
    )
}
