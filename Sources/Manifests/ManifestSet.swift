internal import Crypto
package import Resources

/// Everything that a source declares.
package struct ManifestSet: Sendable {
    /// The objects in the order of files and documents, without those that are for local use only.
    package let manifests: [Manifest]
    /// What `endstate.yaml` at the root says; nil where there is none.
    package var application: ApplicationSettings?
    /// What the set wants of the places of its pods, in the order of files and documents.
    package let policies: [PlacementPolicy]
    /// The applications that the source declares besides itself, for `endstate sync`; never sent to a cluster.
    package let applications: [SyncApplication]
    /// How many objects were left out because of `config.kubernetes.io/local-config: "true"`.
    package let localOnly: Int
    /// How many files were read as manifests; 0 tells a path without any from one whose files declare nothing.
    package let fileCount: Int
    /// SHA-256 over all objects, in lower-case hexadecimal: equal for equal objects, whatever their files and order.
    package let digest: String
    /// The same over the applications that the source declares, which `digest` says nothing of.
    package let applicationsDigest: String

    /// - Parameter digest: that of the source which the manifests are from, where they are not as it declares them; by
    ///   default it is computed.
    package init(
        manifests: [Manifest],
        application: ApplicationSettings? = nil,
        policies: [PlacementPolicy] = [],
        applications: [SyncApplication] = [],
        localOnly: Int = 0,
        fileCount: Int = 0,
        digest: String? = nil
    ) {
        self.manifests = manifests
        self.application = application
        self.policies = policies
        self.applications = applications
        applicationsDigest = Self.digest(of: applications.compactMap(\.manifest?.object))
        self.localOnly = localOnly
        self.fileCount = fileCount
        self.digest = digest ?? Self.digest(of: manifests.map(\.object))
    }

    /// The same with other manifests, and with their digest.
    package func replacing(_ manifests: [Manifest]) -> ManifestSet {
        ManifestSet(
            manifests: manifests, application: application, policies: policies, applications: applications,
            localOnly: localOnly, fileCount: fileCount)
    }

    package static func digest(of objects: [KubernetesObject]) -> String {
        var hash = SHA256()
        for object in objects.sorted(by: { $0.identity < $1.identity }) {
            hash.update(data: object.value.jsonBytes)
            hash.update(data: [UInt8(ascii: "\n")])
        }
        return hash.finalize().hexadecimal
    }
}

/// Everything that is wrong in a source, in the order of files and lines.
package struct ManifestErrors: DiagnosticError {
    /// Warnings are among them.
    package let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.inOrder
    }
}

/// What the rules have found so far.
struct Problems {
    private(set) var all: [Diagnostic] = []
    private var told: Set<Told> = []

    /// Two rules that say the same of one place are one problem.
    private struct Told: Hashable {
        let code: String
        let message: String
        let location: SourceLocation?
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    mutating func add(_ diagnostic: Diagnostic) {
        let told = Told(code: diagnostic.code, message: diagnostic.message, location: diagnostic.location)
        if self.told.insert(told).inserted { all.append(diagnostic) }
    }

    mutating func add(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { add(diagnostic) }
    }
}

extension [Diagnostic] {
    /// By place; those without one first.
    var inOrder: [Diagnostic] {
        sorted { left, right in
            switch (left.location, right.location) {
            case (let left?, let right?) where left != right: left < right
            case (nil, _?): true
            case (_?, nil): false
            default: (left.code, left.message) < (right.code, right.message)
            }
        }
    }
}
