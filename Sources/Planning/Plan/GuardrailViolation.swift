package import Resources

/// A reason to write nothing at all.
package struct GuardrailViolation: Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case clusterMismatch = "cluster-mismatch"
        case incompleteRead = "incomplete-read"
        case emptySet = "empty-set"
        case pruneBudget = "prune-budget"
        case pruneBudgetOfKind = "prune-budget-of-kind"
        case protectedKind = "protected-kind"
        case foreignContents = "foreign-contents"
        case notAMember = "not-a-member"
        case belongsToAnotherSet = "belongs-to-another-set"
        case belongsToAnotherTool = "belongs-to-another-tool"
        case notAdopted = "not-adopted"
        case replaceNotAllowed = "replace-not-allowed"
        case neverReplaced = "never-replaced"
        case ownershipConflict = "ownership-conflict"
        case stalePlan = "stale-plan"
        case quarantined = "quarantined"
        case unschedulable = "unschedulable"
        case brokenPolicy = "broken-policy"
    }

    package let code: Code
    /// The objects that it is about, sorted; empty where it is about the run.
    package let objects: [ObjectIdentity]
    package let message: String
    /// The flag, setting or edit that lets the plan through.
    package let remedy: String
    /// Where the object is declared.
    package let location: SourceLocation?

    package init(
        _ code: Code, _ objects: [ObjectIdentity], _ message: String, remedy: String, at location: SourceLocation? = nil
    ) {
        self.code = code
        self.objects = objects.sorted()
        self.message = message
        self.remedy = remedy
        self.location = location
    }

    package var diagnostic: Diagnostic {
        Diagnostic(code: code.rawValue, message, at: location, hint: remedy)
    }
}

/// A plan that a guardrail refuses.
package struct GuardrailError: DiagnosticError {
    /// Never empty.
    package let violations: [GuardrailViolation]

    package init(violations: [GuardrailViolation]) {
        self.violations = violations
    }

    package var diagnostics: [Diagnostic] { violations.map(\.diagnostic) }
}
