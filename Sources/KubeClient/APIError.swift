package import Resources

/// The API server's refusal, as its `Status` tells it (or what a proxy in between sent instead).
package struct APIError: Error, Hashable {
    /// One reason of several, such as one invalid field.
    package struct Cause: Hashable, Sendable {
        /// Such as `FieldValueInvalid` or `FieldManagerConflict`.
        package let reason: String
        /// The server's notation, such as `.spec.replicas`; empty where the cause is about no field.
        package let field: String
        package let message: String

        package init(reason: String, field: String, message: String) {
            self.reason = reason
            self.field = field
            self.message = message
        }

        /// What is left of a cause that may echo a Secret's values.
        fileprivate var withheld: Cause { Cause(reason: reason, field: field, message: reason) }
    }

    /// What was asked for, as a message says it: `apply Deployment shop/web`.
    package let operation: String
    /// The HTTP status.
    package let status: Int
    /// The machine-readable reason, such as `NotFound`; empty where the answer came from no API server.
    package let reason: String
    /// Withheld for Secrets, since servers echo their values.
    package let message: String
    package let causes: [Cause]
    /// What the server asks to wait before the next try.
    package let retryAfter: Duration?
    /// How often the request was sent.
    package var attempts = 1

    /// The fields that can't be changed once set, which the request would change; empty for all other errors.
    package let immutableFields: [String]
    /// Whether an admission webhook has side effects, so that a dry run can't be had.
    package let isDryRunUnsupported: Bool
    /// Whether etcd was between two leaders: the same request may succeed a moment later, or may have already.
    package let isStorageInterrupted: Bool

    /// Whether the API server does not know the path: it serves no such group, version or kind.
    package internal(set) var isUnserved = false

    /// - Parameter groupKind: What the request was about; decides what is withheld.
    package init(
        operation: String,
        status: Int,
        reason: String,
        message: String,
        causes: [Cause] = [],
        retryAfter: Duration? = nil,
        about groupKind: GroupKind? = nil
    ) {
        self.operation = operation
        self.status = status
        self.reason = reason
        self.retryAfter = retryAfter
        let isWithheld = Redaction.withholds(message, about: groupKind, status: status)
        let shown = isWithheld ? Redaction.serverMessage(message, about: groupKind) : message
        self.message = isWithheld ? "\(status) \(reason): \(shown)" : shown
        self.causes = causes.map { cause in
            // A conflict's message names a manager only, and planning needs it.
            !isWithheld || cause.reason == Self.conflictReason ? cause : cause.withheld
        }
        immutableFields = status == 422 ? causes.filter(ServerText.namesImmutableField).map(\.field) : []
        isDryRunUnsupported = status == 400 && ServerText.saysDryRunUnsupported(message)
        isStorageInterrupted = status >= 500 && ServerText.saysStorageInterrupted(message)
    }

    private static let conflictReason = "FieldManagerConflict"

    /// The object does not exist; any other 404 says nothing about it.
    package var isNotFound: Bool { status == 404 && reason == "NotFound" }
    package var isUnauthorized: Bool { status == 401 }
    package var isForbidden: Bool { status == 403 }
    /// The object changed meanwhile, a precondition does not hold, or other managers own fields.
    package var isConflict: Bool { status == 409 && reason == "Conflict" }
    package var isAlreadyExists: Bool { status == 409 && reason == "AlreadyExists" }
    package var isInvalid: Bool { status == 422 }
    package var isImmutableField: Bool { !immutableFields.isEmpty }
    /// The resource version or the continue token is older than what the server keeps.
    package var isExpired: Bool { status == 410 }

    package var isNamespaceTerminating: Bool {
        status == 403 && causes.contains { $0.reason == "NamespaceTerminating" }
    }

    /// The fields that other managers own, in a server-side apply that was not forced.
    package var fieldManagerConflicts: [Cause] {
        status == 409 ? causes.filter { $0.reason == Self.conflictReason } : []
    }
}

extension APIError: DiagnosticError {
    package var diagnostics: [Diagnostic] {
        var text = "cannot \(operation): " + (message.isEmpty ? "the server answered with status \(status)" : message)
        if attempts > 1 { text += " (tried \(attempts) times)" }
        let details = causes.map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
        return [Diagnostic(code: code, text, causes: details.filter { !message.contains($0) }, hint: hint)]
    }

    /// `api-` and the reason, such as `api-not-found`.
    private var code: String {
        if reason.isEmpty { return "api-status-\(status)" }
        return reason.unicodeScalars.reduce(into: "api") { code, scalar in
            if scalar.properties.isUppercase { code += "-" }
            code += scalar.properties.lowercaseMapping
        }
    }

    private var hint: String? {
        switch status {
        case 401: "the server does not accept the credentials: log in again, or check the context's user"
        case 403 where isNamespaceTerminating: "wait until the namespace is gone, then run again"
        case 403: "ask the cluster's administrator for this permission"
        case 409 where !fieldManagerConflicts.isEmpty: "remove the fields from the manifest, or take them over by force"
        case 422 where isImmutableField:
            "the object must be replaced to change \(immutableFields.joined(separator: ", "))"
        case 429: "the server is overloaded: run again later"
        default: nil
        }
    }
}

/// What only the text of an answer tells: neither reason nor code distinguishes these cases (Kubernetes 1.20 to 1.36).
private enum ServerText {
    /// Whether the cause says that its field can't change; a value that the server echoes is never looked at.
    static func namesImmutableField(_ cause: APIError.Cause) -> Bool {
        switch cause.reason {
        case "FieldValueInvalid":
            // `Invalid value: VALUE: WHY`: only the end is the server's own.
            [": field is immutable", ": may not change once set", ": cannot change roleRef"]
                .contains(where: cause.message.hasSuffix)
        case "FieldValueForbidden":
            // `Forbidden: WHY`, sometimes followed by a diff.
            [
                "field is immutable", "spec is immutable after creation", "spec.persistentvolumesource is immutable",
                "may not be changed in an update", "updates to ", "pod updates may not change fields",
            ].contains { cause.message.hasPrefix("Forbidden: " + $0) }
        default: false
        }
    }

    static func saysDryRunUnsupported(_ message: String) -> Bool {
        message.hasPrefix("admission webhook ") && message.hasSuffix("does not support dry run")
    }

    static func saysStorageInterrupted(_ message: String) -> Bool {
        ["etcdserver: leader changed", "etcdserver: no leader", "etcdserver: request timed out"]
            .contains(where: message.hasPrefix)
    }
}
