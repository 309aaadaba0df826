package import Resources

/// What an API server serves, as far as it could tell.
package struct Discovery: Sendable {
    package enum Lookup: Hashable, Sendable {
        case found(APIResource)
        /// The server does not serve the kind; the suggestions are what may have been meant, as `apiVersion Kind`.
        case unknownKind(suggestions: [String])
        /// The server could not say whether it serves the kind: that must not be taken as absence.
        case unavailable(group: String, reason: String)
    }

    /// Every resource that is known, by group, version and kind.
    package let resources: [GroupVersionKind: APIResource]
    /// The versions of each group, the server's preferred first.
    package let versions: [String: [String]]
    /// Why nothing certain is known of a group version (`metrics.k8s.io/v1beta1`).
    package let unavailableGroups: [String: String]

    /// - Parameter unavailable: By apiVersion.
    package init(
        resources: [APIResource],
        versions: [String: [String]] = [:],
        unavailable: [String: String] = [:]
    ) {
        self.resources = Dictionary(resources.map { ($0.groupVersionKind, $0) }) { first, _ in first }
        var all = versions
        for resource in resources
        where !(all[resource.groupVersionKind.group] ?? []).contains(resource.groupVersionKind.version) {
            all[resource.groupVersionKind.group, default: []].append(resource.groupVersionKind.version)
        }
        self.versions = all
        unavailableGroups = unavailable
    }

    /// The resource of exactly this version.
    package func resource(for kind: GroupVersionKind) -> Lookup {
        if let resource = resources[kind] { return .found(resource) }
        if let reason = unavailableGroups[kind.apiVersion] { return .unavailable(group: kind.group, reason: reason) }
        return .unknownKind(suggestions: suggestions(for: kind))
    }

    /// The resource in the version that the server prefers among those that have the kind.
    package func preferred(_ kind: GroupKind) -> Lookup {
        let versions = versions[kind.group] ?? []
        for version in versions {
            let name = GroupVersionKind(group: kind.group, version: version, kind: kind.kind)
            if let resource = resources[name] { return .found(resource) }
        }
        for version in versions {
            let name = GroupVersionKind(group: kind.group, version: version, kind: kind.kind)
            if let reason = unavailableGroups[name.apiVersion] {
                return .unavailable(group: kind.group, reason: reason)
            }
        }
        return .unknownKind(
            suggestions: suggestions(for: GroupVersionKind(group: kind.group, version: "", kind: kind.kind)))
    }

    /// The same kind elsewhere, else the kind of the nearest name; at most three.
    private func suggestions(for kind: GroupVersionKind) -> [String] {
        var name = kind.kind
        if !resources.keys.contains(where: { $0.kind == name }) {
            name = Spelling.nearest(to: name, in: Set(resources.keys.map(\.kind))) ?? ""
        }
        return Array(resources.keys.filter { $0.kind == name }.map(\.description).sorted().prefix(3))
    }
}
