package import FoundationEssentials
package import Resources

/// A Kubernetes API server as a value: objects, and what requests make of them. It neither waits nor knows a network.
package struct APIServer: Sendable {
    struct ResourceKey: Hashable, Sendable {
        let group: String
        let version: String
        let plural: String
    }

    package let version: KubernetesVersion
    /// The sandbox's time at the request or the controllers' step under way.
    package var now: Date {
        didSet {
            let (before, after) = (oldValue.timeIntervalSince1970, now.timeIntervalSince1970)
            if before.rounded(.down) != after.rounded(.down) { timestamp = now.formatted(.iso8601) }
        }
    }
    /// That time as the API writes it.
    private(set) var timestamp: String
    var store: ObjectStore
    /// The types of Kubernetes' own kinds.
    let registry: SchemaRegistry
    /// All that is served, custom resources included, in the order of discovery.
    private(set) var resources: [ResourceDefinition]
    private var byPath: [ResourceKey: ResourceDefinition] = [:]
    private var byKind: [GroupVersionKind: ResourceDefinition] = [:]
    /// The version in which objects of a kind are stored: the one that discovery prefers.
    private var stored: [GroupKind: ResourceDefinition] = [:]
    /// Whether addresses and node ports that Services ask for must be in the server's ranges.
    var checksServiceRanges = true
    /// The collections that lists in chunks go on with.
    var snapshots = ListSnapshots()

    package init(version: KubernetesVersion, now: Date, registry: SchemaRegistry = .builtIn) {
        self.init(version: version, now: now, registry: registry, store: ObjectStore())
    }

    init(version: KubernetesVersion, now: Date, registry: SchemaRegistry = .builtIn, store: ObjectStore) {
        self.version = version
        self.now = now
        timestamp = now.formatted(.iso8601)
        self.registry = registry
        self.store = store
        resources = registry.resources
        serveCustomResources()
    }

    func resource(group: String, version: String, plural: String) -> ResourceDefinition? {
        byPath[ResourceKey(group: group, version: version, plural: plural)]
    }

    func resource(_ kind: GroupVersionKind) -> ResourceDefinition? { byKind[kind] }

    /// The resource of a kind in the version that objects are stored in.
    func storedResource(_ kind: GroupKind) -> ResourceDefinition? { stored[kind] }

    /// Takes up the CustomResourceDefinitions as they are now.
    mutating func serveCustomResources() {
        let definitions = store.collection(Kinds.definition).objects.values
            .sorted { $0.object.name < $1.object.name }
            .filter { Self.isEstablished($0.object) }
        resources = registry.resources + definitions.flatMap { SchemaRegistry.resources(of: $0.object) }
        byPath = [:]
        byKind = [:]
        stored = [:]
        for resource in resources {
            let key = ResourceKey(group: resource.kind.group, version: resource.kind.version, plural: resource.plural)
            byPath[key] = byPath[key] ?? resource
            byKind[resource.kind] = byKind[resource.kind] ?? resource
            stored[resource.kind.groupKind] = stored[resource.kind.groupKind] ?? resource
        }
    }

    private static func isEstablished(_ definition: KubernetesObject) -> Bool {
        (definition.value[path: "status", "conditions"]?.array ?? [])
            .contains { $0["type"] == "Established" && $0["status"] == "True" }
    }

    /// Puts objects in as they are, under new versions.
    mutating func load(_ objects: [KubernetesObject]) {
        for object in objects { _ = store.put(object) }
        serveCustomResources()
    }
}

extension APIServer: ClusterView {
    package func object(_ identity: ObjectIdentity) -> KubernetesObject? { store[identity]?.object }

    package func objects(_ kind: GroupKind, namespace: String?) -> [KubernetesObject] {
        let collection = store.collection(kind)
        return collection.keys(namespace: namespace).compactMap { collection[$0]?.object }
    }

    package func objects(_ kind: GroupKind, ownedBy uid: String) -> [KubernetesObject] {
        store.dependents(of: uid).filter { $0.groupKind == kind }.sorted().compactMap { store[$0]?.object }
    }
}
