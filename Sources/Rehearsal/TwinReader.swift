internal import KubeClient
internal import Resources
internal import SandboxCluster

/// Reads from a cluster what a plan's rehearsal depends on. Nothing is written.
struct TwinReader: Sendable {
    let client: KubeClient
    let discovery: Discovery
    let scope: TwinScope

    static let namespace = kind("", "Namespace")
    static let definition = kind("apiextensions.k8s.io", "CustomResourceDefinition")
    private static let node = kind("", "Node")
    private static let pod = kind("", "Pod")
    private static let volume = kind("", "PersistentVolume")
    private static let claim = kind("", "PersistentVolumeClaim")

    /// What schedulers, quotas, admission, controllers and kubelets look at, wherever it is; claims before their volumes.
    private static let everywhere = [
        namespace, node, pod, claim, volume, kind("", "ReplicationController"), kind("", "ResourceQuota"),
        kind("", "LimitRange"), kind("", "Service"), kind("apps", "Deployment"), kind("apps", "ReplicaSet"),
        kind("apps", "StatefulSet"), kind("apps", "DaemonSet"), kind("batch", "Job"), kind("batch", "CronJob"),
        kind("autoscaling", "HorizontalPodAutoscaler"), kind("policy", "PodDisruptionBudget"),
        kind("storage.k8s.io", "StorageClass"), kind("scheduling.k8s.io", "PriorityClass"),
        kind("node.k8s.io", "RuntimeClass"), kind("networking.k8s.io", "IngressClass"), definition,
    ]

    /// What pods of a namespace refer to, and what records are in.
    private static let nearby = [
        kind("", "ConfigMap"), kind("", "Secret"), kind("", "ServiceAccount"), kind("apps", "ControllerRevision"),
    ]

    private static func kind(_ group: String, _ kind: String) -> GroupKind { GroupKind(group: group, kind: kind) }

    /// - Throws: `Diagnostic` of the code `rehearsal-needs-nodes` where nodes may not be listed.
    func read() async throws -> TwinContents {
        var contents = TwinContents()
        let local = scope.kinds.subtracting(Self.everywhere).union(Self.nearby)
        for kind in Self.everywhere + local.sorted() {
            guard let resource = resource(kind, &contents) else { continue }
            if resource.isNamespaced, local.contains(kind) {
                try await readEach(resource, into: &contents)
            } else {
                try await readAll(resource, into: &contents)
            }
        }
        for identity in scope.externals where !contents.objects.contains(where: { $0.identity == identity }) {
            try await read(identity, into: &contents)
        }
        return contents
    }

    /// - Returns: Nil where objects of the kind can't be listed.
    private func resource(_ kind: GroupKind, _ contents: inout TwinContents) -> APIResource? {
        switch discovery.preferred(kind) {
        case .found(let resource): return resource.verbs.isEmpty || resource.verbs.contains("list") ? resource : nil
        case .unavailable(_, let reason):
            contents.doubts.append("the twin has no \(kind), since the cluster doesn't tell of them: \(reason)")
            return nil
        case .unknownKind: return nil
        }
    }

    private func readAll(_ resource: APIResource, into contents: inout TwinContents) async throws {
        if try await list(resource, in: nil, into: &contents) { return }
        if resource.groupKind == Self.pod {
            contents.doubts.append("pods of other namespaces may not be read: the twin's nodes are without them")
        }
        if resource.isNamespaced {
            try await readEach(resource, into: &contents)
        } else {
            try await readNamed(resource, into: &contents)
        }
    }

    /// Reads the objects of the scope's namespaces one after the other, as far as they are there.
    private func readEach(_ resource: APIResource, into contents: inout TwinContents) async throws {
        for namespace in scope.namespaces.subtracting(scope.newNamespaces).sorted() {
            if try await list(resource, in: namespace, into: &contents) { continue }
            contents.doubts.append("\(resource.plural) in \(namespace) may not be read: the twin has none of them")
        }
    }

    /// - Returns: Whether the account may list them.
    private func list(
        _ resource: APIResource, in namespace: String?, into contents: inout TwinContents
    ) async throws -> Bool {
        do {
            contents.objects += try await client.list(resource, namespace: namespace).items
            return true
        } catch let error as APIError where error.isForbidden {
            return false
        } catch let error as APIError where error.isNotFound || error.isUnserved {
            return true
        }
    }
}

// MARK: what may not be listed
extension TwinReader {
    /// Reads of a kind of the whole cluster what the plan can't do without.
    private func readNamed(_ resource: APIResource, into contents: inout TwinContents) async throws {
        switch resource.groupKind {
        case Self.node: throw Self.nodesNeeded
        case Self.namespace: try await readNamespaces(into: &contents)
        case Self.definition: try await readDefinitions(into: &contents)
        case Self.volume:
            contents.doubts.append("persistentvolumes may not be read: of bound ones, the twin knows the claims alone")
            let claims = contents.objects.filter { $0.identity.groupKind == Self.claim }
            contents.objects += claims.compactMap(TwinStandIn.volume)
        default: contents.doubts.append("\(resource.plural) may not be read: the twin has none of them")
        }
    }

    private static let nodesNeeded = Diagnostic(
        code: "rehearsal-needs-nodes", "a plan can't be rehearsed without the right to list nodes",
        hint: "allow the account to list nodes, as examples/ci/ci-account.yaml does, or run without a rehearsal")

    /// Also kube-system, whose UID says which cluster it is.
    private func readNamespaces(into contents: inout TwinContents) async throws {
        let needed = scope.namespaces.union(scope.externals.map(\.namespace)).subtracting([""])
        for name in needed.union(["kube-system"]).sorted() {
            do {
                if let found = try await client.get(.namespaces, name: name) { contents.objects.append(found) }
            } catch let error as APIError where error.isForbidden {
                guard needed.contains(name), !scope.newNamespaces.contains(name) else { continue }
                contents.objects.append(TwinStandIn.namespace(name))
                contents.doubts.append("the Namespace \(name) may not be read: the twin knows its name alone")
            }
        }
    }

    /// A definition's name is that of its resource.
    private func readDefinitions(into contents: inout TwinContents) async throws {
        let builtIn = Set(SchemaRegistry.builtIn.resources.map(\.kind.groupKind))
        for kind in scope.kinds.union(scope.externals.map(\.groupKind)).subtracting(builtIn).sorted() {
            guard case .found(let resource) = discovery.preferred(kind) else { continue }
            let name = "\(resource.plural).\(kind.group)"
            do {
                let found = try await client.get(.customResourceDefinitions, name: name)
                if let found { contents.objects.append(found) }
            } catch let error as APIError where error.isForbidden {
                contents.doubts.append(
                    "the CustomResourceDefinition \(name) may not be read: the twin doesn't serve \(kind)")
            }
        }
    }

    private func read(_ identity: ObjectIdentity, into contents: inout TwinContents) async throws {
        guard let resource = resource(identity.groupKind, &contents) else { return }
        do {
            let found = try await client.get(resource, namespace: identity.namespace, name: identity.name)
            if let found { contents.objects.append(found) }
        } catch let error as APIError where error.isForbidden {
            contents.doubts.append("\(identity) may not be read: the twin doesn't have it")
        }
    }
}
