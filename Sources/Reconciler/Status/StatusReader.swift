package import Diffing
package import FoundationEssentials
package import Health
package import KubeClient
package import Planning
package import Resources

/// A member of the application and how it is; also one that is declared and gone.
package struct MemberStatus: Sendable {
    package let identity: ObjectIdentity
    package let health: ObjectHealth
    /// The declared fields that the cluster has in another state; empty where none is, or where nobody can tell.
    package let drift: [FieldDrift]
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
    /// The revision in force, which drift and absence are judged by; nil where none was deployed.
    package let deployed: Revision?
    /// The newest revision, whatever became of it.
    package let newest: Revision?
    /// Why the revisions, or what the one in force declares, could not be read.
    package let damage: [Diagnostic]
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
        let revisions = try await revisions()
        let declared = revisions.declared
        let state = try await ClusterReader(client: client, application: application).read(
            kinds: Set(declared.values.map(\.groupVersionKind)),
            namespaces: Set(declared.keys.map(\.namespace)).subtracting([""]))
        let kinds = Set(state.members.keys.map(\.groupKind))
        let namespaces = Set(state.members.keys.map(\.namespace)).subtracting([""])
        let context = await HealthFacts(client: client, now: now).context(for: kinds, namespaces: namespaces)
        let reader = DiagnosisReader(client: client, discovery: state.discovery, now: now)
        let members = try await concurrentMap(state.members.sorted { $0.key < $1.key }, limit: 16) { identity, live in
            let health = Health.assess(live, context: context)
            return MemberStatus(
                identity: identity,
                health: health,
                drift: declared[identity].map { drift(of: live, from: $0) } ?? [],
                diagnosis: health.status == .current ? nil : await reader.diagnose(live, context: context),
                age: age(of: live)
            )
        }
        return ApplicationStatus(
            members: (members + gone(declared, state)).sorted { $0.identity < $1.identity },
            isRecorded: state.recorded != nil,
            deployed: revisions.deployed,
            newest: revisions.newest,
            damage: revisions.damage,
            unreadKinds: state.unreadKinds)
    }

    private struct Revisions {
        var newest: Revision?
        var deployed: Revision?
        /// What the revision in force declares; empty while a run changes it, since nothing is drift then.
        var declared: [ObjectIdentity: KubernetesObject] = [:]
        var damage: [Diagnostic] = []
    }

    /// Records that are damaged keep nobody from seeing how the members are.
    private func revisions() async throws -> Revisions {
        let store = RevisionStore(client: client, application: application)
        var revisions = Revisions()
        do {
            let history = try await store.list()
            revisions.newest = history.first?.revision
            let deployed = history.deployed
            revisions.deployed = deployed?.revision
            guard let deployed, history.first?.revision.state != .pending else { return revisions }
            let objects = try await store.contents(of: deployed).objects
            revisions.declared = Dictionary(objects.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        } catch let error as Diagnostic {
            revisions.damage.append(error)
        }
        return revisions
    }

    /// An object that is listed in another version than it was declared in can't be compared.
    private func drift(of live: KubernetesObject, from desired: KubernetesObject) -> [FieldDrift] {
        guard live.groupVersionKind == desired.groupVersionKind else { return [] }
        return ObjectDiff.drift(desired: desired, live: live, manager: KubeClient.fieldManager)
    }

    /// What is declared and not there; of kinds that could not be read nothing is known.
    private func gone(_ declared: [ObjectIdentity: KubernetesObject], _ state: ClusterState) -> [MemberStatus] {
        declared.filter { state.members[$0.key] == nil && state.unreadKinds[$0.key.groupKind] == nil }.map {
            MemberStatus(
                identity: $0.key, health: Health.assess(absent: $0.value), drift: [], diagnosis: nil, age: nil)
        }
    }

    private func age(of object: KubernetesObject) -> Duration? {
        guard let text = object.metadata["creationTimestamp"]?.string,
            let created = try? Date(text, strategy: .iso8601)
        else { return nil }
        return .seconds(max(0, now().timeIntervalSince(created)))
    }
}
