internal import Resources

/// The rules of one kind.
struct KindRules: Sendable {
    typealias Creation = @Sendable (Field, inout Findings) -> Void
    typealias Change = @Sendable (_ new: Field, _ old: Field, inout Findings) -> Void
    typealias Reservation = @Sendable (_ new: Field, _ old: Field?, _ checksRanges: Bool, inout Findings) -> Void

    let create: Creation
    let update: Change
    let status: Change
    /// What is looked at only where all else is right.
    let reserve: Reservation?

    init(
        _ create: @escaping Creation, _ update: @escaping Change,
        status: @escaping Change = { SmallKindRules.checkMetadataUpdate($0, old: $1, &$2) },
        reserve: Reservation? = nil
    ) {
        self.reserve = reserve
        self.create = create
        self.update = update
        self.status = status
    }

    /// A kind of which only the metadata is known.
    static func plain(isNamespaced: Bool) -> KindRules {
        KindRules(
            { SmallKindRules.checkPlain($0, isNamespaced: isNamespaced, &$1) },
            { SmallKindRules.checkPlainUpdate($0, old: $1, isNamespaced: isNamespaced, &$2) })
    }

    static func builtIn(_ resource: ResourceDefinition) -> KindRules {
        let name = resource.kind.groupKind.description
        guard name == "HorizontalPodAutoscaler.autoscaling" else {
            return table[name] ?? .plain(isNamespaced: resource.isNamespaced)
        }
        let rules = AutoscalerRules(version: resource.kind.version)
        return KindRules(
            { rules.check($0, &$1) }, { rules.checkUpdate($0, old: $1, &$2) },
            status: { AutoscalerRules.checkStatus($0, old: $1, &$2) })
    }

    private static let table = core.merging(workloads) { $1 }.merging(others) { $1 }

    private static let core: [String: KindRules] = [
        "Pod": KindRules(
            { PodRules.checkCreate($0, &$1) }, { PodUpdateRules.check($0, old: $1, &$2) },
            status: { PodUpdateRules.checkStatus($0, old: $1, &$2) }),
        "Service": KindRules(
            { ServiceRules.check($0, &$1) },
            {
                SmallKindRules.checkMetadataUpdate($0, old: $1, &$2)
                ServiceAddressRules.checkUpdate($0["spec"], old: $1["spec"], &$2)
                ServiceRules.check($0, &$2)
            },
            status: {
                SmallKindRules.checkMetadataUpdate($0, old: $1, &$2)
                ServiceRules.checkBalancer($0[path: "status", "loadBalancer"], &$2)
            }, reserve: { ServiceAllocationRules.check($0, old: $1, checksRanges: $2, &$3) }),
        "ConfigMap": KindRules(
            { ConfigMapRules.check($0, &$1) }, { ConfigMapRules.checkUpdate($0, old: $1, &$2) }),
        "Secret": KindRules({ SecretRules.check($0, &$1) }, { SecretRules.checkUpdate($0, old: $1, &$2) }),
        "Namespace": KindRules(
            { NamespaceRules.check($0, &$1) },
            {
                NamespaceRules.check($0, &$2)
                NamespaceRules.checkUpdate($0, old: $1, &$2)
            },
            status: { NamespaceRules.checkStatus($0, old: $1, &$2) }),
        "Node": KindRules(
            { NodeRules.check($0, &$1) }, { NodeRules.checkUpdate($0, old: $1, &$2) },
            status: { NodeRules.checkStatus($0, old: $1, &$2) }),
        "PersistentVolume": KindRules(
            { PersistentVolumeRules.check($0, &$1) }, { PersistentVolumeRules.checkUpdate($0, old: $1, &$2) },
            status: { PersistentVolumeRules.checkStatus($0, old: $1, &$2) }),
        "PersistentVolumeClaim": KindRules(
            { PersistentVolumeClaimRules.check($0, &$1) },
            {
                PersistentVolumeClaimRules.check($0, &$2)
                PersistentVolumeClaimRules.checkUpdate($0, old: $1, &$2)
            },
            status: { PersistentVolumeClaimRules.checkStatus($0, old: $1, &$2) }),
        "ResourceQuota": KindRules(
            { ResourceQuotaRules.check($0, &$1) }, { ResourceQuotaRules.checkUpdate($0, old: $1, &$2) },
            status: { ResourceQuotaRules.checkStatusUpdate($0, old: $1, &$2) }),
        "LimitRange": KindRules(
            { LimitRangeRules.check($0, &$1) }, { new, _, findings in LimitRangeRules.check(new, &findings) }),
        "Endpoints": KindRules(
            { EndpointsRules.check($0, &$1) }, { EndpointsRules.checkUpdate($0, old: $1, &$2) }),
        "Event": KindRules(
            { SmallKindRules.checkEvent($0, &$1) }, { new, _, findings in SmallKindRules.checkEvent(new, &findings) }),
        "PodTemplate": KindRules(
            { ReplicationControllerRules.checkTemplate($0, &$1) },
            { ReplicationControllerRules.checkTemplateUpdate($0, old: $1, &$2) }),
    ]

    private static let workloads: [String: KindRules] = [
        "ReplicationController": KindRules(
            { ReplicationControllerRules.check($0, &$1) },
            { ReplicationControllerRules.checkUpdate($0, old: $1, &$2) },
            status: { DeploymentRules.checkReplicaSetStatus($0, old: $1, &$2) }),
        "Deployment.apps": KindRules(
            { DeploymentRules.check($0, &$1) }, { DeploymentRules.checkUpdate($0, old: $1, &$2) },
            status: { DeploymentRules.checkStatus($0, old: $1, &$2) }),
        "ReplicaSet.apps": KindRules(
            { DeploymentRules.checkReplicaSet($0, &$1) }, { DeploymentRules.checkReplicaSetUpdate($0, old: $1, &$2) },
            status: { DeploymentRules.checkReplicaSetStatus($0, old: $1, &$2) }),
        "StatefulSet.apps": KindRules(
            { StatefulSetRules.check($0, &$1) }, { StatefulSetRules.checkUpdate($0, old: $1, &$2) },
            status: { StatefulSetRules.checkStatus($0, old: $1, &$2) }),
        "DaemonSet.apps": KindRules(
            { DaemonSetRules.check($0, &$1) }, { DaemonSetRules.checkUpdate($0, old: $1, &$2) },
            status: { DaemonSetRules.checkStatus($0, old: $1, &$2) }),
        "ControllerRevision.apps": KindRules(
            { DaemonSetRules.checkRevision($0, &$1) }, { DaemonSetRules.checkRevisionUpdate($0, old: $1, &$2) }),
        "Job.batch": KindRules(
            { JobRules.check($0, &$1) }, { JobRules.checkUpdate($0, old: $1, &$2) },
            status: { JobRules.checkStatus($0, old: $1, &$2) }),
        "CronJob.batch": KindRules(
            { CronJobRules.check($0, &$1) }, { CronJobRules.checkUpdate($0, old: $1, &$2) },
            status: { _, _, _ in }),
    ]

    private static let others: [String: KindRules] = [
        "NetworkPolicy.networking.k8s.io": KindRules(
            { NetworkPolicyRules.check($0, &$1) }, { NetworkPolicyRules.checkUpdate($0, old: $1, &$2) }),
        "Ingress.networking.k8s.io": KindRules(
            { IngressRules.check($0, &$1) }, { IngressRules.checkUpdate($0, old: $1, &$2) },
            status: { IngressRules.checkStatus($0, old: $1, &$2) }),
        "IngressClass.networking.k8s.io": KindRules(
            { IngressRules.checkClass($0, &$1) }, { IngressRules.checkClassUpdate($0, old: $1, &$2) }),
        "PodDisruptionBudget.policy": KindRules(
            { SmallKindRules.checkBudget($0, &$1) }, { new, _, findings in SmallKindRules.checkBudget(new, &findings) },
            status: { _, _, _ in }),
        "Role.rbac.authorization.k8s.io": KindRules(
            { RoleRules.check($0, isNamespaced: true, &$1) },
            { RoleRules.checkUpdate($0, old: $1, isNamespaced: true, &$2) }),
        "ClusterRole.rbac.authorization.k8s.io": KindRules(
            { RoleRules.check($0, isNamespaced: false, &$1) },
            { RoleRules.checkUpdate($0, old: $1, isNamespaced: false, &$2) }),
        "RoleBinding.rbac.authorization.k8s.io": KindRules(
            { RoleRules.checkBinding($0, isNamespaced: true, &$1) },
            { RoleRules.checkBindingUpdate($0, old: $1, isNamespaced: true, &$2) }),
        "ClusterRoleBinding.rbac.authorization.k8s.io": KindRules(
            { RoleRules.checkBinding($0, isNamespaced: false, &$1) },
            { RoleRules.checkBindingUpdate($0, old: $1, isNamespaced: false, &$2) }),
        "StorageClass.storage.k8s.io": KindRules(
            { StorageClassRules.check($0, &$1) }, { StorageClassRules.checkUpdate($0, old: $1, &$2) }),
        "CSIDriver.storage.k8s.io": KindRules(
            { StorageClassRules.checkDriver($0, &$1) },
            { SmallKindRules.checkMetadataUpdate($0, old: $1, &$2) }),
        "PriorityClass.scheduling.k8s.io": KindRules(
            { SmallKindRules.checkPriority($0, &$1) }, { SmallKindRules.checkPriorityUpdate($0, old: $1, &$2) }),
        "Lease.coordination.k8s.io": KindRules(
            { SmallKindRules.checkLease($0, &$1) }, { SmallKindRules.checkLeaseUpdate($0, old: $1, &$2) }),
        "RuntimeClass.node.k8s.io": KindRules(
            { SmallKindRules.checkRuntime($0, &$1) }, { SmallKindRules.checkRuntimeUpdate($0, old: $1, &$2) }),
        "Event.events.k8s.io": KindRules(
            { SmallKindRules.checkEvent($0, &$1) }, { new, _, findings in SmallKindRules.checkEvent(new, &findings) }),
        "EndpointSlice.discovery.k8s.io": KindRules(
            { EndpointsRules.checkSlice($0, &$1) }, { EndpointsRules.checkSliceUpdate($0, old: $1, &$2) }),
        "MutatingWebhookConfiguration.admissionregistration.k8s.io": KindRules(
            { WebhookRules.check($0, &$1) }, { WebhookRules.checkUpdate($0, old: $1, &$2) }),
        "ValidatingWebhookConfiguration.admissionregistration.k8s.io": KindRules(
            { WebhookRules.check($0, &$1) }, { WebhookRules.checkUpdate($0, old: $1, &$2) }),
        "APIService.apiregistration.k8s.io": KindRules(
            { APIServiceRules.check($0, &$1) }, { APIServiceRules.checkUpdate($0, old: $1, &$2) }),
        "CustomResourceDefinition.apiextensions.k8s.io": KindRules(
            { DefinitionRules.check($0, &$1) }, { DefinitionRules.checkUpdate($0, old: $1, &$2) },
            status: { DefinitionRules.checkStatus($0, old: $1, &$2) }),
    ]
}
