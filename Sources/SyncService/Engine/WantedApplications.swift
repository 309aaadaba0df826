internal import Manifests
internal import Resources

/// The applications that are to be kept: those that are configured, and those that they declare.
struct WantedApplications: Sendable {
    /// How deep applications may be nested.
    static let maximumDepth = 8

    /// Of several with one name, the one that is configured first.
    private(set) var byName: [String: SyncApplication] = [:]
    /// Why some are left out.
    private(set) var problems: [Diagnostic] = []

    /// - Parameter nested: What applications declare, by their names.
    init(roots: [SyncApplication], nested: [String: [SyncApplication]]) {
        var depth: [String: Int] = [:]
        var waiting = roots[...]
        while let application = waiting.popFirst() {
            if let other = byName[application.name] {
                problems.append(Self.duplicate(application, of: other))
                continue
            }
            byName[application.name] = application
            let own = (application.parent.flatMap { depth[$0] } ?? 0) + 1
            depth[application.name] = own
            let children = nested[application.name] ?? []
            if own < Self.maximumDepth { waiting += children } else { problems += children.map(Self.tooDeep) }
        }
    }

    private static func duplicate(_ application: SyncApplication, of other: SyncApplication) -> Diagnostic {
        Diagnostic(
            code: "duplicate-application",
            "application \(application.name) is declared twice: only the first is kept",
            at: application.location, causes: other.location.map { ["the first is at \($0)"] } ?? [])
    }

    private static func tooDeep(_ application: SyncApplication) -> Diagnostic {
        Diagnostic(
            code: "nested-too-deep",
            "application \(application.name) is not kept: applications are nested more than \(maximumDepth) deep",
            at: application.location)
    }
}
