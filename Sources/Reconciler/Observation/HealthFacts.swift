package import FoundationEssentials
package import Health
package import KubeClient
package import Planning
package import Resources

/// Reads what the rules of health need to know of a cluster beyond the objects themselves.
package struct HealthFacts {
    let client: KubeClient
    let now: @Sendable () -> Date

    package init(client: KubeClient, now: @escaping @Sendable () -> Date) {
        self.client = client
        self.now = now
    }

    /// Asks only for what objects of these kinds need; what may not be read keeps its default.
    package func context(for kinds: Set<GroupKind>, namespaces: Set<String>) async -> HealthContext {
        var context = HealthContext(now: now())
        if kinds.contains(GroupKind(group: "", kind: "PersistentVolumeClaim")) {
            context.learn(storageClasses: await objects("storage.k8s.io/v1", "StorageClass", "storageclasses"))
            for namespace in namespaces {
                context.learn(pods: await objects(.pods, in: namespace))
            }
        }
        if kinds.contains(GroupKind(group: "networking.k8s.io", kind: "Ingress")) {
            let classes = await objects("networking.k8s.io/v1", "IngressClass", "ingressclasses")
            let kind = GroupVersionKind(apiVersion: "networking.k8s.io/v1", kind: "Ingress")
            var ingresses: [KubernetesObject] = []
            for namespace in namespaces {
                ingresses += await objects(APIResource(kind, plural: "ingresses", isNamespaced: true), in: namespace)
            }
            context.learn(ingressClasses: classes, ingresses: ingresses)
        }
        return context
    }

    /// As the cluster is before anything of a plan is done.
    package func context(before plan: Plan) async -> HealthContext {
        let objects = plan.changes.map(\.identity)
        return await context(
            for: Set(objects.map(\.groupKind)), namespaces: Set(objects.map(\.namespace)).subtracting([""]))
    }

    private func objects(_ apiVersion: String, _ kind: String, _ plural: String) async -> [KubernetesObject] {
        let kind = GroupVersionKind(apiVersion: apiVersion, kind: kind)
        return await objects(APIResource(kind, plural: plural, isNamespaced: false), in: nil)
    }

    private func objects(_ resource: APIResource, in namespace: String?) async -> [KubernetesObject] {
        (try? await client.list(resource, namespace: namespace).items) ?? []
    }
}

extension HealthContext {
    /// Learns of objects that the cluster may not have yet.
    mutating func learn(declared objects: [KubernetesObject]) {
        learn(storageClasses: objects.filter { $0.kind == "StorageClass" })
    }
}
