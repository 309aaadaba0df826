package import FoundationEssentials
package import Resources

/// What the rules need to know beyond the object itself.
///
/// Every field has a default that is right where nothing is known.
package struct HealthContext: Sendable {
    /// The time at which the object is judged; by default every tolerated time is over.
    package var now: Date = .distantFuture

    /// How many seconds are tolerated of what a cluster may put right by itself, such as a pod that no node has room
    /// for until one is added; the default is that of kstatus.
    package var grace: TimeInterval = 15

    /// How many seconds are tolerated of pods that cannot be created, as by a quota that other pods must leave first or
    /// an admission webhook that is just starting.
    package var creationGrace: TimeInterval = 60

    /// The names of StorageClasses whose volumes are bound only when a pod needs them (`WaitForFirstConsumer`).
    package var lateBindingStorageClasses: Set<String> = []

    /// The StorageClass of claims that name none.
    package var defaultStorageClass: String?

    /// The claims that a pod uses.
    package var consumedClaims: Set<ObjectIdentity> = []

    /// The names of IngressClasses whose controllers give Ingresses an address.
    package var addressGivingIngressClasses: Set<String> = []

    /// The IngressClass of Ingresses that name none.
    package var defaultIngressClass: String?

    package init() {}

    package init(now: Date) {
        self.now = now
    }

    /// Learns binding modes and the default from the cluster's StorageClasses.
    package mutating func learn(storageClasses: [KubernetesObject]) {
        for storageClass in storageClasses {
            if storageClass.value["volumeBindingMode"]?.string == "WaitForFirstConsumer" {
                lateBindingStorageClasses.insert(storageClass.name)
            }
            if storageClass.annotations["storageclass.kubernetes.io/is-default-class"] == "true" {
                defaultStorageClass = storageClass.name
            }
        }
    }

    /// Learns which claims have a consumer from the pods of the claims' namespaces.
    ///
    /// A pod that the scheduler has refused is none: what is to replace it may be waiting for the claim.
    package mutating func learn(pods: [KubernetesObject]) {
        for pod in pods.map(PodStatus.init) where pod.schedulingFailure == nil {
            consumedClaims.formUnion(pod.claimIdentities)
        }
    }

    /// Learns the default class, and which classes give addresses: those with an Ingress that has one.
    package mutating func learn(ingressClasses: [KubernetesObject], ingresses: [KubernetesObject]) {
        for ingressClass in ingressClasses
        where ingressClass.annotations["ingressclass.kubernetes.io/is-default-class"] == "true" {
            defaultIngressClass = ingressClass.name
        }
        for ingress in ingresses where !loadBalancerAddresses(of: ingress).isEmpty {
            guard let name = IngressHealth.className(of: ingress, default: defaultIngressClass) else { continue }
            addressGivingIngressClasses.insert(name)
        }
    }

    /// Whether what began at `start` has lasted longer than is tolerated; also where the start is unknown.
    func isGraceOver(since start: Date?) -> Bool {
        guard let start else { return true }
        return now.timeIntervalSince(start) >= grace
    }
}
