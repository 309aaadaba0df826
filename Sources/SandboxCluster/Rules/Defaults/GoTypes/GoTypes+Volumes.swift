extension GoTypes {
    /// Volumes and what they come from.
    static let volumes = #"""
        @ v1
        AWSElasticBlockStoreVolumeSource volumeID="" fsType? partition? readOnly?
        AzureDiskVolumeSource diskName="" diskURI=""
        AzureFilePersistentVolumeSource secretName="" shareName="" readOnly? secretNamespace=null
        AzureFileVolumeSource secretName="" shareName="" readOnly?
        CSIPersistentVolumeSource driver="" volumeHandle="" readOnly? fsType? volumeAttributes?{string}
          controllerPublishSecretRef*SecretReference nodeStageSecretRef*SecretReference
          nodePublishSecretRef*SecretReference controllerExpandSecretRef*SecretReference
        CSIVolumeSource driver="" volumeAttributes?{string} nodePublishSecretRef*LocalObjectReference
        CephFSPersistentVolumeSource monitors=null path? user? secretFile? secretRef*SecretReference readOnly?
        CephFSVolumeSource monitors=null path? user? secretFile? secretRef*LocalObjectReference readOnly?
        CinderPersistentVolumeSource volumeID="" fsType? readOnly? secretRef*SecretReference
        CinderVolumeSource volumeID="" fsType? readOnly? secretRef*LocalObjectReference
        ConfigMapProjection name? items?[KeyToPath]
        ConfigMapVolumeSource name? items?[KeyToPath]
        DownwardAPIProjection items?[DownwardAPIVolumeFile]
        DownwardAPIVolumeFile path="" fieldRef*ObjectFieldSelector resourceFieldRef*ResourceFieldSelector
        DownwardAPIVolumeSource items?[DownwardAPIVolumeFile]
        EmptyDirVolumeSource medium? sizeLimit*quantity
        EphemeralVolumeSource volumeClaimTemplate*PersistentVolumeClaimTemplate readOnly?
        FCVolumeSource targetWWNs? fsType? readOnly? wwids?
        FlexPersistentVolumeSource driver="" fsType? secretRef*SecretReference readOnly? options?{string}
        FlexVolumeSource driver="" fsType? secretRef*LocalObjectReference readOnly? options?{string}
        FlockerVolumeSource datasetName? datasetUUID?
        GCEPersistentDiskVolumeSource pdName="" fsType? partition? readOnly?
        GitRepoVolumeSource repository="" revision? directory?
        GlusterfsPersistentVolumeSource endpoints="" path="" readOnly?
        GlusterfsVolumeSource endpoints="" path="" readOnly?
        HostPathVolumeSource path=""
        ISCSIPersistentVolumeSource targetPortal="" iqn="" lun=0 iscsiInterface? fsType? readOnly? portals?
          chapAuthDiscovery? chapAuthSession? secretRef*SecretReference
        ISCSIVolumeSource targetPortal="" iqn="" lun=0 iscsiInterface? fsType? readOnly? portals? chapAuthDiscovery?
          chapAuthSession? secretRef*LocalObjectReference
        KeyToPath key="" path=""
        LocalObjectReference name?
        LocalVolumeSource path=""
        NFSVolumeSource server="" path="" readOnly?
        NodeSelector nodeSelectorTerms=null:[NodeSelectorTerm]
        NodeSelectorRequirement key="" operator="" values?
        NodeSelectorTerm matchExpressions?[NodeSelectorRequirement] matchFields?[NodeSelectorRequirement]
        ObjectFieldSelector apiVersion? fieldPath=""
        ObjectReference kind? namespace? name? uid? apiVersion? resourceVersion? fieldPath?
        PersistentVolumeClaimSpec accessModes? selector*LabelSelector resources={}:ResourceRequirements volumeName?
          dataSource*TypedLocalObjectReference dataSourceRef*TypedObjectReference
        PersistentVolumeClaimTemplate metadata={}:ObjectMeta spec={}:PersistentVolumeClaimSpec
        PersistentVolumeClaimVolumeSource claimName="" readOnly?
        PersistentVolumeSpec capacity?{quantity} gcePersistentDisk*GCEPersistentDiskVolumeSource
          awsElasticBlockStore*AWSElasticBlockStoreVolumeSource hostPath*HostPathVolumeSource
          glusterfs*GlusterfsPersistentVolumeSource nfs*NFSVolumeSource rbd*RBDPersistentVolumeSource
          iscsi*ISCSIPersistentVolumeSource cinder*CinderPersistentVolumeSource cephfs*CephFSPersistentVolumeSource
          fc*FCVolumeSource flocker*FlockerVolumeSource flexVolume*FlexPersistentVolumeSource
          azureFile*AzureFilePersistentVolumeSource vsphereVolume*VsphereVirtualDiskVolumeSource
          quobyte*QuobyteVolumeSource azureDisk*AzureDiskVolumeSource
          photonPersistentDisk*PhotonPersistentDiskVolumeSource portworxVolume*PortworxVolumeSource
          scaleIO*ScaleIOPersistentVolumeSource local*LocalVolumeSource storageos*StorageOSPersistentVolumeSource
          csi*CSIPersistentVolumeSource accessModes? claimRef*ObjectReference persistentVolumeReclaimPolicy?
          storageClassName? mountOptions? nodeAffinity*VolumeNodeAffinity
        PhotonPersistentDiskVolumeSource pdID="" fsType?
        PortworxVolumeSource volumeID="" fsType? readOnly?
        ProjectedVolumeSource sources=null:[VolumeProjection]
        QuobyteVolumeSource registry="" volume="" readOnly? user? group? tenant?
        RBDPersistentVolumeSource monitors=null image="" fsType? pool? user? keyring? secretRef*SecretReference
          readOnly?
        RBDVolumeSource monitors=null image="" fsType? pool? user? keyring? secretRef*LocalObjectReference readOnly?
        ResourceFieldSelector containerName? resource="" divisor="0":quantity
        ResourceRequirements limits?{quantity} requests?{quantity}
        ScaleIOPersistentVolumeSource gateway="" system="" secretRef=null:SecretReference sslEnabled?
          protectionDomain? storagePool? storageMode? volumeName? fsType? readOnly?
        ScaleIOVolumeSource gateway="" system="" secretRef=null:LocalObjectReference sslEnabled? protectionDomain?
          storagePool? storageMode? volumeName? fsType? readOnly?
        SecretProjection name? items?[KeyToPath]
        SecretReference name? namespace?
        SecretVolumeSource secretName? items?[KeyToPath]
        ServiceAccountTokenProjection audience? path=""
        StorageOSPersistentVolumeSource volumeName? volumeNamespace? fsType? readOnly? secretRef*ObjectReference
        StorageOSVolumeSource volumeName? volumeNamespace? fsType? readOnly? secretRef*LocalObjectReference
        TypedLocalObjectReference apiGroup=null kind="" name=""
        Volume name="" hostPath*HostPathVolumeSource emptyDir*EmptyDirVolumeSource
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
        VolumeNodeAffinity required*NodeSelector
        VolumeProjection secret*SecretProjection downwardAPI*DownwardAPIProjection configMap*ConfigMapProjection
          serviceAccountToken*ServiceAccountTokenProjection
        VsphereVirtualDiskVolumeSource volumePath="" fsType? storagePolicyName? storagePolicyID?
        TypedObjectReference kind="" name=""
        """#
}
