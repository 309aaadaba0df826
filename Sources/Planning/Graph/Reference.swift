internal import Resources

/// That one object names another, and what for.
struct Reference {
    enum Target {
        case object(ObjectIdentity)
        /// A Service, and the workloads that it sends traffic to: traffic needs both.
        case backend(namespace: String, service: String)
    }

    let target: Target
    /// What follows the word "because", told of the object that refers.
    let reason: String
}

/// Collects what an object refers to. Names that are missing or empty are skipped.
struct ReferenceList {
    let namespace: String
    private(set) var references: [Reference] = []

    init(namespace: String) {
        self.namespace = namespace
    }

    /// Adds an object of the same namespace.
    mutating func add(_ group: String, _ kind: String, _ name: Value?, _ reason: @autoclosure () -> String) {
        add(group, kind, in: namespace, name, reason())
    }

    /// Adds an object of the whole cluster.
    mutating func addClusterScoped(_ group: String, _ kind: String, _ name: Value?, _ reason: @autoclosure () -> String)
    {
        add(group, kind, in: "", name, reason())
    }

    mutating func add(
        _ group: String,
        _ kind: String,
        in namespace: String,
        _ name: Value?,
        _ reason: @autoclosure () -> String
    ) {
        guard let name = name?.string, !name.isEmpty else { return }
        let identity = ObjectIdentity(group: group, kind: kind, namespace: namespace, name: name)
        references.append(Reference(target: .object(identity), reason: reason()))
    }

    /// Adds a Service that the object needs answers from.
    mutating func addBackend(_ service: Value?, in namespace: String? = nil, _ reason: @autoclosure () -> String) {
        guard let service = service?.string, !service.isEmpty else { return }
        let target = Reference.Target.backend(namespace: namespace ?? self.namespace, service: service)
        references.append(Reference(target: target, reason: reason()))
    }
}
