extension GoTypes {
    /// The groups with few types.
    static let others = #"""
        @ certificates.k8s.io/v1
        CertificateSigningRequest metadata={}:ObjectMeta spec={}:CertificateSigningRequestSpec
          status={}:CertificateSigningRequestStatus
        CertificateSigningRequestCondition type="" status="" reason? message? lastUpdateTime=null:time
          lastTransitionTime=null:time
        CertificateSigningRequestSpec request=null signerName="" usages? username? uid? groups? extra?
        CertificateSigningRequestStatus conditions?[CertificateSigningRequestCondition] certificate?
        @ certificates.k8s.io/v1beta1
        CertificateSigningRequest metadata={}:ObjectMeta spec={}:CertificateSigningRequestSpec
          status={}:CertificateSigningRequestStatus
        CertificateSigningRequestCondition type="" status="" reason? message? lastUpdateTime=null:time
          lastTransitionTime=null:time
        CertificateSigningRequestSpec request=null usages? username? uid? groups? extra?
        CertificateSigningRequestStatus conditions?[CertificateSigningRequestCondition] certificate?
        @ coordination.k8s.io/v1 coordination.k8s.io/v1beta1
        Lease metadata={}:ObjectMeta spec={}:LeaseSpec
        LeaseSpec acquireTime*microTime renewTime*microTime
        @ events.k8s.io/v1 events.k8s.io/v1beta1
        Event metadata={}:ObjectMeta eventTime=null:microTime series*EventSeries reportingController?
          reportingInstance? action? reason? regarding={}:ObjectReference related*ObjectReference note? type?
          deprecatedSource={}:EventSource deprecatedFirstTimestamp=null:time deprecatedLastTimestamp=null:time
          deprecatedCount?
        EventSeries count=0 lastObservedTime=null:microTime
        @ flowcontrol.apiserver.k8s.io/v1beta1 flowcontrol.apiserver.k8s.io/v1beta2
        FlowDistinguisherMethod type=""
        FlowSchema metadata={}:ObjectMeta spec={}:FlowSchemaSpec status={}:FlowSchemaStatus
        FlowSchemaCondition type? status? lastTransitionTime=null:time reason? message?
        FlowSchemaSpec priorityLevelConfiguration={}:PriorityLevelConfigurationReference matchingPrecedence=0
          distinguisherMethod*FlowDistinguisherMethod rules?[PolicyRulesWithSubjects]
        FlowSchemaStatus conditions?[FlowSchemaCondition]
        GroupSubject name=""
        LimitResponse type="" queuing*QueuingConfiguration
        LimitedPriorityLevelConfiguration assuredConcurrencyShares=0 limitResponse={}:LimitResponse
        NonResourcePolicyRule verbs=null nonResourceURLs=null
        PolicyRulesWithSubjects subjects=null:[Subject] resourceRules?[ResourcePolicyRule]
          nonResourceRules?[NonResourcePolicyRule]
        PriorityLevelConfiguration metadata={}:ObjectMeta spec={}:PriorityLevelConfigurationSpec
          status={}:PriorityLevelConfigurationStatus
        PriorityLevelConfigurationCondition type? status? lastTransitionTime=null:time reason? message?
        PriorityLevelConfigurationReference name=""
        PriorityLevelConfigurationSpec type="" limited*LimitedPriorityLevelConfiguration
        PriorityLevelConfigurationStatus conditions?[PriorityLevelConfigurationCondition]
        QueuingConfiguration queues=0 handSize=0 queueLengthLimit=0
        ResourcePolicyRule verbs=null apiGroups=null resources=null clusterScope? namespaces=null
        ServiceAccountSubject namespace="" name=""
        Subject kind="" user*UserSubject group*GroupSubject serviceAccount*ServiceAccountSubject
        UserSubject name=""
        @ node.k8s.io/v1 node.k8s.io/v1beta1
        Overhead podFixed?{quantity}
        RuntimeClass metadata={}:ObjectMeta handler="" overhead*Overhead scheduling*Scheduling
        Scheduling nodeSelector?{string} tolerations?[Toleration]
        @ rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1
        AggregationRule clusterRoleSelectors?[LabelSelector]
        ClusterRole metadata={}:ObjectMeta rules=null:[PolicyRule] aggregationRule*AggregationRule
        ClusterRoleBinding metadata={}:ObjectMeta subjects?[Subject] roleRef={}:RoleRef
        PolicyRule verbs=null apiGroups? resources? resourceNames? nonResourceURLs?
        Role metadata={}:ObjectMeta rules=null:[PolicyRule]
        RoleBinding metadata={}:ObjectMeta subjects?[Subject] roleRef={}:RoleRef
        RoleRef apiGroup="" kind="" name=""
        Subject kind="" apiGroup? name="" namespace?
        @ scheduling.k8s.io/v1 scheduling.k8s.io/v1beta1
        PriorityClass metadata={}:ObjectMeta value=0 globalDefault? description?
        @ storage.k8s.io/v1 storage.k8s.io/v1beta1
        CSIDriver metadata={}:ObjectMeta spec={}:CSIDriverSpec
        CSIDriverSpec volumeLifecycleModes? tokenRequests?[TokenRequest]
        CSINode metadata={}:ObjectMeta spec={}:CSINodeSpec
        CSINodeDriver name="" nodeID="" topologyKeys=null allocatable*VolumeNodeResources
        CSINodeSpec drivers=null:[CSINodeDriver]
        StorageClass metadata={}:ObjectMeta provisioner="" parameters?{string} mountOptions?
          allowedTopologies?[TopologySelectorTerm]
        TokenRequest audience=""
        VolumeAttachment metadata={}:ObjectMeta spec={}:VolumeAttachmentSpec status={}:VolumeAttachmentStatus
        VolumeAttachmentSource inlineVolumeSpec*PersistentVolumeSpec
        VolumeAttachmentSpec attacher="" source={}:VolumeAttachmentSource nodeName=""
        VolumeAttachmentStatus attached=false attachmentMetadata?{string} attachError*VolumeError
          detachError*VolumeError
        VolumeError time=null:time message?
        VolumeNodeResources
        @ storage.k8s.io/v1alpha1 storage.k8s.io/v1beta1 storage.k8s.io/v1
        CSIStorageCapacity metadata={}:ObjectMeta nodeTopology*LabelSelector storageClassName="" capacity*quantity
        """#
}
