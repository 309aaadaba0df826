internal import Health
internal import Planning
internal import Resources

/// What is kept of a member as the cluster tells it.
struct MemberSighting: Hashable, Sendable {
    let identity: ObjectIdentity
    /// The id of the ApplySet that the object's label names; empty for none.
    let set: String
    let digest: OwnedDigest
    /// The resource version; nil where it is no number. Those of one kind are in the order of writing (KEP-5504).
    let version: UInt64?
    let health: HealthStatus
    /// Whether it only carries a copy of our label.
    let isCopy: Bool

    init(_ object: KubernetesObject, context: HealthContext) {
        identity = object.identity
        set = object.labels[ApplySet.memberLabel] ?? ""
        digest = OwnedDigest(object)
        version = object.resourceVersion.flatMap { UInt64($0) }
        health = Health.assess(object, context: context).status
        isCopy = !ApplySet.isWritten(object) && object.owners.contains(where: \.isController)
    }
}

/// What is known of applications' members, each by its digest and its health alone: as they were when they were known to
/// be as declared, and as the cluster last told.
struct MemberTable: Sendable {
    private struct Known: Sendable {
        let digest: OwnedDigest
        let version: UInt64?
    }

    private struct Application: Sendable {
        /// As declared.
        var checked: [ObjectIdentity: Known] = [:]
        var isChecked = false
        var seen: [ObjectIdentity: MemberSighting] = [:]
        /// What was deleted since the last check.
        var gone: [ObjectIdentity: UInt64?] = [:]
        /// Where the last plan has looked for members.
        var kinds: Set<GroupKind> = []
        var namespaces: Set<String> = []

        /// Whether a plan would see the object: what else has our label, such as a copy in another namespace, is no member.
        func covers(_ identity: ObjectIdentity) -> Bool {
            if !isChecked { return true }
            return kinds.contains(identity.groupKind)
                && (identity.namespace.isEmpty || namespaces.contains(identity.namespace))
        }
    }

    private var applications: [String: Application] = [:]

    /// Begins to follow an application's members.
    mutating func add(_ set: String) {
        if applications[set] == nil { applications[set] = Application() }
    }

    mutating func remove(_ set: String) {
        applications[set] = nil
    }

    func isChecked(_ set: String) -> Bool { applications[set]?.isChecked ?? false }

    var sets: Set<String> { Set(applications.keys) }

    /// Takes the members for being as they are declared.
    /// - Parameters:
    ///   - kinds: Those that members were looked for among, as were the namespaces.
    /// - Returns: Those that have changed since, as far as the cluster has told already.
    mutating func check(
        _ members: [MemberSighting], of set: String, kinds: Set<GroupKind>, namespaces: Set<String>
    ) -> Set<ObjectIdentity> {
        guard var application = applications[set] else { return [] }
        application.checked = Dictionary(
            members.map { ($0.identity, Known(digest: $0.digest, version: $0.version)) },
            uniquingKeysWith: { first, _ in first })
        application.isChecked = true
        (application.kinds, application.namespaces) = (kinds, namespaces)
        application.seen = application.seen.filter { application.covers($0.key) }
        var drifted = Set(application.seen.values.filter { Self.isDrift($0, application) }.map(\.identity))
        for (identity, version) in application.gone where Self.isDrift(gone: identity, version, application) {
            drifted.insert(identity)
        }
        application.gone = [:]
        // What the watches have not told yet is as it was just read.
        for member in members {
            let known = application.seen[member.identity]
            // Its health may be judged by what was learnt since.
            if known == nil || known?.version == member.version { application.seen[member.identity] = member }
        }
        applications[set] = application
        return drifted
    }

    /// - Returns: Whether the object is no longer as declared.
    mutating func see(_ sighting: MemberSighting) -> Bool {
        guard !sighting.isCopy, var application = applications[sighting.set],
            application.covers(sighting.identity)
        else { return false }
        // Copied only where it is changed: a dictionary in two hands would be copied whole.
        applications[sighting.set] = nil
        application.seen[sighting.identity] = sighting
        application.gone[sighting.identity] = nil
        let isDrift = Self.isDrift(sighting, application)
        applications[sighting.set] = application
        return isDrift
    }

    /// - Returns: Whether a member is gone that is declared.
    mutating func lose(_ sighting: MemberSighting) -> Bool {
        guard !sighting.isCopy, applications[sighting.set]?.seen[sighting.identity] != nil else { return false }
        applications[sighting.set]?.seen[sighting.identity] = nil
        applications[sighting.set]?.gone[sighting.identity] = .some(sighting.version)
        guard let application = applications[sighting.set] else { return false }
        return Self.isDrift(gone: sighting.identity, sighting.version, application)
    }

    /// Takes a whole list of a kind, in one namespace or in all.
    /// - Returns: The sets and their members that are not as declared.
    mutating func replace(
        _ kind: GroupKind, namespace: String?, with sightings: [MemberSighting]
    ) -> [String: Set<ObjectIdentity>] {
        var drifted: [String: Set<ObjectIdentity>] = [:]
        let present = Dictionary(grouping: sightings.filter { !$0.isCopy }, by: \.set)
        for set in sets {
            let there = Set((present[set] ?? []).map(\.identity))
            let missing = (applications[set]?.seen ?? [:]).keys.filter {
                $0.groupKind == kind && (namespace == nil || $0.namespace == namespace) && !there.contains($0)
            }
            for identity in missing {
                applications[set]?.seen[identity] = nil
                applications[set]?.gone[identity] = .some(nil)
                if applications[set]?.checked[identity] != nil { drifted[set, default: []].insert(identity) }
            }
            for sighting in present[set] ?? [] where see(sighting) {
                drifted[set, default: []].insert(sighting.identity)
            }
        }
        return drifted
    }

    /// How many members of an application have which health.
    func health(of set: String) -> [HealthStatus: Int] {
        Dictionary((applications[set]?.seen.values).map { $0.map { ($0.health, 1) } } ?? [], uniquingKeysWith: +)
    }

    /// The members that are healthy.
    func healthy(of set: String) -> Set<ObjectIdentity> {
        Set((applications[set]?.seen.values).map { $0.filter { $0.health == .current }.map(\.identity) } ?? [])
    }

    /// The members with their health, sorted by identity.
    func members(of set: String) -> [(identity: ObjectIdentity, health: HealthStatus)] {
        (applications[set]?.seen.values).map { $0.map { ($0.identity, $0.health) }.sorted { $0.0 < $1.0 } } ?? []
    }

    private static func isDrift(_ sighting: MemberSighting, _ application: Application) -> Bool {
        guard application.isChecked else { return false }
        // Whatever has our label as our own writing and is not declared was made a member by somebody else.
        guard let known = application.checked[sighting.identity] else { return true }
        if known.digest == sighting.digest { return false }
        return !isOlder(sighting.version, than: known.version)
    }

    private static func isDrift(
        gone identity: ObjectIdentity, _ version: UInt64?, _ application: Application
    ) -> Bool {
        guard let known = application.checked[identity] else { return false }
        return !isOlder(version, than: known.version)
    }

    /// Whether what was told is old news, which a watch that lags behind tells.
    private static func isOlder(_ version: UInt64?, than other: UInt64?) -> Bool {
        guard let version, let other else { return false }
        return version < other
    }
}
