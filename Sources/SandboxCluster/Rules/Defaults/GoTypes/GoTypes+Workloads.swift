extension GoTypes {
    /// Workloads and disruption budgets.
    static let workloads = #"""
        @ apps/v1
        ControllerRevision metadata={}:ObjectMeta data=null revision=0
        DaemonSet metadata={}:ObjectMeta spec={}:DaemonSetSpec status={}:DaemonSetStatus
        DaemonSetCondition type="" status="" lastTransitionTime=null:time reason? message?
        DaemonSetSpec selector=null:LabelSelector template={}:PodTemplateSpec
          updateStrategy={}:DaemonSetUpdateStrategy minReadySeconds?
        DaemonSetStatus currentNumberScheduled=0 numberMisscheduled=0 desiredNumberScheduled=0 numberReady=0
          observedGeneration? updatedNumberScheduled? numberAvailable? numberUnavailable?
          conditions?[DaemonSetCondition]
        DaemonSetUpdateStrategy type? rollingUpdate*RollingUpdateDaemonSet
        Deployment metadata={}:ObjectMeta spec={}:DeploymentSpec status={}:DeploymentStatus
        DeploymentCondition type="" status="" lastUpdateTime=null:time lastTransitionTime=null:time reason? message?
        DeploymentSpec selector=null:LabelSelector template={}:PodTemplateSpec strategy={}:DeploymentStrategy
          minReadySeconds? paused?
        DeploymentStatus observedGeneration? replicas? updatedReplicas? readyReplicas? availableReplicas?
          unavailableReplicas? conditions?[DeploymentCondition]
        DeploymentStrategy type? rollingUpdate*RollingUpdateDeployment
        ReplicaSet metadata={}:ObjectMeta spec={}:ReplicaSetSpec status={}:ReplicaSetStatus
        ReplicaSetCondition type="" status="" lastTransitionTime=null:time reason? message?
        ReplicaSetSpec minReadySeconds? selector=null:LabelSelector template={}:PodTemplateSpec
        ReplicaSetStatus replicas=0 fullyLabeledReplicas? readyReplicas? availableReplicas? observedGeneration?
          conditions?[ReplicaSetCondition]
        RollingUpdateDaemonSet
        RollingUpdateDeployment
        RollingUpdateStatefulSetStrategy
        StatefulSet metadata={}:ObjectMeta spec={}:StatefulSetSpec status={}:StatefulSetStatus
        StatefulSetCondition type="" status="" lastTransitionTime=null:time reason? message?
        StatefulSetSpec selector=null:LabelSelector template={}:PodTemplateSpec
          volumeClaimTemplates?[PersistentVolumeClaim] serviceName="" podManagementPolicy?
          updateStrategy={}:StatefulSetUpdateStrategy
        StatefulSetStatus observedGeneration? replicas=0 readyReplicas? currentReplicas? updatedReplicas?
          currentRevision? updateRevision? conditions?[StatefulSetCondition]
        StatefulSetUpdateStrategy type? rollingUpdate*RollingUpdateStatefulSetStrategy
        @ batch/v1 batch/v1beta1
        Job metadata={}:ObjectMeta spec={}:JobSpec status={}:JobStatus
        JobCondition type="" status="" lastProbeTime=null:time lastTransitionTime=null:time reason? message?
        JobSpec selector*LabelSelector template={}:PodTemplateSpec
        JobStatus conditions?[JobCondition] startTime*time completionTime*time active? succeeded? failed?
        CronJob metadata={}:ObjectMeta spec={}:CronJobSpec status={}:CronJobStatus
        CronJobSpec schedule="" concurrencyPolicy? jobTemplate={}:JobTemplateSpec
        CronJobStatus active?[ObjectReference] lastScheduleTime*time
        JobTemplateSpec metadata={}:ObjectMeta spec={}:JobSpec
        @ policy/v1beta1 policy/v1
        AllowedCSIDriver name=""
        AllowedFlexVolume driver=""
        AllowedHostPath pathPrefix? readOnly?
        Eviction metadata={}:ObjectMeta deleteOptions*DeleteOptions
        FSGroupStrategyOptions rule? ranges?[IDRange]
        HostPortRange min=0 max=0
        IDRange min=0 max=0
        PodDisruptionBudget metadata={}:ObjectMeta spec={}:PodDisruptionBudgetSpec
          status={}:PodDisruptionBudgetStatus
        PodDisruptionBudgetSpec selector*LabelSelector
        PodDisruptionBudgetStatus observedGeneration? disruptedPods?{time} disruptionsAllowed=0 currentHealthy=0
          desiredHealthy=0 expectedPods=0
        PodSecurityPolicy metadata={}:ObjectMeta spec={}:PodSecurityPolicySpec
        PodSecurityPolicySpec privileged? defaultAddCapabilities? requiredDropCapabilities? allowedCapabilities?
          volumes? hostNetwork? hostPorts?[HostPortRange] hostPID? hostIPC? seLinux={}:SELinuxStrategyOptions
          runAsUser={}:RunAsUserStrategyOptions runAsGroup*RunAsGroupStrategyOptions
          supplementalGroups={}:SupplementalGroupsStrategyOptions fsGroup={}:FSGroupStrategyOptions
          readOnlyRootFilesystem? allowedHostPaths?[AllowedHostPath] allowedFlexVolumes?[AllowedFlexVolume]
          allowedCSIDrivers?[AllowedCSIDriver] allowedUnsafeSysctls? forbiddenSysctls? allowedProcMountTypes?
          runtimeClass*RuntimeClassStrategyOptions
        RunAsGroupStrategyOptions rule="" ranges?[IDRange]
        RunAsUserStrategyOptions rule="" ranges?[IDRange]
        RuntimeClassStrategyOptions allowedRuntimeClassNames=null
        SELinuxStrategyOptions rule="" seLinuxOptions*SELinuxOptions
        SupplementalGroupsStrategyOptions rule? ranges?[IDRange]
        """#
}
