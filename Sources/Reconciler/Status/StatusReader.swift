package import FoundationEssentials
package import Health
package import KubeClient
package import Planning
package import Resources

/// A member of the application and how it is.
package struct MemberStatus: Sendable {
    package let identity: ObjectIdentity
    package let health: ObjectHealth
    /// What explains a member that is not healthy; nil where nothing more is known.
    package let diagnosis: Diagnosis?
    /// Since its creation; nil where the object does not say when that was.
    package let age: Duration?
}

/// Everything that an application has on a cluster.
package struct ApplicationStatus: Sendable {
    /// Sorted by identity.
    package let members: [MemberStatus]
    /// Whether the cluster knows the application.
    package let isRecorded: Bool
    /// Kinds that the application has or had members of and that could not be read, and why.
    package let unreadKinds: [GroupKind: String]

    package var isHealthy: Bool { members.allSatisfy { $0.health.status == .current } && unreadKinds.isEmpty }
}

/// Reads how an application's members are, without writing anything.
package struct StatusReader: Sendable {
    let client: KubeClient
    let application: ApplicationIdentity
    let now: @Sendable () -> Date

    package init(client: KubeClient, application: ApplicationIdentity, now: @escaping @Sendable () -> Date = { Date() })
    {
        self.client = client
        self.application = application
        self.now = now
    }

    package func read() async throws -> ApplicationStatus {
        let state = try await ClusterReader(client: client, application: application).read(kinds: [], namespaces: [])
        let kinds = Set(state.members.keys.map(\.groupKind))
        let namespaces = Set(state.members.keys.map(\.namespace)).subtracting([""])
        let context = await HealthFacts(client: client, now: now).context(for: kinds, namespaces: namespaces)
        let reader = DiagnosisReader(client: client, discovery: state.discovery, now: now)
        let members = try await concurrentMap(state.members.sorted { $0.key < $1.key }, limit: 16) { identity, live in
            let health = Health.assess(live, context: context)
            return MemberStatus(
                identity: identity,
                health: health,
                diagnosis: health.status == .current ? nil : await reader.diagnose(live, context: context),
                age: age(of: live)
            )
        }
        return ApplicationStatus(
            members: members, isRecorded: state.recorded != nil, unreadKinds: state.unreadKinds)
    }

    private func age(of object: KubernetesObject) -> Duration? {
        guard let text = object.metadata["creationTimestamp"]?.string,
            let created = try? Date(text, strategy: .iso8601)
        else { return nil }
        return .seconds(max(0, now().timeIntervalSince(created)))
    }
}
