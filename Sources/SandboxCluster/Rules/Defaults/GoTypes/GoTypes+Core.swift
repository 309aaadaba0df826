extension GoTypes {
    /// Metadata, and the core group but for pods and volumes.
    static let core = #"""
        @ meta
        Condition type="" status="" observedGeneration? lastTransitionTime=null:time reason="" message=""
        DeleteOptions preconditions*Preconditions dryRun?
        LabelSelector matchLabels?{string} matchExpressions?[LabelSelectorRequirement]
        LabelSelectorRequirement key="" operator="" values?
        ManagedFieldsEntry manager? operation? apiVersion? time*time fieldsType?
        ObjectMeta name? generateName? namespace? selfLink? uid? resourceVersion? generation?
          creationTimestamp=null:time deletionTimestamp*time labels?{string} annotations?{string}
          ownerReferences?[OwnerReference] finalizers? clusterName? managedFields?[ManagedFieldsEntry]
        OwnerReference apiVersion="" kind="" name="" uid=""
        Preconditions
        TypeMeta kind? apiVersion?
        @ v1
        AttachedVolume name="" devicePath=""
        Binding metadata={}:ObjectMeta target={}:ObjectReference
        ClientIPConfig
        ComponentCondition type="" status="" message? error?
        ComponentStatus metadata={}:ObjectMeta conditions?[ComponentCondition]
        ConfigMap metadata={}:ObjectMeta data?{string} binaryData?{string}
        ConfigMapNodeConfigSource namespace="" name="" uid? resourceVersion? kubeletConfigKey=""
        ContainerImage names=null sizeBytes?
        DaemonEndpoint Port=0
        EndpointAddress ip="" hostname? targetRef*ObjectReference
        EndpointPort name? port=0 protocol?
        EndpointSubset addresses?[EndpointAddress] notReadyAddresses?[EndpointAddress] ports?[EndpointPort]
        Endpoints metadata={}:ObjectMeta subsets?[EndpointSubset]
        EphemeralContainerCommon name="" image? command? args? workingDir? ports?[ContainerPort]
          envFrom?[EnvFromSource] env?[EnvVar] resources={}:ResourceRequirements volumeMounts?[VolumeMount]
          volumeDevices?[VolumeDevice] livenessProbe*Probe readinessProbe*Probe startupProbe*Probe
          lifecycle*Lifecycle terminationMessagePath? terminationMessagePolicy? imagePullPolicy?
          securityContext*SecurityContext stdin? stdinOnce? tty?
        Event metadata={}:ObjectMeta involvedObject={}:ObjectReference reason? message? source={}:EventSource
          firstTimestamp=null:time lastTimestamp=null:time count? type? eventTime=null:microTime series*EventSeries
          action? related*ObjectReference reportingComponent="" reportingInstance=""
        EventSeries count? lastObservedTime=null:microTime
        EventSource component? host?
        LimitRange metadata={}:ObjectMeta spec={}:LimitRangeSpec
        LimitRangeItem type="" max?{quantity} min?{quantity} default?{quantity} defaultRequest?{quantity}
          maxLimitRequestRatio?{quantity}
        LimitRangeSpec limits=null:[LimitRangeItem]
        LoadBalancerIngress ip? hostname? ports?[PortStatus]
        LoadBalancerStatus ingress?[LoadBalancerIngress]
        Namespace metadata={}:ObjectMeta spec={}:NamespaceSpec status={}:NamespaceStatus
        NamespaceCondition type="" status="" lastTransitionTime=null:time reason? message?
        NamespaceSpec finalizers?
        NamespaceStatus phase? conditions?[NamespaceCondition]
        Node metadata={}:ObjectMeta spec={}:NodeSpec status={}:NodeStatus
        NodeAddress type="" address=""
        NodeCondition type="" status="" lastHeartbeatTime=null:time lastTransitionTime=null:time reason? message?
        NodeConfigSource configMap*ConfigMapNodeConfigSource
        NodeConfigStatus assigned*NodeConfigSource active*NodeConfigSource lastKnownGood*NodeConfigSource error?
        NodeDaemonEndpoints kubeletEndpoint={}:DaemonEndpoint
        NodeSpec podCIDR? podCIDRs? providerID? unschedulable? taints?[Taint] configSource*NodeConfigSource
          externalID?
        NodeStatus capacity?{quantity} allocatable?{quantity} phase? conditions?[NodeCondition]
          addresses?[NodeAddress] daemonEndpoints={}:NodeDaemonEndpoints nodeInfo={}:NodeSystemInfo
          images?[ContainerImage] volumesInUse? volumesAttached?[AttachedVolume] config*NodeConfigStatus
        NodeSystemInfo machineID="" systemUUID="" bootID="" kernelVersion="" osImage="" containerRuntimeVersion=""
          kubeletVersion="" kubeProxyVersion="" operatingSystem="" architecture=""
        PersistentVolume metadata={}:ObjectMeta spec={}:PersistentVolumeSpec status={}:PersistentVolumeStatus
        PersistentVolumeClaim metadata={}:ObjectMeta spec={}:PersistentVolumeClaimSpec
          status={}:PersistentVolumeClaimStatus
        PersistentVolumeClaimCondition type="" status="" lastProbeTime=null:time lastTransitionTime=null:time
          reason? message?
        PersistentVolumeClaimStatus phase? accessModes? capacity?{quantity}
          conditions?[PersistentVolumeClaimCondition]
        PersistentVolumeSource gcePersistentDisk*GCEPersistentDiskVolumeSource
          awsElasticBlockStore*AWSElasticBlockStoreVolumeSource hostPath*HostPathVolumeSource
          glusterfs*GlusterfsPersistentVolumeSource nfs*NFSVolumeSource rbd*RBDPersistentVolumeSource
          iscsi*ISCSIPersistentVolumeSource cinder*CinderPersistentVolumeSource cephfs*CephFSPersistentVolumeSource
          fc*FCVolumeSource flocker*FlockerVolumeSource flexVolume*FlexPersistentVolumeSource
          azureFile*AzureFilePersistentVolumeSource vsphereVolume*VsphereVirtualDiskVolumeSource
          quobyte*QuobyteVolumeSource azureDisk*AzureDiskVolumeSource
          photonPersistentDisk*PhotonPersistentDiskVolumeSource portworxVolume*PortworxVolumeSource
          scaleIO*ScaleIOPersistentVolumeSource local*LocalVolumeSource storageos*StorageOSPersistentVolumeSource
          csi*CSIPersistentVolumeSource
        PersistentVolumeStatus phase? message? reason?
        Pod metadata={}:ObjectMeta spec={}:PodSpec status={}:PodStatus
        PodTemplate metadata={}:ObjectMeta template={}:PodTemplateSpec
        PodTemplateSpec metadata={}:ObjectMeta spec={}:PodSpec
        PortStatus port=0 protocol=""
        ReplicationController metadata={}:ObjectMeta spec={}:ReplicationControllerSpec
          status={}:ReplicationControllerStatus
        ReplicationControllerCondition type="" status="" lastTransitionTime=null:time reason? message?
        ReplicationControllerSpec minReadySeconds? selector?{string} template*PodTemplateSpec
        ReplicationControllerStatus replicas=0 fullyLabeledReplicas? readyReplicas? availableReplicas?
          observedGeneration? conditions?[ReplicationControllerCondition]
        ResourceQuota metadata={}:ObjectMeta spec={}:ResourceQuotaSpec status={}:ResourceQuotaStatus
        ResourceQuotaSpec hard?{quantity} scopes? scopeSelector*ScopeSelector
        ResourceQuotaStatus hard?{quantity} used?{quantity}
        ScopeSelector matchExpressions?[ScopedResourceSelectorRequirement]
        ScopedResourceSelectorRequirement scopeName="" operator="" values?
        Secret metadata={}:ObjectMeta data?{string} stringData?{string} type?
        Service metadata={}:ObjectMeta spec={}:ServiceSpec status={}:ServiceStatus
        ServiceAccount metadata={}:ObjectMeta secrets?[ObjectReference] imagePullSecrets?[LocalObjectReference]
        ServicePort name? protocol? port=0 targetPort=0 nodePort?
        ServiceSpec ports?[ServicePort] selector?{string} clusterIP? clusterIPs? type? externalIPs? sessionAffinity?
          loadBalancerIP? loadBalancerSourceRanges? externalName? externalTrafficPolicy? healthCheckNodePort?
          publishNotReadyAddresses? sessionAffinityConfig*SessionAffinityConfig topologyKeys? ipFamilies?
        ServiceStatus loadBalancer={}:LoadBalancerStatus conditions?[Condition]
        SessionAffinityConfig clientIP*ClientIPConfig
        Taint key="" value? effect="" timeAdded*time
        TopologySelectorLabelRequirement key="" values=null
        TopologySelectorTerm matchLabelExpressions?[TopologySelectorLabelRequirement]
        VolumeSource hostPath*HostPathVolumeSource emptyDir*EmptyDirVolumeSource
          gcePersistentDisk*GCEPersistentDiskVolumeSource awsElasticBlockStore*AWSElasticBlockStoreVolumeSource
          gitRepo*GitRepoVolumeSource secret*SecretVolumeSource nfs*NFSVolumeSource iscsi*ISCSIVolumeSource
          glusterfs*GlusterfsVolumeSource persistentVolumeClaim*PersistentVolumeClaimVolumeSource
          rbd*RBDVolumeSource flexVolume*FlexVolumeSource cinder*CinderVolumeSource cephfs*CephFSVolumeSource
          flocker*FlockerVolumeSource downwardAPI*DownwardAPIVolumeSource fc*FCVolumeSource
          azureFile*AzureFileVolumeSource configMap*ConfigMapVolumeSource
          vsphereVolume*VsphereVirtualDiskVolumeSource quobyte*QuobyteVolumeSource azureDisk*AzureDiskVolumeSource
          photonPersistentDisk*PhotonPersistentDiskVolumeSource projected*ProjectedVolumeSource
          portworxVolume*PortworxVolumeSource scaleIO*ScaleIOVolumeSource storageos*StorageOSVolumeSource
          csi*CSIVolumeSource ephemeral*EphemeralVolumeSource
        """#
}
